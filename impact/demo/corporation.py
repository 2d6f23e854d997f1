"""Sample Group plc: on track, moving away, slightly behind, not reached, no starting point, and a year without a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from impact import clock
from impact.demo import stage
from impact.demo.corporation_words import STATEMENTS, WHY_MANAGERS, WHY_PAY, WHY_SAFE, WHY_SUPPLIERS, WORDS
from impact.demo.files import pdf, table
from impact.demo.stage import Piece, Troupe
from impact.demo.university_words import told
from impact.progress import operations as progress
from impact.progress.models import ReportingWindow

D = Decimal
PAYROLL = "Group payroll, December"


def tell(people: Troupe, windows: Sequence[ReportingWindow]) -> None:
    """Managers and new hires; the pay gap; rules on every site; suppliers. The second year is missing altogether."""
    first = windows[0].year
    start, end = date(first - 1, 12, 31), date(first + 5, 6, 30)
    managers = stage.file(
        people,
        {
            "headline": "Women who lead depots, and women who join",
            "why": WHY_MANAGERS,
            "actions": "Every shortlist of three names at least one woman. Depots publish their lists inside the group.",
            "responsible": "Chief people officer",
            "themes": ["leadership", "workforce"],
        },
        [
            {
                "indicator": "IMP-MGR",
                "scope": "managers of depots and above, worldwide",
                "kind": "level",
                "baseline_numerator": D(396),
                "baseline_denominator": D(1800),
                "baseline_date": start,
                "baseline_source": PAYROLL,
                "value": D(35),
                "due": end,
            },
            {
                "indicator": "HFS-C4",
                "scope": "new hires in warehouses and on the road",
                "kind": "parity",
                "baseline_numerator": D(1400),
                "baseline_denominator": D(5000),
                "baseline_date": start,
                "baseline_source": PAYROLL,
                "due": end,
            },
        ],
        date(first, 2, 1),
        end,
    )
    stage.approve("commitment", managers.id, people, date(first, 2, 20))
    pay = stage.file(
        people,
        {
            "headline": "The same pay for the same shift",
            "why": WHY_PAY,
            "actions": "A yearly review of pay by grade and depot, and a fund that closes what it finds.",
            "responsible": "Chief financial officer",
            "themes": ["pay"],
        },
        [
            {
                "indicator": "UK-2",
                "scope": "all employees on permanent contracts",
                "kind": "signed_gap",
                "baseline_value": D("9.1"),
                "baseline_date": start,
                "baseline_source": PAYROLL,
                "value": D(2),
                "due": end,
            }
        ],
        date(first, 2, 3),
        end,
    )
    stage.approve("commitment", pay.id, people, date(first, 2, 24))
    lead, hires = (target.id for target in managers.targets)
    gap = pay.targets[0].id
    sites = _sites(people, first, start)
    for window in windows:
        year = YEARS.get(window.year - first)
        if year is None:
            continue
        words = WORDS[window.year - first]
        said = {name: {"on": window.period_ends, "source": PAYROLL, **told(four)} for name, four in words.items()}
        stage.report(
            people,
            window,
            {
                lead: {**said["lead"], "numerator": D(year["lead"][0]), "denominator": D(year["lead"][1])},
                hires: {
                    **said["hires"],
                    "numerator": D(year["hires"][0]),
                    "denominator": D(year["hires"][1]),
                },
                gap: {**said["gap"], "value": D(year["gap"])},
                sites: {
                    **said["sites"],
                    "source": "Register of sites",
                    "numerator": D(year["sites"]),
                    "denominator": D(160),
                },
            },
            _evidence(lead, gap, sites, window.year),
            STATEMENTS[window.year - first],
            date(window.year + 1, 3, 20),
        )
    _suppliers(people, first)
    with clock.as_of(date(windows[-1].year + 1, 4, 25)):
        progress.override_status(
            pay.targets[0],
            "on_track",
            "Demonstration: the pay round of January, which is not in the December figure, closes a further point.",
            people.reviewer,
        )


def _sites(people: Troupe, first: int, start: date) -> int:
    """Every site by the end of the last year: a promise that was not kept. The id of its target."""
    commitment = stage.file(
        people,
        {
            "headline": "The same rules against harassment on every site",
            "why": WHY_SAFE,
            "actions": "Rules on one page, a telephone outside the company, and both in every lease.",
            "responsible": "Chief operating officer",
            "themes": ["violence", "workforce"],
        },
        [
            {
                "indicator": "C190-P1",
                "scope": "depots, warehouses and offices, owned and rented",
                "kind": "level",
                "baseline_numerator": D(96),
                "baseline_denominator": D(160),
                "baseline_date": start,
                "baseline_source": "Register of sites",
                "value": D(100),
                "due": date(first + 3, 12, 31),
            }
        ],
        date(first, 2, 5),
        date(first + 3, 12, 31),
    )
    stage.approve("commitment", commitment.id, people, date(first, 2, 26))
    return commitment.targets[0].id


def _suppliers(people: Troupe, first: int) -> None:
    """A promise of this year whose starting point is still to be measured."""
    until = date(first + 8, 6, 30)
    commitment = stage.file(
        people,
        {
            "headline": "We know whom we buy from, and buy more from companies owned by women",
            "why": WHY_SUPPLIERS,
            "actions": "Every new contract asks who owns the company; buyers see the answer before they choose.",
            "responsible": "Chief purchasing officer",
            "themes": ["economic"],
        },
        [
            {
                "indicator": "IMP-SUPP",
                "scope": "suppliers with an order in the year",
                "kind": "level",
                "baseline_due": date(first + 4, 12, 31),
                "value": D(15),
                "due": until,
            }
        ],
        date(first + 4, 2, 6),
        until,
    )
    stage.approve("commitment", commitment.id, people, date(first + 4, 2, 27))


#: years after the first → its figures; the second year is missing
YEARS: dict[int, dict[str, Any]] = {
    0: {
        "lead": (450, 1850),
        "hires": (1378, 5300),
        "gap": "8.2",
        "sites": 104,
    },
    2: {
        "lead": (540, 1900),
        "hires": (1275, 5000),
        "gap": "6.4",
        "sites": 121,
    },
    3: {
        "lead": (628, 1930),
        "hires": (1176, 4900),
        "gap": "5.0",
        "sites": 143,
    },
}


def _evidence(lead: int, gap: int, sites: int, year: int) -> dict[int, list[Piece]]:
    depots = table([["depot", "managers", "women"], ["North", 120, 38], ["South", 140, 41]])
    audit = pdf([f"Sample Group plc: review of pay in {year}", "Read by the outside auditor."])
    return {
        lead: [
            Piece("Managers by depot", False, f"managers-{year}.csv", depots),
            Piece("What a shortlist looks like", True, url="https://example.org/shortlists"),
        ],
        sites: [Piece("The rules on one page", True, url="https://example.org/rules-on-one-page")],
        gap: [Piece("Review of pay, summary", True, f"pay-review-{year}.pdf", audit)],
    }
