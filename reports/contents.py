"""Which sections make the report, in which order, and what the contents page says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.snapshot_types import CommitmentFacts, Snapshot
from reports.target_facts import TargetFacts
from reports.words import Words

#: Each is a pair in reports/sections: NAME.py (what it says) and NAME.html (how it is set).
SECTIONS = ("cover", "contents", "statement", "glance", "not_measured", "commitment", "method", "annex", "contacts")
#: What the confidential edition adds.
CONFIDENTIAL = (*SECTIONS, "confidential")


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, what it is called, one line more, and its page once that is known."""

    anchor: str
    title: str
    note: str = ""
    page: int = 0


@dataclass(frozen=True)
class Numbered:
    """A target with the number it has in this report: 2, or 2.1 and 2.2 where a commitment has several."""

    number: str
    anchor: str
    commitment: CommitmentFacts
    target: TargetFacts

    @property
    def is_only_one(self) -> bool:
        return len(self.commitment.targets) == 1

    @property
    def is_first_of_several(self) -> bool:
        return not self.is_only_one and self.target is self.commitment.targets[0]

    @property
    def opens(self) -> bool:
        """Whether what is said once of the commitment is said here."""
        return self.target is self.commitment.targets[0]


def numbered(snapshot: Snapshot) -> list[Numbered]:
    """Every target in the order of the report."""
    result = []
    for commitment in snapshot.commitments:
        for i, target in enumerate(commitment.targets, start=1):
            several = len(commitment.targets) > 1
            number = f"{commitment.number}.{i}" if several else str(commitment.number)
            result.append(Numbered(number, f"target-{number.replace('.', '-')}", commitment, target))
    return result


def statement_title(snapshot: Snapshot, w: Words) -> str:
    """What the page after the contents is called: where nobody made a statement, it says what the edition is."""
    if snapshot.statement is None:
        return w.gettext("About this edition")
    # The office stands under the letter, in the language it was written in: here it would break into the words.
    return w.gettext("From the leader")


def entries(snapshot: Snapshot, w: Words) -> list[Entry]:
    """The lines of the contents, without pages."""
    missing = [gap for gap in snapshot.gaps if gap.kind != "withheld"]
    lines = [
        Entry("statement", statement_title(snapshot, w)),
        Entry("glance", w.gettext("The year at a glance"), w.gettext("Where each commitment stands, in one line")),
        Entry(
            "not-measured",
            w.gettext("What was not measured, and why"),
            w.ngettext("%(count)s gap", "%(count)s gaps", len(missing)) if missing else w.gettext("Nothing is missing"),
        ),
    ]
    for item in numbered(snapshot):
        notes = [w.gettext("Commitment %(number)s", number=item.number), w.status(item.target.verdict.status)]
        if item.target.amendments:
            notes.append(w.ngettext("amended once", "amended %(count)s times", len(item.target.amendments)))
        title = w.plain(item.commitment.headline if item.is_only_one else item.target.indicator.name)
        lines.append(Entry(item.anchor, title, " · ".join(notes)))
    last = [Entry("contacts", w.gettext("Contacts")), Entry("verification", w.gettext("Check this edition yourself"))]
    if snapshot.tier == "confidential":
        last.append(Entry("confidential", w.gettext("Confidential annex")))
    return [
        *lines,
        Entry("method", w.gettext("Method and definitions"), w.gettext("How a status is worked out, word by word")),
        Entry("annex", w.gettext("Annex: every figure"), w.gettext("All years, with what they were divided by")),
        *last,
    ]


def first_guess(lines: list[Entry]) -> list[Entry]:
    """The pages the sections have when each keeps to the room it is given; the layout then has the last word."""
    pages = {"statement": 3, "glance": 4, "not-measured": 5}
    page = 6
    for line in lines:
        if line.anchor.startswith("target-"):
            pages[line.anchor] = page
            page += 2
    pages |= {
        "method": page,
        "annex": page + 1,
        "contacts": page + 1,
        "verification": page + 2,
        "confidential": page + 3,
    }
    return [replace(line, page=pages[line.anchor]) for line in lines]
