"""The cover: the headline share as dots, the year, the organisation, and the facts of the edition."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import segno
from markupsafe import Markup

from impact.charts.palette import PRINT
from reports.contents import numbered
from reports.imprint import Imprint, imprint_of
from reports.snapshot_types import Snapshot
from reports.target_facts import TargetFacts
from reports.words import Words

STEP = 34.58
RADIUS = 11.2


def headline(snapshot: Snapshot) -> TargetFacts | None:
    """The first target on a share that is to rise, the only kind a hundred dots can show; one measured this year first."""
    found = []
    for item in numbered(snapshot):
        target, verdict = item.target, item.target.verdict
        rising = target.value is not None and verdict.value is not None and target.value >= verdict.value
        if target.indicator.unit == "percent" and rising and target.kind != "parity" and target.on:
            found.append(target)
    return next((one for one in found if measured_in(one, snapshot) == snapshot.year), found[0] if found else None)


def measured_in(target: TargetFacts, snapshot: Snapshot) -> int:
    """The year of the figure that the target is judged by."""
    on = target.verdict.value_on
    return next((figure.year for figure in target.figures if figure.on == on), on.year if on else snapshot.year)


def whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def dots(filled: int, ringed: int, *, rtl: bool, title: str) -> Markup:
    """Ten rows of ten, counted from the bottom row and the inline start."""
    paths = {"on": "", "left": "", "off": ""}
    for i in range(100):
        row, column = 9 - i // 10, i % 10
        if rtl:
            column = 9 - column
        x, y = 17.3 + column * STEP, 17.3 + row * STEP
        role = "on" if i < filled else "left" if i < filled + ringed else "off"
        paths[role] += (
            f"M{x - RADIUS:.1f} {y:.1f}a{RADIUS} {RADIUS} 0 1 0 {2 * RADIUS} 0a{RADIUS} {RADIUS} 0 1 0 {-2 * RADIUS} 0Z"
        )
    looks = {
        "on": f'fill="{PRINT["gold"]}"',
        "left": f'fill="none" stroke="{PRINT["gold"]}" stroke-width="2"',
        "off": 'fill="none" stroke="#8C6A84" stroke-width=".75"',
    }
    shapes = "".join(f'<path {looks[role]} d="{d}"/>' for role, d in paths.items() if d)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="122mm" height="122mm" viewBox="0 0 345.8 345.8"><title>{}</title>{}</svg>'
    ).format(
        title,
        Markup(shapes),  # noqa: S704 - numbers and our own colours only
    )


def qr(address: str, title: str) -> Markup:
    """The address as a QR code: one path."""
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=0)[0]
    d = ""
    for y, row in enumerate(code.matrix):
        x = 0
        while x < size:
            run = x
            while run < size and row[run]:
                run += 1
            if run > x:
                d += f"M{x} {y + 0.5}h{run - x}"
            x = run + 1
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="25mm" height="25mm" viewBox="0 0 {0} {0}"><title>{1}</title>'
        '<path d="{2}" stroke="{3}" stroke-width="1.02" fill="none"/></svg>'
    ).format(size, title, d, PRINT["ink"])


def name_size(letters: int) -> str:
    """Class of the name: what is written long is set smaller, so that it stays above the facts of the edition."""
    for least, size in ((140, "name-longest"), (52, "name-longer"), (36, "name-long")):
        if letters > least:
            return size
    return ""


def context(snapshot: Snapshot, w: Words, imprint: Imprint | None = None) -> dict[str, Any]:
    target = headline(snapshot)
    figure, sentence, filled, ringed = "", "", 0, 0
    if target is not None and target.verdict.value is not None and target.value is not None and target.on:
        filled = whole(target.verdict.value)
        ringed = max(0, whole(target.value) - filled)
        figure = w.number(Decimal(filled), 0)
        said = {
            "what": w.plain(target.indicator.name),
            "target": w.short(target.value, "percent"),
            "year": w.year(target.on.year),
        }
        if (measured := measured_in(target, snapshot)) == snapshot.year:
            sentence = w.gettext(
                "per cent: %(what)s. The open rings are what is left of the promise: %(target)s per cent by %(year)s.",
                **said,
            )
        else:
            sentence = w.gettext(
                "per cent in %(measured)s: %(what)s. The open rings are what is left of the promise: %(target)s per cent by %(year)s.",
                measured=w.year(measured),
                **said,
            )
    else:
        starts = [t.baseline.on.year for c in snapshot.commitments for t in c.targets if t.baseline and t.baseline.on]
        ends = [t.on.year for c in snapshot.commitments for t in c.targets if t.on]
        if starts and ends:
            years, so_far = max(ends) - min(starts), max(0, snapshot.year - min(starts))
            figure = w.number(Decimal(so_far), 0)
            sentence = w.ngettext(
                "of %(count)s year of these promises has gone by.",
                "of %(count)s years of these promises have gone by.",
                years,
            )
    imprint = imprint or imprint_of(snapshot)
    address = imprint.verification
    return {
        "figure": figure,
        "name_size": name_size(len(w.plain(snapshot.organisation.name))),
        "sentence": sentence,
        "dots": dots(
            filled, ringed, rtl=w.rtl, title=f"{figure} {sentence}".strip() or w.gettext("Ten rows of ten rings")
        ),
        "qr": qr(address, w.gettext("QR code: %(address)s", address=address)) if address else "",
        # The number has a line of its own: an address has no spaces to break it at.
        "fingerprint": imprint.short,
        "verification": address.removeprefix("https://").rpartition("/"),
    }
