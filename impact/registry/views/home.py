"""The first page: what this is, in numbers."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.guards import public
from impact.i18n import gettext as _
from impact.registry import front, queries, titles
from impact.registry.views.room import blueprint


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What this is, the numbers with their definitions, who is on board."""
    return render_template(
        "registry/home.html",
        cohorts=front.cohorts(),
        numbers=_numbers(queries.counts()),
        latest=[
            {
                "title": titles.title_of(row),
                "url": url_for("registry.commitment", public_id=row.public_id),
                "who": row.champion.name_in(i18n.current()),
                "is_demonstration": row.champion.is_demonstration,
            }
            for row in queries.latest()
        ],
    )


def _numbers(counts: queries.Counts) -> list[dict[str, object]]:
    """The numbers of the first page, each with its definition."""
    return [
        {
            "figure": sum(counts.champions.values()),
            "words": _("champions"),
            "definition": _("Organisations with a seat in a cohort, now or before. Made-up ones are not counted."),
        },
        {
            "figure": counts.commitments,
            "words": _("published commitments"),
            "definition": _("Approved by a second person, or recorded from a public source that the page names."),
        },
        {
            "figure": counts.targets,
            "words": _("targets"),
            "definition": _(
                "Measurable parts of these commitments, each with a kind that decides how it is worked out."
            ),
        },
        {
            "figure": counts.with_baseline,
            "of": counts.targets,
            "words": _("targets with a starting point"),
            "definition": _("The others say “cannot say” until their starting point is measured and published."),
        },
    ]
