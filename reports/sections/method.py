"""How a status is worked out, what each word means, and definitions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from reports import fit
from reports.contents import numbered
from reports.snapshot_types import Settings, Snapshot
from reports.values import Text
from reports.words import STATUSES, Words, catalogued

#: Points of the page of what was not measured that its head and the words of the statuses leave to the gaps.
ROOM_BESIDE_THE_WORDS = 270.0
#: Points of the page of the method under its definitions; in Arabic they take more.
ROOM_UNDER_THE_DEFINITIONS = {False: 195.0, True: 178.0}
ARABIC_IS_TALLER = 1.15


class Limited(Protocol):
    """Anything that holds the limits in force."""

    @property
    def settings(self) -> Settings: ...


def rules(snapshot: Limited, w: Words) -> list[tuple[str, str]]:
    """Each status with when it is given, in the order in which they are tried."""
    s = snapshot.settings
    low, high = w.number(s.slightly_behind, 2), w.number(s.on_track, 2)
    said = {
        "reached": w.gettext("The latest figure meets the target."),
        "on_track": w.gettext("Ratio of %(limit)s or more.", limit=high),
        "slightly_behind": w.gettext("Ratio from %(low)s to below %(high)s.", low=low, high=high),
        "far_behind": w.gettext("Ratio below %(limit)s.", limit=low),
        "moving_away": w.gettext("Distance below zero: further from the target than at the start."),
        "not_reached": w.gettext("The day of the target has passed and it is not met."),
        "not_measured": w.gettext("A figure was due, and the organisation says why there is none."),
        "cannot_say": w.gettext("No start, no figure, or too early: under a tenth of the way is expected."),
        "not_due": w.gettext("The first figure is not due yet."),
    }
    return [(status, said[status]) for status in STATUSES]


def definitions(snapshot: Snapshot, w: Words) -> list[tuple[str, str]]:
    s = snapshot.settings
    few = w.number(Decimal(s.threshold), 0)
    return [
        (
            w.gettext("Starting point"),
            w.gettext("The figure and the day from which distance and time are counted. Only an amendment changes it."),
        ),
        (
            w.gettext("Path"),
            w.gettext(
                "A straight line from the starting point to the target, or through the milestones. It is a yardstick, not a plan."
            ),
        ),
        (
            w.gettext("Milestone"),
            w.gettext("A value named for a day in between. Where there are milestones, the path runs through them."),
        ),
        (
            w.gettext("Parity"),
            w.gettext(
                "Between %(low)s and %(high)s per cent. Distance is counted to the edge of that band, from either side.",
                low=w.number(50 - s.band),
                high=w.number(50 + s.band),
            ),
        ),
        (
            w.gettext("Pace so far"),
            w.gettext(
                "The line through all figures, carried on to the day of the target, with the band that holds four of five figures observed then. It takes three figures; figures that changed course have none."
            ),
        ),
        (
            w.gettext("Women, men, other or self-described, not disclosed"),
            w.gettext(
                "As people describe themselves. Nobody has to answer, and those who do not are part of the whole."
            ),
        ),
        (
            w.gettext("Withheld"),
            w.gettext(
                "Cells of fewer than %(few)s people, and as many others as it takes to keep them from being worked out.",
                few=few,
            ),
        ),
        (
            w.gettext("Rounding"),
            w.gettext(
                "Once, at the end. Sums use the unrounded values and may differ from what is printed by one in the last place."
            ),
        ),
    ]


def indicators(snapshot: Snapshot, w: Words) -> list[dict[str, Any]]:
    """The indicators used, each once, with definition and source."""
    seen: dict[str, dict[str, Any]] = {}
    for item in numbered(snapshot):
        facts = item.target.indicator
        seen.setdefault(
            facts.code,
            {
                "code": facts.code,
                "name": facts.name,
                "definition": facts.definition,
                # Frozen as the catalogue has it; what ships is said in every language.
                "framework": Text("en", facts.framework, catalogued(facts.framework)) if facts.framework else None,
            },
        )
    return list(seen.values())


def words_come_before(snapshot: Snapshot, w: Words) -> bool:
    """Whether the page of what was not measured has room for what the words of the statuses mean."""
    told = 0.0
    for gap in snapshot.gaps:
        why = w.plain(gap.why) + (w.say(gap.reason) if gap.reason else "")
        told += 50.0 + fit.height(w.plain(gap.about), (21.0, 50)) + fit.height(why, (14.0, 64))
    return told * (ARABIC_IS_TALLER if w.rtl else 1.0) <= ROOM_BESIDE_THE_WORDS


def method_runs_over(snapshot: Snapshot, w: Words) -> bool:
    """Whether the method takes more than its page: the annex then follows at once, and no page is left nearly empty."""
    if not words_come_before(snapshot, w):
        return True
    definitions_of = [w.plain(one["definition"]) for one in indicators(snapshot, w)]
    told = sum(14.5 + fit.height(words, (11.5, 66)) for words in definitions_of)
    told += sum(7.0 + fit.height(w.plain(note), (14.0, 76)) for note in snapshot.method_notes)
    return told * (ARABIC_IS_TALLER if w.rtl else 1.0) > ROOM_UNDER_THE_DEFINITIONS[w.rtl]


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    return {
        "rules": rules(snapshot, w),
        "words_said_before": words_come_before(snapshot, w),
        "definitions": definitions(snapshot, w),
        "indicators": indicators(snapshot, w),
        "notes": snapshot.method_notes,
    }
