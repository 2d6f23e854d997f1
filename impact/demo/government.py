"""Republic of Examplia: far behind on the way to zero, a condition come true, a law, a service in steps, no census."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from impact import clock
from impact.demo import stage
from impact.demo.files import pdf, table
from impact.demo.government_words import STATEMENTS, WHY_BOARDS, WHY_GIRLS, WHY_HELP, WHY_LAW, WORDS
from impact.demo.stage import Piece, Troupe
from impact.demo.university_words import told
from impact.progress import operations as progress
from impact.progress.models import ReportingWindow

D = Decimal


def tell(people: Troupe, windows: Sequence[ReportingWindow]) -> None:
    """Child marriage to zero; quotas on boards if they stay under 40 %; schools; a law on equal pay; help in four steps."""
    first = windows[0].year
    start, end = date(first - 1, 12, 31), date(first + 5, 6, 30)
    girls = stage.file(
        people,
        {
            "headline": "No girl is married before she is eighteen",
            "why": WHY_GIRLS,
            "actions": "Registrars ask for proof of age; schools keep the place of every girl who leaves.",
            "responsible": "Ministry of justice",
            "themes": ["violence", "education"],
        },
        [
            {
                "indicator": "SDG 5.3.1",
                "scope": "women aged 20 to 24 who were married before 18",
                "kind": "zero",
                "baseline_numerator": D(21_600),
                "baseline_denominator": D(120_000),
                "baseline_date": start,
                "baseline_source": "Household survey",
                "due": end,
            },
            {
                "indicator": "IMP-TVET",
                "scope": "students of public vocational schools",
                "kind": "multiply",
                "baseline_numerator": D(3_600),
                "baseline_denominator": D(30_000),
                "baseline_date": start,
                "baseline_source": "School census",
                "value": D(2),
                "due": end,
            },
        ],
        date(first, 1, 15),
        end,
    )
    stage.approve("commitment", girls.id, people, date(first, 2, 10))
    boards = stage.file(
        people,
        {
            "headline": "Boards that look like the country, by law if need be",
            "why": WHY_BOARDS,
            "actions": "The register of companies publishes the boards each year; the quota is drafted and waits.",
            "responsible": "Ministry of the economy",
            "themes": ["leadership"],
        },
        [
            {
                "indicator": "IMP-LISTED",
                "scope": "directors of listed companies",
                "kind": "conditional",
                "inner_kind": "level",
                "condition_words": "fewer than 40 per cent of directors are women",
                "condition_operator": "below",
                "condition_threshold": D(40),
                "baseline_numerator": D(164),
                "baseline_denominator": D(400),
                "baseline_date": start,
                "baseline_source": "Register of companies",
                "value": D(43),
                "due": end,
            },
        ],
        date(first, 1, 18),
        end,
    )
    stage.approve("commitment", boards.id, people, date(first, 2, 14))
    services = _help(people, first, start, end)
    wed, schools = (target.id for target in girls.targets)
    quota = boards.targets[0].id
    for window, year, words, statement in zip(windows, YEARS, WORDS, STATEMENTS, strict=True):
        common = {"on": window.period_ends}
        said = {name: {**common, **told(four)} for name, four in words.items()}
        survey = {"source": "Household survey", "numerator": D(year["wed"]), "denominator": D(120_000)}
        done = {f"step_{step}": day(first) for step, day in STEPS_DONE.items() if day(first) <= window.period_ends}
        stage.report(
            people,
            window,
            {
                wed: {**said["wed"], **survey},
                schools: {**said["schools"], "source": "School census", **_schools(year["schools"], window)},
                quota: {
                    **said["quota"],
                    "source": "Register of companies",
                    "numerator": D(year["boards"]),
                    "denominator": D(400),
                },
                services: {**said["service"], "source": "Ministry of the interior", "delivered": False, **done},
            },
            _evidence(wed, quota, services, window.year),
            statement,
            date(window.year + 1, 2, 20),
        )
        with clock.as_of(date(window.year + 1, 2, 20)):
            progress.record_condition_figure(
                boards.targets[0],
                window.period_ends,
                D(year["boards"]) / 4,
                "Register of companies",
                people.coordinator,
            )
    _law(people, first)


def _law(people: Troupe, first: int) -> None:
    """A promise of this year, of which nothing is due yet."""
    until = date(first + 8, 6, 30)
    commitment = stage.file(
        people,
        {
            "headline": "Equal pay, by law",
            "why": WHY_LAW,
            "actions": "Unions and employers write the draft together; the government brings it in itself.",
            "responsible": "Ministry of labour",
            "themes": ["pay", "law"],
        },
        [
            {
                "indicator": "IMP-LAW",
                "scope": "act on equal pay in force",
                "kind": "deliverable",
                "baseline_date": date(first + 3, 12, 31),
                "due": until,
            }
        ],
        date(first + 4, 1, 18),
        until,
    )
    stage.approve("commitment", commitment.id, people, date(first + 4, 2, 14))


def _help(people: Troupe, first: int, start: date, end: date) -> int:
    """One service for whoever meets with violence: a delivery in four steps. The id of its target."""
    steps = [
        (date(first + 1, 6, 30), "One telephone number, open day and night"),
        (date(first + 2, 6, 30), "A shelter in every province"),
        (date(first + 3, 6, 30), "One record from the call to the court"),
        (date(first + 5, 5, 31), "A yearly public account of who was helped"),
    ]
    commitment = stage.file(
        people,
        {
            "headline": "Help that is there when it is called for",
            "why": WHY_HELP,
            "actions": "Four ministries give their lists and their money to one service; the provinces give houses.",
            "responsible": "Ministry of the interior",
            "themes": ["violence"],
        },
        [
            {
                "indicator": "IMP-DELIV",
                "scope": "one service for all who meet with violence at home is open in every province",
                "kind": "deliverable",
                "baseline_date": start,
                "due": end,
                "milestones": [{"on": day, "value": None, "title": title} for day, title in steps],
            }
        ],
        date(first, 1, 22),
        end,
    )
    stage.approve("commitment", commitment.id, people, date(first, 2, 18))
    return commitment.targets[0].id


#: Step → the day on which it was done, by the first year: the first on time, the second four months late.
STEPS_DONE = {1: lambda first: date(first + 1, 6, 12), 2: lambda first: date(first + 2, 10, 30)}

#: `boards` of 400 directors: 41 % in the first year, under 40 % from the second on
YEARS: list[dict[str, Any]] = [
    {
        "wed": 20_400,
        "schools": 4_200,
        "boards": 164,
    },
    {
        "wed": 18_600,
        "schools": 5_100,
        "boards": 144,
    },
    {
        "wed": 16_800,
        "schools": 5_700,
        "boards": 150,
    },
    {
        "wed": 15_000,
        "schools": None,
        "boards": 156,
    },
]


def _schools(girls: int | None, window: ReportingWindow) -> dict[str, Any]:
    if girls is None:
        return {
            "not_measured": "The school census was put off; the next one counts both years.",
            "known_by": date(window.year + 2, 6, 30),
        }
    return {"numerator": D(girls), "denominator": D(30_000)}


def _evidence(wed: int, quota: int, services: int, year: int) -> dict[int, list[Piece]]:
    districts = table([["district", "asked", "married before 18"], ["Upper", 2400, 330], ["Lower", 2600, 290]])
    bill = pdf([f"Republic of Examplia: bill on quotas, state in {year}", "Read once in parliament."])
    return {
        wed: [
            Piece("Survey by district", True, f"survey-{year}.csv", districts),
            Piece("Method of the survey", True, url="https://example.org/household-survey"),
        ],
        services: [Piece("Calls and shelters, by month", True, url="https://example.org/one-service")],
        quota: [Piece("State of the bill", False, f"quota-bill-{year}.pdf", bill)],
    }
