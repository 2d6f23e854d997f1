"""What the doors of this room share: the blueprint, the frame of an organisation's page, the report of a year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask import Blueprint

from impact import i18n
from impact.champions.models import Champion
from impact.errors import NotFound
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.progress import queries
from impact.progress.models import ProgressReport
from impact.progress.precision import in_hundredths

blueprint = Blueprint("progress", __name__)
blueprint.add_app_template_global(in_hundredths, "in_hundredths")


@blueprint.app_template_global("exact_percent")
def exact_percent(share: Decimal, limits: Iterable[Decimal] = ()) -> str:
    """A share of 1 in per cent, with the digits that keep it on its side of the limits."""
    shown = in_hundredths(share, limits)
    return i18n.percent(shown, max(0, -int(shown.as_tuple().exponent)))


def demonstration(champion: Champion) -> dict[str, object]:
    return {
        "champion": champion,
        "is_demonstration": champion.is_demonstration,
        "demonstration_sentence": _("%(name)s and every figure on this page are made up.", name=champion.name),
    }


def report_of_year(champion: Champion, year: int) -> ProgressReport:
    report = queries.report_of(champion, queries.window_of_year(champion, year))
    if report is None:
        raise NotFound(N_("The figures of this year were not begun yet."))
    return report
