"""Example University: returned once, amended once, a year without a figure, small groups that stay unnamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from impact.demo import stage
from impact.demo.files import bars, pdf, table
from impact.demo.stage import Piece, Troupe
from impact.demo.university_words import STATEMENTS, WORDS, told
from impact.progress.models import ReportingWindow

D = Decimal
STAFF_RECORDS = "Staff records, year-end extract"


def tell(people: Troupe, windows: Sequence[ReportingWindow]) -> None:
    """Professors (slightly behind), a graduation gap (reached), training (a sum), an office (delivered); one waits."""
    first = windows[0].year
    start, end = date(first - 1, 12, 31), date(first + 5, 6, 30)
    professors = stage.file(
        people,
        {
            "headline": "Women among full professors",
            "why": "We teach half of every generation and promote a fifth of it.",
            "actions": "Promotion panels look at every eligible associate professor each year, whether or not they apply.",
            "responsible": "Vice-chancellor’s office, with the deans",
            "themes": ["leadership"],
        },
        [
            {
                "indicator": "SHE-A",
                "scope": "full professors, permanent staff",
                "kind": "level",
                "baseline_numerator": D(76),
                "baseline_denominator": D(400),
                "baseline_date": start,
                "baseline_source": STAFF_RECORDS,
                "value": D(32),
                "due": date(first + 3, 12, 31),
                "milestones": [{"on": date(first + 1, 12, 31), "value": D(24), "title": ""}],
            }
        ],
        date(first, 1, 20),
        end,
    )
    stage.return_once(
        professors,
        people,
        date(first, 2, 5),
        "Which panels, and from when?",
        "Say who acts and from when; the target itself is sound.",
        "All eleven faculty panels, from this autumn. The text says so now.",
        f"{professors.actions} All eleven faculty panels do so from the autumn of the first year.",
    )
    stage.approve("commitment", professors.id, people, date(first, 3, 1))
    students = stage.file(
        people,
        {
            "headline": "Nobody left behind on the way to a degree",
            "why": "Fewer men than women finish in four years, and fewer women than men finish in engineering.",
            "actions": "Advisers follow every student who misses two examinations; mentors work in every faculty.",
            "responsible": "Dean of students",
            "themes": ["education"],
        },
        [
            {
                "indicator": "IMP-GRADGAP",
                "scope": "first degrees, all faculties",
                "kind": "signed_gap",
                "baseline_value": D("8.4"),
                "baseline_date": start,
                "baseline_source": "Registry of students",
                "value": D(1),
                "due": end,
            },
            {
                "indicator": "IMP-TRAIN",
                "scope": "staff and students trained as active bystanders",
                "kind": "cumulative",
                "baseline_value": D(0),
                "baseline_date": start,
                "baseline_source": "Register of courses",
                "value": D(12_000),
                "due": end,
            },
            {
                "indicator": "IMP-DELIV",
                "scope": "an equality office with five posts is open",
                "kind": "deliverable",
                "baseline_date": start,
                "due": date(first + 2, 6, 30),
            },
        ],
        date(first, 1, 25),
        end,
    )
    stage.approve("commitment", students.id, people, date(first, 3, 8))
    share = professors.targets[0].id
    gap, trained, office = (target.id for target in students.targets)
    for window, year, words, statement in zip(windows, YEARS, WORDS, STATEMENTS, strict=True):
        common = {"on": window.period_ends}
        stage.report(
            people,
            window,
            {
                share: {
                    **common,
                    **told(words["share"]),
                    "source": STAFF_RECORDS,
                    **_asked(year["professors"], window),
                },
                gap: {**common, **told(words["gap"]), "source": "Registry of students", "value": D(year["gap"])},
                trained: {
                    **common,
                    **told(words["trained"]),
                    "source": "Register of courses",
                    "value": D(sum(year["trained"])),
                    **dict(zip(("women", "men", "other", "undisclosed"), year["trained"], strict=True)),
                },
                office: {
                    **common,
                    **told(words["office"]),
                    "source": "Minutes of the senate",
                    "delivered": year["office"],
                },
            },
            _evidence(share, gap, office, window),
            statement,
            date(window.year + 1, 3, 10),
        )
        if window.year == first + 1:
            stage.amend(
                professors.targets[0],
                people,
                date(window.year + 1, 5, 10),
                {"due": end},
                "date_moved",
                "The staff system was replaced and a year of promotions was lost. We ask for more time, not for less.",
            )
    stage.file(
        people,
        {
            "headline": "As many women as men in doctoral programmes",
            "why": "Those who lead in twenty years begin a doctorate today.",
            "actions": "Open calls only, and two referees of different gender for every place.",
            "responsible": "Graduate school",
            "themes": ["education"],
        },
        [
            {
                "indicator": "SHE-PHD",
                "scope": "doctoral degrees awarded, all fields",
                "kind": "parity",
                "baseline_numerator": D(96),
                "baseline_denominator": D(270),
                "baseline_date": date(windows[-1].year, 12, 31),
                "baseline_source": "Graduate school",
                "due": date(windows[-1].year + 6, 6, 30),
            }
        ],
        date(windows[-1].year + 1, 4, 20),
        date(windows[-1].year + 6, 6, 30),
    )


YEARS: list[dict[str, Any]] = [
    {
        "professors": (86, 410, 86, 317, 3, 4),
        "gap": "7.1",
        "trained": (1180, 870, 14, 36),
        "office": False,
    },
    {
        "professors": None,
        "gap": "5.2",
        "trained": (1060, 890, 11, 39),
        "office": True,
    },
    {
        "professors": (110, 430, 110, 312, 3, 5),
        "gap": "2.9",
        "trained": (1640, 1310, 16, 34),
        "office": True,
    },
    {
        "professors": (118, 440, 118, 313, 4, 5),
        "gap": "-0.8",
        "trained": (1870, 1480, 18, 32),
        "office": True,
    },
]


def _asked(counts: tuple[int, ...] | None, window: ReportingWindow) -> dict[str, Any]:
    if counts is None:
        return {
            "not_measured": "The staff system was replaced in the autumn; the records of that year are being rebuilt.",
            "known_by": date(window.year + 2, 3, 31),
        }
    top, whole, *parts = counts
    named = dict(zip(("women", "men", "other", "undisclosed"), parts, strict=True))
    return {"numerator": D(top), "denominator": D(whole), **named}


def _evidence(share: int, gap: int, office: int, window: ReportingWindow) -> dict[int, list[Piece]]:
    year = window.year
    panels = pdf([f"Example University: promotion panels in {year}", "All eleven faculties met once."])
    lists = table([["faculty", "panel met", "files read"], ["Arts", "yes", 31], ["Science", "yes", 44]])
    rates = bars([62, 66, 71, 75, 78][: 2 + (year % 4)])
    return {
        share: [
            Piece("Minutes of the promotion panels", True, f"promotion-panels-{year}.pdf", panels),
            Piece("Files read, by faculty", False, f"files-read-{year}.csv", lists),
        ],
        gap: [Piece("Graduation rates, drawn", True, f"graduation-rates-{year}.png", rates)],
        office: [Piece("Page of the equality office", True, url="https://example.org/equality-office")],
    }
