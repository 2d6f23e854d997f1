"""The literal cases of the published rule."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from impact.db import db
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.rules import Refused, check, status
from impact.progress.verdicts import verdicts_of
from tests.progress import makers

J = date


def case(kind: str, b: str, d0: date, t: str | None, d1: date, x: str, d: date, direction: str = "up") -> CaseInputs:
    return CaseInputs(
        kind,
        direction,
        Decimal(b),
        d0,
        None if t is None else Decimal(t),
        d1,
        figures=(CaseFigure(d, Decimal(x)),),
        today=d,
        due=(d,),
    )


CASES = [
    (
        case("level", "20", J(2015, 1, 1), "30", J(2022, 1, 1), "26", J(2020, 1, 1)),
        "0.6000",
        "0.7141",
        "0.8402",
        "slightly_behind",
    ),
    (
        case("zero", "18", J(2016, 1, 1), None, J(2022, 1, 1), "12", J(2019, 1, 1), "down"),
        "0.3333",
        "0.5000",
        "0.6667",
        "slightly_behind",
    ),
    (
        case("relative", "200", J(2015, 1, 1), "-5", J(2020, 1, 1), "198", J(2018, 1, 1), "down"),
        "0.2000",
        "0.6002",
        "0.3332",
        "far_behind",
    ),
    (
        case("cumulative", "0", J(2015, 1, 1), "100000", J(2020, 1, 1), "66000", J(2018, 1, 1)),
        "0.6600",
        "0.6002",
        "1.0996",
        "on_track",
    ),
    (
        case("parity", "70", J(2016, 1, 1), None, J(2020, 1, 1), "63", J(2018, 1, 1), "parity"),
        "0.7000",
        "0.5003",
        "1.3990",
        "on_track",
    ),
    (
        case("parity", "35", J(2016, 1, 1), None, J(2020, 1, 1), "67", J(2018, 1, 1), "parity"),
        "-0.4000",
        "0.5003",
        "-0.7995",
        "moving_away",
    ),
    (
        case("signed_gap", "8", J(2016, 1, 1), "1", J(2020, 1, 1), "-3", J(2018, 1, 1), "signed_gap"),
        "0.7143",
        "0.5003",
        "1.4276",
        "on_track",
    ),
]


@pytest.mark.parametrize("given, p, e, r, expected", CASES)
def test_the_published_cases(given: CaseInputs, p: str, e: str, r: str, expected: str) -> None:
    check(given)
    verdict = status(given)
    found = [str(round(number, 4)) if number is not None else "" for number in (verdict.p, verdict.e, verdict.r)]
    assert (*found, verdict.status) == (p, e, r, expected)


def test_a_target_that_is_the_starting_point_is_refused() -> None:
    with pytest.raises(Refused):
        check(case("level", "20", J(2015, 1, 1), "20", J(2022, 1, 1), "26", J(2020, 1, 1)))


PUBLISHED: dict[str, Any] = {
    "kind": "level",
    "direction": "up",
    "baseline": 20,
    "baseline_date": "2015-01-01",
    "target": 30,
    "target_date": "2022-01-01",
    "milestones": [["2018-01-01", 24]],
    "figures": [["2020-01-01", 26, None]],
    "due": ["2020-01-01"],
    "today": "2020-02-01",
    "band": 10,
    "grace_days": 90,
}


def explained(app: Flask, folder: Path, **changes: Any) -> Any:
    path = folder / "case.json"
    path.write_text(json.dumps({**PUBLISHED, **changes}))
    return app.test_cli_runner().invoke(args=["status", "explain", "--case", str(path)])


def test_a_case_from_a_file_follows_its_milestones(app: Flask, tmp_path: Path) -> None:
    outcome = explained(app, tmp_path)
    found = json.loads(outcome.stdout)
    assert outcome.exit_code == 0
    assert (round(found["p"], 4), round(found["e"], 4), found["status"]) == (0.6, 0.6998, "slightly_behind")


def test_a_case_that_would_be_refused_ends_with_2_and_says_why(app: Flask, tmp_path: Path) -> None:
    for changes in (
        {"target": 20},
        {"target_date": "2014-01-01"},
        {"figures": [["2014-01-01", 26, None]]},
        {"today": 7},
    ):
        outcome = explained(app, tmp_path, **changes)
        assert outcome.exit_code == 2 and outcome.stderr.strip(), changes


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"figures": []}, "not_due"),
        ({"figures": [], "today": "2020-06-01"}, "cannot_say"),
        ({"figures": [["2020-01-01", None, "No census"]]}, "not_measured"),
        ({"figures": [["2019-01-01", 31, None], ["2020-01-01", 26, None]]}, "slightly_behind"),
        ({"figures": [["2020-01-01", 30, None]]}, "reached"),
        ({"figures": [["2021-12-31", 29, None]], "today": "2022-05-01", "due": []}, "not_reached"),
        ({"figures": [], "today": "2022-05-01"}, "cannot_say"),
        ({"figures": [["2020-01-01", 19, None]]}, "moving_away"),
        ({"baseline": None, "milestones": []}, "cannot_say"),
    ],
)
def test_the_statuses_are_tried_in_their_order(app: Flask, tmp_path: Path, changes: Any, expected: str) -> None:
    given = {"due": ["2020-01-01"] if changes.get("today") == "2020-06-01" else [], **changes}
    assert json.loads(explained(app, tmp_path, **given).stdout)["status"] == expected


def test_a_target_is_explained_and_many_take_as_many_queries_as_one(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world()
        assert world.target.indicator is not None
        for number in range(4):
            makers.a_target(world.commitment, world.target.indicator, scope=f"group {number}")
        db.session.commit()
        outcome = app.test_cli_runner().invoke(args=["status", "explain", world.target.public_id])
        assert json.loads(outcome.stdout)["result"]["status"] == "not_due", outcome.output
        targets = list(world.commitment.targets)
        counted: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
        numbers = []
        for some in (targets[:1], targets):
            db.session.expunge_all()
            counted.clear()
            assert len(verdicts_of(some, date(2019, 5, 10))) == len(some)
            numbers.append(len(counted))
        assert numbers[0] == numbers[1] <= 10


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"figures": [["2020-01-01", None, None]]}, "needs the reason"),
    ({"figures": [["2020-01-01", None]]}, "needs the reason"),
    ({"kind": "signed_gap", "direction": "up", "baseline": 20, "target": 1, "milestones": []}, "this direction"),
    ({"kind": "cumulative", "direction": "down"}, "this direction"),
    ({"kind": "level", "direction": "contextual"}, "this direction"),
    ({"direction": "sideways"}, "no such direction"),
    ({"unit": "percent", "target": 130}, "between 0 and 100"),
    ({"kind": "cumulative", "unit": "percent"}, "this direction"),
    ({"kind": "conditional"}, "its condition"),
    ({"kind": "conditional", "condition": {"operator": "below", "threshold": 40}}, "contains"),
    ({"figures": [["2020-01-01"]]}, "cannot be read"),
]


@pytest.mark.parametrize("changes, words", REFUSED)
def test_what_a_file_may_not_say(app: Flask, tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    outcome = explained(app, tmp_path, **changes)
    assert outcome.exit_code == 2 and words in outcome.stderr and outcome.stdout == ""


def test_a_conditional_case_starts_where_its_condition_was_met(app: Flask, tmp_path: Path) -> None:
    condition = {"operator": "below", "threshold": 40, "figures": [["2016-01-01", 45], ["2018-01-01", 20]]}
    given = {"kind": "conditional", "inner_kind": "level", "direction": "up", "milestones": [], "condition": condition}
    found = json.loads(explained(app, tmp_path, **given).stdout)
    # 20 at 1 January 2018 to 30 at 1 January 2022, 26 at 1 January 2020: 60 % of the way in 730 of 1461 days
    assert (found["p"], round(found["e"], 4), found["status"]) == (0.6, 0.4997, "on_track")
    condition["figures"] = [["2016-01-01", 45]]
    resting = json.loads(explained(app, tmp_path, **given).stdout)
    assert (resting["status"], resting["reason"]) == ("not_due", "Condition not met, nothing due.")


def test_a_deliverable_case_is_reached_when_it_is_delivered(app: Flask, tmp_path: Path) -> None:
    given = {"kind": "deliverable", "direction": "yes_no", "baseline": None, "target": None, "milestones": []}
    assert json.loads(explained(app, tmp_path, **given, figures=[["2020-01-01", True, None]]).stdout)["status"] == (
        "reached"
    )
    steps = [["2018-01-01", None, "2018-01-01"], ["2019-06-01", None, None], ["2021-01-01", None, None]]
    found = json.loads(explained(app, tmp_path, **{**given, "milestones": steps}, figures=[], due=[]).stdout)
    assert (round(found["p"], 4), round(found["e"], 4), found["status"]) == (0.3333, 0.6667, "far_behind")
