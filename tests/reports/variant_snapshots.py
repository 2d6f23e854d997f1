"""Snapshots at the edges of what a report must hold: little, much, long, nothing yet. Demonstration data throughout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from reports.snapshot_types import AnnexGroup, AnnexRow, CommitmentFacts, Snapshot
from reports.target_facts import (
    WITHHELD,
    AmendmentFacts,
    Change,
    EvidenceFacts,
    FigureFacts,
    Original,
    TargetFacts,
    Verdict,
)
from reports.values import Day, Number, Sentence, Text
from tests.reports.sample_professors import PROFESSORS, july, t
from tests.reports.sample_snapshot import SAMPLE
from tests.reports.sample_targets import CHILDCARE, PAY, TRAINED

LONG = " ".join(
    [
        "The faculties began with the list of everybody who was asked to apply, because the list shows what an"
        " advertisement hides: who was never thought of. Deans read it before the first interview and sign it."
    ]
    * 4
)
LONG_TEXT = Text("en", "\n\n".join([LONG] * 5))
VERY_LONG_TEXT = Text("en", "\n\n".join([LONG] * 14))


def yearly(first: int, last: int) -> tuple[FigureFacts, ...]:
    """A figure a year, rising slowly, one year missing."""
    figures = []
    for year in range(first, last + 1):
        step = year - first
        if year == first + 3:
            figures.append(
                FigureFacts(
                    year,
                    july(year),
                    None,
                    expected=D("20.0") + step,
                    not_measured=Text("en", "The register was moved to another system in that year."),
                )
            )
            continue
        women, whole = 80 + 4 * step, 400 + step
        figures.append(
            FigureFacts(
                year,
                july(year),
                D(women * 100) / D(whole),
                D(women),
                D(whole),
                {"women": women, "men": whole - women - 12, "other": WITHHELD, "undisclosed": 12},
                D("20.0") + step,
            )
        )
    return tuple(figures)


MANY_YEARS: TargetFacts = replace(PROFESSORS, figures=yearly(2017, 2026), milestones=())

AMENDED_OFTEN: TargetFacts = replace(
    MANY_YEARS,
    original=Original(D(40), july(2026)),
    amendments=tuple(
        AmendmentFacts(
            number,
            (
                Change("Day it is due", Day(july(2025 + number)), Day(july(2026 + number))),
                Change("Target", Number(D(40 - number), "percent"), Number(D(39 - number), "percent")),
            ),
            "",
            Text("en", LONG),
            date(2023 + number, 3, 12),
            date(2023 + number, 4, 2),
            date(2023 + number, 4, 9),
        )
        for number in (1, 2)
    ),
    evidence=tuple(
        EvidenceFacts(Text("en", f"Minutes of the panel on chairs, meeting {i}"), "pdf", date(2026, 1, i), i % 3 > 0)
        for i in range(1, 15)
    ),
)

NO_FIGURES: TargetFacts = replace(
    PROFESSORS,
    figures=(),
    original=None,
    original_verdict=None,
    amendments=(),
    milestones=(),
    narrative=None,
    worked=None,
    obstacles=None,
    next_steps=None,
    evidence=(),
    verdict=Verdict("not_due"),
)

NOT_MEASURED_NOW: TargetFacts = replace(
    PROFESSORS,
    figures=(
        *PROFESSORS.figures[:2],
        FigureFacts(
            2026, july(2026), None, expected=D("28.5"), not_measured=Text("en", "The count was stopped by a strike.")
        ),
    ),
    verdict=Verdict(
        "not_measured",
        reason=Sentence("A figure was due, and the organisation says why there is none."),
        last_known="slightly_behind",
    ),
)


def promise(number: int, target: TargetFacts, *more: TargetFacts, headline: str = "") -> CommitmentFacts:
    """A commitment around targets."""
    return replace(
        SAMPLE.commitments[0],
        number=number,
        headline=Text("en", headline) if headline else target.indicator.name,
        targets=(target, *more),
        why=Text("en", "Who teaches decides who stays."),
        actions=Text("en", "Search before advertising. Promote by review, not by application."),
    )


ONE = replace(SAMPLE, commitments=SAMPLE.commitments[:1], gaps=SAMPLE.gaps[:1])

FIVE = replace(
    SAMPLE,
    commitments=(*SAMPLE.commitments, promise(5, NOT_MEASURED_NOW, headline="A name on every list of candidates")),
)

#: One commitment with five targets, of each shape, among them ten years of figures.
MANY_TARGETS = replace(
    SAMPLE,
    commitments=(
        promise(
            1,
            AMENDED_OFTEN,
            TRAINED,
            CHILDCARE,
            PAY,
            NOT_MEASURED_NOW,
            headline="A university in which women lead, teach and are paid as men are, in every faculty and on both campuses",
        ),
        promise(2, MANY_YEARS, TRAINED),
    ),
)

LONG_WORDS = replace(
    SAMPLE,
    organisation=replace(
        SAMPLE.organisation, name=Text("en", "Federal University of Applied Sciences and Technology of the Coast")
    ),
    commitments=(
        promise(
            1,
            replace(
                AMENDED_OFTEN,
                narrative=VERY_LONG_TEXT,
                worked=LONG_TEXT,
                obstacles=LONG_TEXT,
                next_steps=LONG_TEXT,
                scope=Text("en", LONG[:300]),
            ),
            headline="A university in which women lead, teach and are paid as men are, in every faculty and on both campuses",
        ),
        *SAMPLE.commitments[1:3],
    ),
    statement=replace(SAMPLE.statement, text=VERY_LONG_TEXT) if SAMPLE.statement else None,
)

NOTHING_YET = replace(
    SAMPLE,
    statement=None,
    leader=None,
    key_figures=(),
    gaps=(),
    asked=(),
    commitments=(promise(1, NO_FIGURES),),
)

GROUPS = replace(
    SAMPLE,
    annex_title=t(
        "Full professors by faculty, heads on 31 July",
        "Professeurs titulaires par faculté, au 31 juillet",
        "الأساتذة حسب الكلية في 31 تموز/يوليه",
    ),
    annex=tuple(
        AnnexGroup(
            t(f"Faculty {i}", f"Faculté {i}", f"الكلية {i}"),
            tuple(
                AnnexRow(
                    year,
                    {"women": 20 + i, "men": 40 + i},
                    60 + 2 * i,
                    D(100 * (20 + i)) / D(60 + 2 * i),
                )
                for year in range(2022, 2027)
            ),
        )
        for i in range(1, 13)
    ),
)

VARIANTS: dict[str, Snapshot] = {
    "one": ONE,
    "five": FIVE,
    "many_targets": MANY_TARGETS,
    "long_words": LONG_WORDS,
    "nothing_yet": NOTHING_YET,
    "groups": GROUPS,
}
