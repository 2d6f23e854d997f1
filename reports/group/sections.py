"""What the sections of a group's report say, in one language: the contexts of the templates beside this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from markupsafe import Markup

from impact.charts.palette import PRINT
from impact.indicators.gap_words import AREA_LABELS
from impact.messages import gettext_noop as N_
from reports.contents import Entry
from reports.group.names import CONSTITUENCIES, title_in
from reports.group.spread import FEWEST
from reports.group.types import GroupSnapshot, Member, Spread
from reports.imprint import Imprint
from reports.sections import cover
from reports.sections.method import rules
from reports.words import STATUSES, Words

SECTIONS = ("glance", "common", "champions", "changes", "method")
GOOD = frozenset({"reached", "on_track"})
UNKNOWN = frozenset({"cannot_say", "not_measured", "not_due"})
REPORTS = {
    "in_time": N_("Handed in on time"),
    "was_late": N_("Handed in late"),
    "late": N_("Not reported"),
    "in_grace": N_("Due, in the days of grace"),
    "open": N_("Not due yet"),
    "not_open": N_("Not due yet"),
    "exempt": N_("No duty to report: recorded from public sources"),
    "none": N_("Owed no report of this year"),
}
AREAS = ("economic", "education", "health", "political", "overall")


def title(snapshot: GroupSnapshot, w: Words) -> str:
    return title_in(w, snapshot.constituency, snapshot.year)


def name(snapshot: GroupSnapshot, w: Words) -> str:
    """What stands large on the cover."""
    if snapshot.kind == "global":
        return w.gettext("What was promised, and what became of it")
    return w.gettext(CONSTITUENCIES[snapshot.constituency])


def entries(snapshot: GroupSnapshot, w: Words) -> list[Entry]:
    common = w.gettext("The gap index of their countries") if has_index_only(snapshot) else w.gettext("Common figures")
    lines = [
        Entry("glance", w.gettext("The year at a glance"), w.gettext("How many targets stand where")),
        Entry("common", common, w.gettext("Where the organisations stand, never shown for a few")),
        Entry("champions", w.gettext("The champions"), w.gettext("Each with its targets")),
        Entry("changes", w.gettext("Promised, amended, not reported"), w.gettext("What happened in the year")),
        Entry("method", w.gettext("Method and definitions"), w.gettext("How a status is worked out, word by word")),
    ]
    return [line for line in lines if line.anchor != "common" or snapshot.spreads or snapshot.countries]


def has_index_only(snapshot: GroupSnapshot) -> bool:
    return bool(snapshot.countries) and not snapshot.spreads


def statuses(members: Sequence[Member]) -> Counter[str]:
    return Counter(stand.status for member in members for stand in member.stands)


def percent_of(part: int, whole: int) -> Decimal:
    return Decimal(100 * part) / Decimal(whole) if whole else Decimal(0)


def imprint_of(snapshot: GroupSnapshot, *, sealed_at: datetime | None = None) -> Imprint:
    """What is printed of the edition itself."""
    return Imprint(
        digest=snapshot.digest(),
        at=sealed_at or snapshot.edition.taken_at,
        verification=snapshot.edition.verification,
        sealed_on=sealed_at.date() if sealed_at else None,
    )


def front(snapshot: GroupSnapshot, w: Words, imprint: Imprint) -> dict[str, Any]:
    found = statuses(snapshot.counted)
    total = sum(found.values())
    good = sum(found[code] for code in GOOD)
    unknown = sum(found[code] for code in UNKNOWN)
    filled = int(percent_of(good, total).quantize(Decimal(1), ROUND_HALF_UP))
    ringed = min(100 - filled, int(percent_of(total - good - unknown, total).quantize(Decimal(1), ROUND_HALF_UP)))
    said = w.ngettext(
        "per cent of %(count)s target is reached or on track. Open rings: behind, moving away or not reached. Faint: nothing can be said yet.",
        "per cent of %(count)s targets are reached or on track. Open rings: behind, moving away or not reached. Faint: nothing can be said yet.",
        total,
    )
    figure = w.number(Decimal(filled), 0)
    address = imprint.verification or snapshot.edition.address
    return {
        "title": title(snapshot, w),
        "name": name(snapshot, w),
        "figure": figure if total else "",
        "sentence": said if total else "",
        "dots": cover.dots(filled, ringed, rtl=w.rtl, title=f"{figure} {said}"),
        # The number has a line of its own: an address has no spaces to break it at.
        "verification": imprint.verification.removeprefix("https://").rpartition("/"),
        "qr": cover.qr(address, w.gettext("QR code: %(address)s", address=address)) if address else "",
    }


def lead(snapshot: GroupSnapshot, w: Words) -> str:
    members = snapshot.counted
    total = sum(statuses(members).values())
    good = sum(statuses(members)[code] for code in GOOD)
    sentences = [
        w.ngettext("%(count)s organisation.", "%(count)s organisations.", len(members)),
        w.ngettext("%(count)s target.", "%(count)s targets.", total),
        w.ngettext("%(count)s is reached or on track.", "%(count)s are reached or on track.", good),
    ]
    return " ".join(sentences)


def glance(snapshot: GroupSnapshot, w: Words) -> dict[str, Any]:
    members = snapshot.counted
    found = statuses(members)
    total = sum(found.values())
    groups = [code for code in CONSTITUENCIES if any(member.constituency == code for member in members)]
    handed = Counter(w.gettext(REPORTS[member.report]) for member in members)
    by_report = list(dict.fromkeys(w.gettext(words) for words in REPORTS.values()))
    return {
        "lead": lead(snapshot, w),
        "statuses": [
            {
                "code": code,
                "count": w.number(Decimal(found[code]), 0),
                "share": w.per_cent(percent_of(found[code], total), 0),
                "bar": f"{percent_of(found[code], total):.1f}",
            }
            for code in STATUSES
            if found[code]
        ],
        "groups": [
            {
                "name": w.gettext(CONSTITUENCIES[code]),
                "organisations": w.number(Decimal(sum(one.constituency == code for one in members)), 0),
                "cells": _group_cells([one for one in members if one.constituency == code], w),
            }
            for code in groups
        ]
        if snapshot.kind == "global"
        else [],
        "reports": [(words, w.number(Decimal(handed[words]), 0)) for words in by_report if handed[words]],
        "left_out": len(snapshot.members) - len(members),
    }


def _group_cells(members: Sequence[Member], w: Words) -> list[str]:
    """Targets; reached or on track; behind or missed; nothing can be said."""
    found = statuses(members)
    total, good, unknown = sum(found.values()), sum(found[c] for c in GOOD), sum(found[c] for c in UNKNOWN)
    return [w.number(Decimal(number), 0) for number in (total, good, total - good - unknown, unknown)]


def spread_drawing(one: Spread, band: Decimal, title: str) -> Markup:
    """From 0 to 100: a thin line from lowest to highest, a bar between the quartiles, a stroke at the median."""
    assert one.lowest is not None and one.highest is not None
    assert one.lower is not None and one.median is not None and one.upper is not None
    width = Decimal(346)

    def x(value: Decimal) -> str:
        return f"{1 + value / 100 * (width - 2):.1f}"

    left, right = x(50 - band), x(50 + band)
    d = f'<path fill="{PRINT["band"]}" d="M{left} 1H{right}V25H{left}Z"/>'
    d += f'<path fill="none" stroke="{PRINT["ink"]}" stroke-width=".6" d="M{x(Decimal(0))} 9V17M{x(Decimal(100))} 9V17M1 13H345"/>'
    d += f'<path fill="none" stroke="{PRINT["plum"]}" stroke-width="1.6" d="M{x(one.lowest)} 13H{x(one.highest)}M{x(one.lowest)} 8V18M{x(one.highest)} 8V18"/>'
    d += f'<path fill="{PRINT["bar-two"]}" d="M{x(one.lower)} 7H{x(one.upper)}V19H{x(one.lower)}Z"/>'
    d += f'<path fill="none" stroke="{PRINT["plum"]}" stroke-width="2.6" d="M{x(one.median)} 4V22"/>'
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="346pt" height="26pt" viewBox="0 0 346 26"><title>{}</title>{}</svg>'
    ).format(
        title,
        Markup(d),  # noqa: S704 - numbers and our own colours only
    )


def common(snapshot: GroupSnapshot, w: Words) -> dict[str, Any]:
    band = snapshot.settings.band
    rows: list[dict[str, Any]] = []
    for one in snapshot.spreads:
        numbers = [one.lowest, one.lower, one.median, one.upper, one.highest]
        known = [w.per_cent(value) for value in numbers if value is not None]
        # Quartiles of whole per cents may lie between them: one place is enough.
        said = (
            w.gettext(
                "%(what)s: lowest %(lowest)s, lower quartile %(lower)s, median %(median)s, upper quartile %(upper)s, highest %(highest)s",
                what=w.plain(one.name),
                **dict(zip(("lowest", "lower", "median", "upper", "highest"), known, strict=True)),
            )
            if len(known) == len(numbers)
            else ""
        )
        rows.append(
            {
                "name": one.name,
                "code": one.code,
                "organisations": w.ngettext("%(count)s organisation", "%(count)s organisations", one.organisations),
                "numbers": known if len(known) == len(numbers) else [],
                "drawing": spread_drawing(one, band, said) if said else "",
            }
        )
    return {
        "spreads": [row for row in rows if row["drawing"]],
        "too_few": w.listed([w.plain(row["name"]) for row in rows if not row["drawing"]]),
        "fewest": w.number(Decimal(FEWEST), 0),
        "band": (w.number(50 - band), w.number(50 + band)),
        "areas": [w.gettext(AREA_LABELS[area]) for area in AREAS],
        "countries": [
            {"name": one.name, "cells": [_score(getattr(one, area), w) for area in AREAS]} for one in snapshot.countries
        ],
        "is_index_only": has_index_only(snapshot),
    }


def _score(value: Decimal | None, w: Words) -> str:
    return w.number(value, 3) if value is not None else w.gettext("not known")


def champions(snapshot: GroupSnapshot, w: Words) -> dict[str, Any]:
    return {
        "members": [
            {
                "member": member,
                "marks": _marks(member),
                "notes": " · ".join(
                    part
                    for part in (
                        "" if member.constituency == "government" else w.plain(member.country),
                        w.gettext("invented, for demonstration") if member.is_demonstration else "",
                        w.gettext(REPORTS[member.report]),
                    )
                    if part
                ),
                "stands": [] if snapshot.kind == "global" else [_stand(stand, w) for stand in member.stands],
            }
            for member in snapshot.members
        ],
        "is_global": snapshot.kind == "global",
    }


def _marks(member: Member) -> list[tuple[str, int]]:
    """(status, how many targets have it), in the order of the words' explanation."""
    found = statuses([member])
    return [(code, found[code]) for code in STATUSES if found[code]]


def _stand(stand: Any, w: Words) -> dict[str, Any]:
    return {
        "stand": stand,
        "sentence": w.bound(w.say(stand.sentence)),
        "now": w.with_sign(stand.value, stand.unit) if stand.value is not None else "",
        "on": w.day(stand.value_on) if stand.value_on and stand.value is not None else "",
        "override": w.gettext("A reviewer set: %(status)s", status=w.status(stand.override)) if stand.override else "",
    }


def changes(snapshot: GroupSnapshot, w: Words) -> dict[str, Any]:
    return {
        "promised": snapshot.promised,
        "amended": [
            {
                "one": one,
                "on": w.day(one.on),
                "changes": [
                    w.gettext(
                        "%(what)s: from %(before)s to %(after)s.",
                        what=w.gettext(change.what),
                        before=w.show(change.before),
                        after=w.show(change.after),
                    )
                    for change in one.changes
                ],
                "reason": w.gettext(one.reason) if one.reason else "",
            }
            for one in snapshot.amended
        ],
        "missing": snapshot.missing,
        "silent": [member for member in snapshot.members if member.report == "late"],
        "late": [member for member in snapshot.members if member.report == "was_late"],
    }


def method(snapshot: GroupSnapshot, w: Words) -> dict[str, Any]:
    return {
        # The rule of the printed year needs the limits only, which both kinds of snapshot have.
        "rules": rules(snapshot, w),
        "grace": w.ngettext("%(count)s day of grace", "%(count)s days of grace", snapshot.settings.grace_days),
        "fewest": w.number(Decimal(FEWEST), 0),
    }


CONTEXTS = {"glance": glance, "common": common, "champions": champions, "changes": changes, "method": method}
