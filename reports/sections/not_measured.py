"""What is not known, and why: as large as what is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from impact.charts.palette import PRINT
from reports.sections.method import rules, words_come_before
from reports.snapshot_types import Gap, Snapshot
from reports.words import Words

A_ROW = 23
STEP = 15.05


def strip(asked: tuple[str, ...], title: str, *, rtl: bool) -> Markup:
    """One square for every figure asked for: filled, tinted (withheld) or broken (not measured)."""
    looks = {
        "reported": f'fill="{PRINT["plum"]}"',
        "withheld": f'fill="{PRINT["band"]}" stroke="{PRINT["plum"]}" stroke-width=".5"',
        "not_measured": f'fill="none" stroke="{PRINT["ink"]}" stroke-width=".8" stroke-dasharray="2 1.4"',
    }
    paths = dict.fromkeys(looks, "")
    # Rows of one length, as far as they go, and no square left alone.
    lines = (len(asked) - 1) // A_ROW + 1
    a_row = -(-len(asked) // lines)
    for i, state in enumerate(asked):
        column = i % a_row
        x = (A_ROW - 1 - column if rtl else column) * STEP + 0.5
        paths[state] += f"M{x:.1f} {i // a_row * STEP + 0.5:.1f}h11v11h-11Z"
    height = lines * STEP
    shapes = "".join(f'<path {looks[state]} d="{d}"/>' for state, d in paths.items() if d)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="345.8pt" height="{0}pt" viewBox="0 0 345.8 {0}"><title>{1}</title>{2}</svg>'
    ).format(
        f"{height:.1f}",
        title,
        Markup(shapes),  # noqa: S704 - numbers and our own colours only
    )


def heading(gap: Gap, w: Words) -> str:
    about = w.plain(gap.about)
    return w.gettext("%(what)s, %(year)s", what=about, year=w.year(gap.year)) if gap.year else about


def footnote(gap: Gap, w: Words) -> str:
    parts = []
    if gap.kind == "not_measured":
        if gap.known_by:
            parts.append(w.gettext("Known by %(day)s.", day=w.day(gap.known_by)))
        else:
            parts.append(w.gettext("No day is named by which it will be known."))
    if gap.answers:
        parts.append(w.gettext("Answers for it: %(who)s.", who=w.plain(gap.answers)))
    return w.sentences(parts)


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    asked = snapshot.asked
    reported, withheld, unmeasured = (asked.count(s) for s in ("reported", "withheld", "not_measured"))
    sentences = []
    if asked:
        sentences.append(
            w.ngettext(
                "This report was to hold %(count)s figure.", "This report was to hold %(count)s figures.", len(asked)
            )
        )
        sentences.append(w.ngettext("It holds %(count)s.", "It holds %(count)s.", reported))
        if unmeasured:
            sentences.append(w.ngettext("%(count)s was not measured.", "%(count)s were not measured.", unmeasured))
        if withheld:
            sentences.append(
                w.ngettext(
                    "%(count)s is withheld, because it would describe fewer than %(few)s people or give such a number away.",
                    "%(count)s are withheld, because they would describe fewer than %(few)s people or give such a number away.",
                    withheld,
                    few=w.number(Decimal(snapshot.settings.threshold), 0),
                )
            )
    if not snapshot.gaps:
        sentences.append(w.gettext("Every figure that was due is here."))
    key = w.gettext(
        "Filled: reported, %(reported)s. Tinted: withheld, %(withheld)s. Dashed: not measured, %(missing)s.",
        reported=reported,
        withheld=withheld,
        missing=unmeasured,
    )
    gaps = [
        {
            "kind": gap.kind,
            "heading": heading(gap, w),
            "why": w.paragraphs(gap.why) if gap.why else "",
            "reason": w.say(gap.reason) if gap.reason else "",
            "footnote": footnote(gap, w),
        }
        for gap in snapshot.gaps
    ]
    return {
        "lead": w.sentences(sentences),
        "asked": w.ngettext("%(count)s figure asked for", "%(count)s figures asked for", len(asked)) if asked else "",
        "key": key,
        "strip": strip(asked, key, rtl=w.rtl) if asked else "",
        "gaps": gaps,
        "rules": rules(snapshot, w),
        "says_words": words_come_before(snapshot, w),
    }
