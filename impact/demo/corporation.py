"""Sample Group plc: one target on track, one moving away, one slightly behind, and a year for which nothing came."""

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
PAYROLL = "Group payroll, December"


def tell(people: Troupe, windows: Sequence[ReportingWindow]) -> None:
    """Managers and new hires in one promise, the pay gap in another; the second year is missing altogether."""
    first = windows[0].year
    start, end = date(first - 1, 12, 31), date(first + 5, 6, 30)
    managers = stage.file(
        people,
        {
            "headline": "Women who lead depots, and women who join",
            "why": "Our customers are everybody; our managers were not.",
            "actions": "Every shortlist of three names at least one woman. Depots publish their lists inside the group.",
            "responsible": "Chief people officer",
            "themes": ["leadership", "workplace"],
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
            "why": "What we do not count we do not change.",
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
    for window in windows:
        year = YEARS.get(window.year - first)
        if year is None:
            continue
        common = {"on": window.period_ends, "source": PAYROLL, "narrative": year["narrative"]}
        stage.report(
            people,
            window,
            {
                lead: {**common, "numerator": D(year["lead"][0]), "denominator": D(year["lead"][1])},
                hires: {
                    **common,
                    "numerator": D(year["hires"][0]),
                    "denominator": D(year["hires"][1]),
                    "obstacles": "Demonstration: night shifts without transport home.",
                },
                gap: {**common, "value": D(year["gap"])},
            },
            _evidence(lead, gap, window.year),
            "Demonstration: we shall be asked about this every year, and that is the point.",
            date(window.year + 1, 3, 20),
        )
    with clock.as_of(date(windows[-1].year + 1, 4, 25)):
        progress.override_status(
            pay.targets[0],
            "on_track",
            "Demonstration: the pay round of January, which is not in the December figure, closes a further point.",
            people.reviewer,
        )


#: years after the first → its figures; the second year is missing
YEARS: dict[int, dict[str, Any]] = {
    0: {
        "lead": (450, 1850),
        "hires": (1378, 5300),
        "gap": "8.2",
        "narrative": "Demonstration: shortlists changed first, then the managers.",
    },
    2: {
        "lead": (540, 1900),
        "hires": (1275, 5000),
        "gap": "6.4",
        "narrative": "Demonstration: after a year without figures, every depot counts again.",
    },
    3: {
        "lead": (628, 1930),
        "hires": (1176, 4900),
        "gap": "5.0",
        "narrative": "Demonstration: more women lead, fewer join. Both are in this report.",
    },
}


def _evidence(lead: int, gap: int, year: int) -> dict[int, list[Piece]]:
    depots = table([["depot", "managers", "women"], ["North", 120, 38], ["South", 140, 41]])
    audit = pdf([f"Sample Group plc: review of pay in {year}", "Read by the outside auditor."])
    return {
        lead: [
            Piece("Managers by depot", False, f"managers-{year}.csv", depots),
            Piece("What a shortlist looks like", True, url="https://example.org/shortlists"),
        ],
        gap: [Piece("Review of pay, summary", True, f"pay-review-{year}.pdf", audit)],
    }
