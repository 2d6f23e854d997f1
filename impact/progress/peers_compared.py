"""A target's pace beside those of comparable organisations and its country's own trend, in sentences; never a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from statistics import median

from impact import i18n
from impact.champions.models import Champion, Constituency
from impact.commitments.models import Target
from impact.economies import queries as economies
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.indicators.gap_links import ADDRESSES
from impact.indicators.gap_words import AREA_LABELS, indicator_name, is_indicator
from impact.indicators.models import Indicator
from impact.messages import gettext_noop as N_
from impact.progress.benchmarks import COMPARABLE, FEWEST_OTHERS, Benchmark, benchmark, closing
from impact.progress.cases import CaseInputs
from impact.progress.country_trend import trend_of
from impact.progress.pace_words import change_words

#: (year, {part of the index: value}), the oldest first.
Editions = list[tuple[int, dict[str, float | None]]]
QUARTERS = {1: N_("first quartile"), 2: N_("second quartile"), 3: N_("third quartile"), 4: N_("fourth quartile")}


def paces_of_each(targets: Iterable[Target], cases: Mapping[int, CaseInputs]) -> list[Decimal]:
    """One pace for each organisation, the middle one where it has several such targets."""
    paces: dict[int, list[Decimal]] = {}
    for target in targets:
        found = closing(cases[target.id])
        if found is not None:
            paces.setdefault(target.commitment.champion_id, []).append(found)
    return [median(found) for found in paces.values()]


def compared(
    own: Decimal | None, needed: Decimal | None, others: Iterable[Decimal], unit: str, constituency: str
) -> list[str]:
    """Median and upper quartile of the others, the quarter of one's own pace, and how fast the needed one is."""
    if unit not in COMPARABLE:
        return [_("Numbers of large and small organisations are not compared.")]
    found = benchmark(own, others)
    if found is None:
        return [_("Fewer than %(number)s others report on this: they are too few to compare.", number=FEWEST_OTHERS)]
    group = _group(constituency, found.others)
    said = [
        _(
            "Median of %(group)s: %(median)s a year nearer to the aim; upper quartile: %(upper)s.",
            group=group,
            median=_signed(found.median, unit),
            upper=_signed(found.upper_quartile, unit),
        )
    ]
    if found.quarter is not None:
        quarter = _(QUARTERS[found.quarter])
        said.append(
            _("The pace so far lies in the %(quarter)s of %(group)s, from the slowest.", quarter=quarter, group=group)
        )
    if needed is not None:
        said.append(_ambition(abs(needed), found))
    return said


def _signed(pace: Decimal, unit: str) -> str:
    """A pace away from the aim keeps its sign."""
    words = change_words(pace, unit)
    return words if pace >= 0 else _("minus %(pace)s", pace=words)


def _ambition(needed: Decimal, found: Benchmark) -> str:
    if needed > found.upper_quartile:
        return _("The pace needed is faster than three quarters of them have moved so far.")
    if needed > found.median:
        return _("The pace needed is faster than half of them have moved so far.")
    return _("Half of them have moved so far at least as fast as is needed here.")


def _group(constituency: str, number: int) -> str:
    if constituency == "university":
        return ngettext("%(num)s university", "%(num)s universities", number)
    if constituency == "corporation":
        return ngettext("%(num)s corporation", "%(num)s corporations", number)
    return ngettext("%(num)s government", "%(num)s governments", number)


def editions_of(champion: Champion) -> Editions:
    """The country of a government in every edition of the gap index; nothing for others, and for what is made up."""
    if champion.constituency != Constituency.GOVERNMENT or champion.is_demonstration or not champion.country:
        return []
    return [(one.year, {**one.ratios, **one.capped, **one.subindexes}) for one in economies.history(champion.country)]


def country_said(indicator: Indicator | None, editions: Editions) -> list[str]:
    """How the country moved in the index on what the target is about."""
    parts = ADDRESSES.get(indicator.code, frozenset()) if indicator else frozenset()
    found = trend_of(parts, editions)
    if found is None:
        return []
    name = indicator_name(found.part, i18n.current()) if is_indicator(found.part) else _(AREA_LABELS[found.part])
    said = [
        _(
            "The country’s own trend in the gap index: %(name)s went from %(first)s in %(start)s to %(last)s in %(end)s (at most %(highest)s can be reached).",
            name=name,
            first=i18n.number(found.first, 3),
            start=str(found.first_year),
            last=i18n.number(found.last, 3),
            end=str(found.last_year),
            highest=i18n.number(found.highest, 3),
        )
    ]
    if found.closes_in is not None:
        said.append(_("At that pace its gap closes in %(year)s.", year=str(found.closes_in)))
    elif found.last < found.highest:
        said.append(_("At that pace its gap does not close within a century."))
    return said
