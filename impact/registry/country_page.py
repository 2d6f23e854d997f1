"""A country's page put into words: scores, bars against parity, what limits the score, who is on board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from markupsafe import Markup

from impact import i18n
from impact.charts import Figure, ParityChart, ParityRow, PathChart, Words, web
from impact.economies.models import RATIOS, EconomyImport
from impact.economies.queries import Result
from impact.i18n import gettext as _
from impact.indicators.gap_index import INDICATORS, SUBINDEXES
from impact.indicators.gap_parts import Part, parts_of_areas, parts_of_indicators
from impact.indicators.gap_words import AREA_LABELS, indicator_name
from impact.registry.small_charts import small

#: Of what limits a score this many parts stand in the sentence; all of them stand in the table.
NAMED = 3


def score_words(value: float | None) -> str:
    """A score as the reports print it, with three decimals; missing is said, never zero."""
    return _("no data") if value is None else i18n.number(value, 3)


def exact_words(value: float) -> str:
    """With four decimals, so that a sum can be redone."""
    return i18n.number(value, 4)


def part_name(key: str) -> str:
    return _(AREA_LABELS[key]) if key in AREA_LABELS else indicator_name(key, i18n.current())


@dataclass(frozen=True)
class Area:
    """One subindex: its score, its bars (None where only the score is known), and its years (None without any)."""

    key: str
    name: str
    score: str
    bars: web.Figure | None
    years: web.Figure | None
    rows: Sequence[tuple[str, str, str]]


def areas(result: Result, history: Sequence[Result]) -> list[Area]:
    """The four subindexes in the order of the report."""
    return [
        Area(
            key,
            _(AREA_LABELS[key]),
            score_words(result.subindexes.get(key)),
            _bars(result, key),
            _years(history, key),
            _bar_rows(result, key),
        )
        for key in SUBINDEXES
    ]


def _bar_rows(result: Result, area: str) -> list[tuple[str, str, str]]:
    """The bars as a table: name, ratio, benchmark."""
    if result.basis != RATIOS:
        return []
    return [
        (part_name(one.key), score_words(result.ratios.get(one.key)), i18n.number(one.benchmark))
        for one in INDICATORS
        if one.subindex == area
    ]


def _bars(result: Result, area: str) -> web.Figure | None:
    chart = bars_chart(result, area)
    return web.figure(chart, f"b-{area}") if chart else None


def bars_chart(result: Result, area: str) -> ParityChart | None:
    """The indicators of a subindex against their benchmarks; None where only the subindex is known."""
    rows = _bar_rows(result, area)
    if not rows:
        return None
    benchmarks = [one for one in INDICATORS if one.subindex == area]
    drawn = tuple(
        ParityRow(name, result.ratios.get(one.key), one.benchmark, words)
        for one, (name, words, _benchmark) in zip(benchmarks, rows, strict=True)
    )
    told = "; ".join(
        _("%(name)s: %(value)s, parity at %(benchmark)s", name=name, value=words, benchmark=benchmark)
        for name, words, benchmark in rows
    )
    title = _("%(area)s, %(year)s. %(figures)s.", area=_(AREA_LABELS[area]), year=str(result.year), figures=told)
    return ParityChart(title, drawn, i18n.direction() == "rtl")


def _years(history: Sequence[Result], area: str) -> web.Figure | None:
    chart = years_chart(history, area)
    return small(chart, f"y-{area}") if chart else None


def years_chart(history: Sequence[Result], area: str) -> PathChart | None:
    """A dot a year, joined by a line; one year is one dot, and no year none."""
    known = [(one.year, value) for one in history if (value := one.subindexes.get(area)) is not None]
    if not known:
        return None
    told = "; ".join(_("%(year)s: %(value)s", year=str(year), value=score_words(value)) for year, value in known)
    title = _("%(area)s by year. %(figures)s.", area=_(AREA_LABELS[area]), figures=told)
    figures = tuple(Figure(date(year, 7, 1), Decimal(f"{value:.6f}")) for year, value in known)
    words = Words(value=lambda value: i18n.number(value, 3), tick=i18n.number, year=str)
    return PathChart(title, None, None, figures, limits=(Decimal(0), Decimal(1)), whole_scale=True, words=words)


def styles(shown: Iterable[Area], nonce: str) -> Markup:
    """The one style element of the page's charts; nothing without one."""
    drawings = [figure for area in shown for figure in (area.bars, area.years) if figure is not None]
    return web.style_block(drawings, nonce) if drawings else Markup("")


@dataclass(frozen=True)
class Limits:
    """What keeps the score from the highest possible one: `rows` are finished cells, the last sentence is the sum."""

    sentence: str
    rows: Sequence[tuple[str, ...]]
    sum: str


def limits(result: Result) -> Limits | None:
    """None where there is no overall score to explain."""
    parts = parts_of_indicators(result.capped) if result.basis == RATIOS else parts_of_areas(result.subindexes)
    if not parts or result.overall is None:
        return None
    missing = sum(part.points for part in parts)
    return Limits(
        _sentence([part for part in parts if part.points > 0][:NAMED], missing),
        [
            (
                part_name(part.key),
                exact_words(part.weight),
                exact_words(part.highest),
                exact_words(part.value),
                exact_words(part.points),
            )
            for part in parts
        ],
        _(
            "Sum: %(missing)s = %(highest)s, the highest possible score, − %(score)s, the score.",
            missing=exact_words(missing),
            highest=exact_words(result.overall + missing),
            score=exact_words(result.overall),
        ),
    )


def _sentence(parts: Sequence[Part], missing: float) -> str:
    """The largest part, or the largest parts, in words."""
    if not parts:
        return _("Nothing limits it: the highest possible score is reached.")
    first = parts[0]
    said = _(
        "%(name)s limits it most: %(share)s of what is missing.",
        name=part_name(first.key),
        share=i18n.percent(100 * first.points / missing, 0),
    )
    if len(parts) == 1:
        return said
    others = [
        _("%(name)s (%(share)s)", name=part_name(part.key), share=i18n.percent(100 * part.points / missing, 0))
        for part in parts[1:]
    ]
    # Not inside the f-string: the extractor of messages does not look there.
    following = _("Next: %(others)s.", others="; ".join(others))
    return f"{said} {following}"


def facts(result: Result) -> list[tuple[str, str]]:
    """The figures at the head of the page."""
    found = [(_("Score"), score_words(result.overall))]
    if result.rank is not None:
        found.append(
            (
                _("Rank worked out here"),
                _(
                    "%(rank)s of the %(ranked)s countries with figures here",
                    rank=i18n.number(result.rank),
                    ranked=i18n.number(result.ranked),
                ),
            )
        )
    if result.published_rank is not None:
        found.append((_("Rank printed by the source"), i18n.number(result.published_rank)))
    if result.published_overall is not None:
        found.append((_("Score printed by the source"), score_words(result.published_overall)))
    found.append((_("Coverage"), coverage(result)))
    return found


def coverage(result: Result) -> str:
    """How much of the index is known."""
    if result.used is None:
        return _("only the four subindexes are known")
    words = _("%(used)s of 14 indicators", used=i18n.number(result.used))
    if result.is_publishable:
        return words
    return _("%(coverage)s; the report publishes from 12 on", coverage=words)


def source_lines(imports: Iterable[EconomyImport]) -> list[str]:
    """Where the figures come from, one sentence an import."""
    return [
        _(
            "Source: %(source)s. Licence: %(licence)s. Imported on %(day)s.",
            source=one.source.rstrip("."),
            licence=one.licence.rstrip("."),
            day=i18n.long_date(one.imported_at.date()),
        )
        for one in imports
    ]


def year_links(history: Sequence[Result], code: str, chosen: int) -> list[tuple[str, str, bool]]:
    """(address, words, is shown) of each edition with figures, the newest first."""
    return [
        (url_for("registry.country", code=code, year=one.year), str(one.year), one.year == chosen)
        for one in reversed(history)
    ]
