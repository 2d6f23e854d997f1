"""Republic of Examplia: towards zero but far behind, a condition that came true, a law not due yet, a figure not measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from impact import clock
from impact.demo import stage
from impact.demo.files import pdf, table
from impact.demo.stage import Piece, Troupe
from impact.progress import operations as progress
from impact.progress.models import ReportingWindow

D = Decimal


def tell(people: Troupe, windows: Sequence[ReportingWindow]) -> None:
    """Child marriage to zero; quotas on boards if they stay under 40 %; vocational schools; a law on equal pay."""
    first = windows[0].year
    start, end = date(first - 1, 12, 31), date(first + 5, 6, 30)
    girls = stage.file(
        people,
        {
            "headline": "No girl is married before she is eighteen",
            "why": "A promise without a date is a wish.",
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
            "why": "Those who decide about work should know it.",
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
            {
                "indicator": "IMP-LAW",
                "scope": "act on equal pay in force",
                "kind": "deliverable",
                "baseline_date": start,
                "due": end,
            },
        ],
        date(first, 1, 18),
        end,
    )
    stage.approve("commitment", boards.id, people, date(first, 2, 14))
    wed, schools = (target.id for target in girls.targets)
    quota, law = (target.id for target in boards.targets)
    for window, year in zip(windows, YEARS, strict=True):
        common = {"on": window.period_ends, "narrative": year["narrative"]}
        survey = {**common, "source": "Household survey", "numerator": D(year["wed"]), "denominator": D(120_000)}
        stage.report(
            people,
            window,
            {
                wed: survey,
                schools: {**common, "source": "School census", **_schools(year["schools"], window)},
                quota: {
                    **common,
                    "source": "Register of companies",
                    "numerator": D(year["boards"]),
                    "denominator": D(400),
                },
                law: {**common, "source": "Official gazette", "delivered": False},
            },
            _evidence(wed, law, window.year),
            "Demonstration: my successors will find the dates here.",
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


#: `boards` of 400 directors: 41 % in the first year, under 40 % from the second on
YEARS: list[dict[str, Any]] = [
    {
        "wed": 20_400,
        "schools": 4_200,
        "boards": 164,
        "narrative": "Demonstration: registrars were trained in every district.",
    },
    {
        "wed": 18_600,
        "schools": 5_100,
        "boards": 144,
        "narrative": "Demonstration: boards fell below the line, so the quota is due.",
    },
    {
        "wed": 16_800,
        "schools": 5_700,
        "boards": 150,
        "narrative": "Demonstration: schools keep places, and girls come back.",
    },
    {
        "wed": 15_000,
        "schools": None,
        "boards": 156,
        "narrative": "Demonstration: the school census was put off to next year.",
    },
]


def _schools(girls: int | None, window: ReportingWindow) -> dict[str, Any]:
    if girls is None:
        return {
            "not_measured": "The school census was put off; the next one counts both years.",
            "known_by": date(window.year + 2, 6, 30),
        }
    return {"numerator": D(girls), "denominator": D(30_000)}


def _evidence(wed: int, law: int, year: int) -> dict[int, list[Piece]]:
    districts = table([["district", "asked", "married before 18"], ["Upper", 2400, 330], ["Lower", 2600, 290]])
    bill = pdf([f"Republic of Examplia: bill on equal pay, state in {year}", "Read once in parliament."])
    return {
        wed: [
            Piece("Survey by district", True, f"survey-{year}.csv", districts),
            Piece("Method of the survey", True, url="https://example.org/household-survey"),
        ],
        law: [Piece("State of the bill", False, f"equal-pay-bill-{year}.pdf", bill)],
    }
