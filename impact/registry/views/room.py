"""What the public doors share: the blueprint, the mark of what is made up, the limit under which counts are withheld."""

from __future__ import annotations

from flask import Blueprint, current_app

from impact.champions.models import Champion
from impact.i18n import gettext as _

blueprint = Blueprint("registry", __name__)


def marked(champion: Champion) -> dict[str, object]:
    """What a page about a made-up organisation must say."""
    return {
        "is_demonstration": champion.is_demonstration,
        "demonstration_sentence": _("%(name)s and every figure on this page are made up.", name=champion.name),
    }


def threshold() -> int:
    """Counts of fewer people than this are not shown."""
    return int(current_app.extensions["settings"].suppression_threshold)
