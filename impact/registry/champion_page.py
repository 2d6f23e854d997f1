"""A champion's public page: particulars, the tally of its targets, and whose terms it has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from impact import i18n
from impact.champions.cohort_names import cohort_name
from impact.champions.models import CONSTITUENCY_LABELS, Champion, Constituency
from impact.charts import web
from impact.commitments.models import Commitment
from impact.i18n import gettext as _
from impact.places.countries import by_iso3
from impact.progress.queries import public_figure
from impact.progress.values_shown import unit_of
from impact.progress.verdicts import Standing
from impact.registry.drawn import chart_of, chart_title
from impact.registry.shown import Line, lines
from impact.registry.small_charts import small
from impact.registry.titles import target_title

GOOD = ("reached", "on_track")
UNKNOWN = ("cannot_say", "not_measured")
#: In the order in which the rule's page explains them.
ORDER = (
    "reached",
    "on_track",
    "slightly_behind",
    "far_behind",
    "moving_away",
    "not_reached",
    "not_measured",
    "cannot_say",
    "not_due",
)


@dataclass(frozen=True)
class Tally:
    """How the targets stand: all of them, those reached or on track, those of which nothing can be said."""

    all: int
    good: int
    unknown: int
    by_status: Sequence[tuple[str, int]]


def tally(commitments: Sequence[Commitment], standings: dict[int, Standing]) -> Tally:
    """Every target of every published commitment, by its computed status."""
    found = Counter(standings[target.id].verdict.status for commitment in commitments for target in commitment.targets)
    return Tally(
        sum(found.values()),
        sum(found[code] for code in GOOD),
        sum(found[code] for code in UNKNOWN),
        [(code, found[code]) for code in ORDER if found[code]],
    )


@dataclass(frozen=True)
class Card:
    """One commitment at a glance: its sentence, how its first target stands, a small chart, and the other targets."""

    line: Line
    chart: web.Figure | None
    others: Sequence[tuple[Markup, str]]


def cards(commitments: Sequence[Commitment], standings: dict[int, Standing], today: date) -> list[Card]:
    """A card for each commitment; the figures of `standings` must know their evidence (none is asked for here)."""
    return [
        Card(line, _chart(row, standings, number, today), _others(row, standings))
        for number, (row, line) in enumerate(zip(commitments, lines(commitments, standings), strict=True), start=1)
    ]


def _chart(commitment: Commitment, standings: dict[int, Standing], number: int, today: date) -> web.Figure | None:
    if not commitment.targets:
        return None
    target = commitment.targets[0]
    standing = standings[target.id]
    figures = [public_figure(figure, target, standing.found.hiding) for figure in standing.found.figures]
    title = chart_title(target_title(target), figures, unit_of(target))
    definition = chart_of(target, standing, figures, title, today)
    return small(definition, f"c{number}") if definition else None


def _others(commitment: Commitment, standings: dict[int, Standing]) -> list[tuple[Markup, str]]:
    return [(target_title(target), standings[target.id].verdict.status) for target in commitment.targets[1:]]


def styles(shown: Sequence[Card], nonce: str) -> Markup:
    """The one style element that places the words over the small charts; nothing without a chart."""
    drawings = [card.chart for card in shown if card.chart is not None]
    return web.style_block(drawings, nonce) if drawings else Markup("")


def since(champion: Champion) -> date | None:
    """The day of the first seat."""
    return min((place.admitted_on for place in champion.places), default=None)


def _country(code: str) -> Markup:
    country = by_iso3(code)
    return Markup('<a href="{}">{}</a>').format(
        url_for("registry.country", code=country.iso3), country.name(i18n.current())
    )


def particulars(champion: Champion) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Constituency"), _(CONSTITUENCY_LABELS[Constituency(champion.constituency)])),
        (_("Country"), _country(champion.country)),
    ]
    if champion.sector:
        facts.append((_("Sector or kind"), champion.sector))
    if champion.size:
        facts.append((_("People"), i18n.number(champion.size)))
    if champion.website.startswith(("https://", "http://")):
        link = Markup('<a href="%s" rel="noopener"><bdi dir="ltr">%s</bdi></a>')
        facts.append((_("Website"), link % (champion.website, champion.website.split("/")[2])))
    cohorts = list(dict.fromkeys(cohort_name(place.cohort.name) for place in champion.places))
    if cohorts:
        facts.append((_("Cohorts"), ", ".join(cohorts)))
    return facts
