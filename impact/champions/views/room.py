"""The blueprint that the doors of this room hang on."""

from flask import Blueprint

from impact.champions.cohort_names import cohort_name

blueprint = Blueprint("champions", __name__)
blueprint.add_app_template_filter(cohort_name)
