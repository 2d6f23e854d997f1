"""The year of a champion on one page, to hand out: what stands where, three promises, four figures, what is missing.

Everything is computed from the snapshot of the edition; the sums behind it are in the report, to which the page leads.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup

from impact.charts import BarsChart, MilestoneChart, PathChart, Spark, draw, frames, paper
from reports import drawn
from reports.archive import to_file
from reports.contents import Numbered, numbered
from reports.finished import finished
from reports.harmless import harmless
from reports.imprint import Imprint, imprint_of
from reports.publishable import must_be_public
from reports.render import collector_at_rest
from reports.sections import cover, glance
from reports.sheets import laid_out
from reports.snapshot_types import Snapshot
from reports.target_facts import FigureFacts
from reports.templates import environment
from reports.words import Words

HERE = Path(__file__).parent
MOST_PROMISES = 3
MOST_GAPS = 3
SHEET = replace(frames.PAPER_SPARK, width=150, height=62, left=4, right=7, top=6, bottom=6, dot=2.6)
#: What is least flattering comes first: three promises of many must not be the three best.
ORDER = (
    "moving_away",
    "not_reached",
    "far_behind",
    "slightly_behind",
    "not_measured",
    "cannot_say",
    "on_track",
    "reached",
    "not_due",
)
#: How closely the page is set: the first that keeps it to one page.
LOOKS = ("", "close", "close closer", "close closer closest")


def to_handout(snapshot: Snapshot, language: str, imprint: Imprint | None = None) -> bytes:
    """One tagged page, the same bytes every time."""
    must_be_public(snapshot)
    with collector_at_rest():
        w, printed = Words(language), imprint or imprint_of(snapshot)
        snapshot = harmless(snapshot)
        document = next(
            (one for one in (_layout(snapshot, w, printed, looks) for looks in LOOKS) if len(one.pages) == 1),
            None,
        ) or _layout(snapshot, w, printed, LOOKS[-1], MOST_PROMISES - 1)
        return _written(document, printed, w)


def _written(document: Any, imprint: Imprint, w: Words) -> bytes:
    identifier = bytes.fromhex(imprint.digest)[:11] + f"h{w.language}".ljust(5).encode()[:5]
    return to_file(document, at=imprint.at, identifier=identifier)


def _layout(snapshot: Snapshot, w: Words, imprint: Imprint, looks: str, most: int = MOST_PROMISES) -> Any:
    html = to_html(snapshot, w, imprint, looks, most)
    return laid_out(html, w, more="handout.css", numerals=imprint.numerals)


def to_html(snapshot: Snapshot, w: Words, imprint: Imprint, looks: str = "", most: int = MOST_PROMISES) -> str:
    html = (
        environment()
        .get_template("handout.html")
        .render(
            snapshot=snapshot,
            w=w,
            _=w.gettext,
            ngettext=w.ngettext,
            looks=looks,
            **context(snapshot, w, most, imprint),
        )
    )
    return finished(html, w.language, imprint.numerals)


def context(snapshot: Snapshot, w: Words, most: int = MOST_PROMISES, imprint: Imprint | None = None) -> dict[str, Any]:
    chosen = promises(snapshot)[:most]
    everything = numbered(snapshot)
    front = cover.context(snapshot, w)
    imprint = imprint or imprint_of(snapshot)
    address = imprint.verification or snapshot.edition.address
    keys = [glance.key_figure(figure, snapshot, w) for figure in snapshot.key_figures[: glance.MOST_KEYS]]
    return {
        "title": w.gettext(
            "%(organisation)s: progress in %(year)s, on one page",
            organisation=w.plain(snapshot.organisation.name),
            year=w.year(snapshot.year),
        ),
        "name_size": front["name_size"],
        "dots": small(front["dots"]),
        "lead": glance.lead(snapshot, w),
        "counted": counted(snapshot, w),
        "promises": [promise(item, snapshot, w) for item in chosen],
        "left_out": left_out(len(chosen), len(everything), w),
        "keys": keys,
        "has_shares": any(figure.is_share for figure in snapshot.key_figures[: glance.MOST_KEYS]),
        "band": (w.number(50 - snapshot.settings.band), w.number(50 + snapshot.settings.band)),
        "missing": missing(snapshot, w),
        "imprint": imprint,
        "fingerprint": imprint.short,
        "address": address,
        "qr": cover.qr(address, w.gettext("QR code: %(address)s", address=address)) if address else "",
    }


def small(dots: Markup) -> Markup:
    """The dots of the cover, which are drawn for its width."""
    return Markup(str(dots).replace('"122mm"', '"44mm"'))  # noqa: S704 (a drawing of ours)


def promises(snapshot: Snapshot) -> list[Numbered]:
    """The targets, those that stand worst first; of equal ones in the order of the report."""
    return sorted(numbered(snapshot), key=lambda item: ORDER.index(item.target.verdict.status))


def left_out(shown: int, all_: int, w: Words) -> str:
    if shown == all_:
        return ""
    return w.gettext(
        "%(shown)s of %(all)s targets are shown, those that stand worst first. The report has them all.",
        shown=w.number(Decimal(shown), 0),
        all=w.number(Decimal(all_), 0),
    )


def counted(snapshot: Snapshot, w: Words) -> str:
    """The counts behind the headline share, now and at its first figure; nothing where one of them is not shown."""
    target = cover.headline(snapshot)
    if target is None:
        return ""
    figures = [figure for figure in target.figures if figure.value is not None and figure.year <= snapshot.year]
    now = next((figure for figure in figures if figure.year == snapshot.year), None)
    if now is None or now.numerator is None or now.denominator is None:
        return ""
    what = w.plain(target.indicator.name)
    said = {"what": what, "part": w.number(now.numerator, 0), "whole": w.number(now.denominator, 0)}
    first = figures[0]
    if first is now or first.numerator is None or first.denominator is None:
        return w.gettext("%(what)s: %(part)s of %(whole)s.", **said)
    return w.gettext(
        "%(what)s: %(part)s of %(whole)s; in %(year)s it was %(part_then)s of %(whole_then)s.",
        **said,
        **_then(first, w),
    )


def _then(figure: FigureFacts, w: Words) -> dict[str, str]:
    assert figure.numerator is not None and figure.denominator is not None
    return {
        "year": w.year(figure.year),
        "part_then": w.number(figure.numerator, 0),
        "whole_then": w.number(figure.denominator, 0),
    }


def promise(item: Numbered, snapshot: Snapshot, w: Words) -> dict[str, Any]:
    line = glance.line(item, snapshot, w)
    return {"line": line, "status": item.target.verdict.status, "spark": spark(item, snapshot, w, line.sentence)}


def spark(item: Numbered, snapshot: Snapshot, w: Words, sentence: str) -> Markup:
    """As in the table at a glance, on a larger sheet."""
    chart = drawn.chart(item.target, snapshot, sentence, w)
    if isinstance(chart, PathChart | BarsChart):
        if chart.baseline is None and all(figure.value is None for figure in chart.figures):
            return Markup("")
        return paper.render(draw(Spark(chart), SHEET), title=sentence)
    if isinstance(chart, MilestoneChart):
        return glance.spark(item, snapshot, w, sentence)
    return Markup("")


def missing(snapshot: Snapshot, w: Words) -> str:
    """What was not measured, by name and year."""
    gaps = [gap for gap in snapshot.gaps if gap.kind == "not_measured"]
    if not gaps:
        return w.gettext("Every figure that was due was measured.")
    named = [
        w.gettext("%(what)s, %(year)s", what=w.plain(gap.about), year=w.year(gap.year))
        if gap.year
        else w.plain(gap.about)
        for gap in gaps[:MOST_GAPS]
    ]
    if len(gaps) > MOST_GAPS:
        named.append(w.ngettext("%(count)s more", "%(count)s more", len(gaps) - MOST_GAPS))
    return w.gettext("Not measured: %(what)s.", what="; ".join(named))
