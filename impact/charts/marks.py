"""The discs that say how a target stands: shape first, so that they are told apart in grey and by everyone.

One drawing of 18 by 18 units for each status as stored; `ink` is the colour of the mark, `ground` that of the paper
behind it. Shared by the pages and the report.
"""

from __future__ import annotations

from markupsafe import Markup

_DISC = '<circle cx="9" cy="9" r="8.5" fill="{ink}"/>'
_RING = '<circle cx="9" cy="9" r="7.6" fill="none" stroke="{ink}" stroke-width="1.8"/>'
_STROKE = 'fill="none" stroke="{ground}" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"'

MARKS = {
    "reached": _DISC + f'<path d="M5 9.3l2.8 2.8 5.2-5.8" {_STROKE}/>',
    "on_track": _DISC,
    "slightly_behind": _RING + '<path d="M9 9V3.6A5.4 5.4 0 1 1 3.6 9Z" fill="{ink}"/>',
    "far_behind": _RING + '<path d="M9 9V3.6A5.4 5.4 0 0 1 14.4 9Z" fill="{ink}"/>',
    "moving_away": _DISC + f'<path d="M13.2 9H5M8.2 5.6L4.8 9l3.4 3.4" {_STROKE}/>',
    "not_reached": _DISC + f'<path d="M5.9 5.9l6.2 6.2M12.1 5.9l-6.2 6.2" {_STROKE}/>',
    "not_measured": _RING + '<path d="M5 9h8" fill="none" stroke="{ink}" stroke-width="1.9"/>',
    "cannot_say": _RING
    + '<path d="M6.7 7.2A2.4 2.4 0 1 1 9.9 9.4Q9 9.8 9 10.9" fill="none" stroke="{ink}" stroke-width="1.6"/>'
    + '<circle cx="9" cy="13.1" r="1.05" fill="{ink}"/>',
    "not_due": '<circle cx="9" cy="9" r="7.6" fill="none" stroke="{ink}" stroke-width="1.8"'
    ' stroke-dasharray="1.7 2.275"/>',
}
# The colour token of each status.
INKS = {
    "reached": "good",
    "on_track": "good",
    "slightly_behind": "warning",
    "far_behind": "bad",
    "moving_away": "bad",
    "not_reached": "ink",
    "not_measured": "soft",
    "cannot_say": "soft",
    "not_due": "soft",
}
# An arrow towards the start of reading turns with the direction of the text; ticks and crosses do not.
TURNS = {"moving_away"}


def shapes(status: str, *, ink: str = "currentColor", ground: str = "#FFFFFF", rtl: bool = False) -> Markup:
    """The inside of an SVG of 18 by 18 units for one status. KeyError for a word that is no status."""
    inside = MARKS[status].format(ink=ink, ground=ground)
    turned = rtl and status in TURNS
    return Markup(f'<g transform="translate(18 0) scale(-1 1)">{inside}</g>' if turned else inside)


def svg(status: str, *, rtl: bool = False, size: int = 18) -> Markup:
    """A mark for a web page, in the colour of its text; a word stands beside it, so readers aloud skip it."""
    inside = shapes(status, ground="var(--paper,#fff)", rtl=rtl)
    return Markup(
        '<svg class="status-mark" width="{0}" height="{0}" viewBox="0 0 18 18"'
        ' aria-hidden="true" focusable="false">{1}</svg>'
    ).format(size, inside)
