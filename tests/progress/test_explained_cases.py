"""`flask status explain`: every published case through the command, and a target of the platform with all that is told."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from impact.commitments.models import Amendment
from impact.db import db
from impact.progress import operations
from impact.progress.case_files import case_from
from impact.progress.cases import CaseFigure, CaseInputs
from impact.progress.rules import status
from tests.progress import makers


def a_case(kind: str, direction: str, b: Any, d0: str, t: Any, d1: str, *figures: list[Any], **more: Any) -> Any:
    return {
        "kind": kind,
        "direction": direction,
        "baseline": b,
        "baseline_date": d0,
        "target": t,
        "target_date": d1,
        "milestones": [],
        "figures": list(figures),
        "due": [],
        "today": figures[-1][0] if figures else d0,
        "band": 10,
        "grace_days": 90,
        **more,
    }


def explained(app: Flask, folder: Path, case: Any) -> Any:
    path = folder / "case.json"
    path.write_text(json.dumps(case))
    return app.test_cli_runner().invoke(args=["status", "explain", "--case", str(path)])


def result(app: Flask, folder: Path, case: Any) -> dict[str, Any]:
    outcome = explained(app, folder, case)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    found: dict[str, Any] = json.loads(outcome.stdout)
    assert list(found) == ["p", "e", "r", "status", "reason"]
    return found


#: The table of the published rule, row by row.
PUBLISHED = [
    (a_case("level", "up", 20, "2015-01-01", 30, "2022-01-01", ["2020-01-01", 26, None]),
     0.6000, 0.7141, 0.8402, "slightly_behind"),
    (a_case("zero", "down", 18, "2016-01-01", None, "2022-01-01", ["2019-01-01", 12, None]),
     0.3333, 0.5000, 0.6667, "slightly_behind"),
    (a_case("relative", "down", 200, "2015-01-01", -5, "2020-01-01", ["2018-01-01", 198, None]),
     0.2000, 0.6002, 0.3332, "far_behind"),
    (a_case("cumulative", "up", 0, "2015-01-01", 100_000, "2020-01-01", ["2018-01-01", 66_000, None]),
     0.6600, 0.6002, 1.0996, "on_track"),
    (a_case("parity", "parity", 70, "2016-01-01", None, "2020-01-01", ["2018-01-01", 63, None]),
     0.7000, 0.5003, 1.3990, "on_track"),
    (a_case("parity", "parity", 35, "2016-01-01", None, "2020-01-01", ["2018-01-01", 67, None]),
     -0.4000, 0.5003, -0.7995, "moving_away"),
    (a_case("signed_gap", "signed_gap", 8, "2016-01-01", 1, "2020-01-01", ["2018-01-01", -3, None]),
     0.7143, 0.5003, 1.4276, "on_track"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "p", "e", "r", "expected"), PUBLISHED)
def test_every_published_case_is_explained(
    app: Flask, tmp_path: Path, case: Any, p: float, e: float, r: float, expected: str
) -> None:
    found = result(app, tmp_path, case)
    assert [round(found[name], 4) for name in ("p", "e", "r")] == [p, e, r]
    assert (found["status"], found["reason"]) == (expected, None)


def test_the_sum_of_several_periods_counts(app: Flask, tmp_path: Path) -> None:
    periods = [["2016-01-01", 20_000, None], ["2017-01-01", 22_000, None], ["2018-01-01", 24_000, None]]
    found = result(app, tmp_path, a_case("cumulative", "up", 0, "2015-01-01", 100_000, "2020-01-01", *periods))
    assert (found["p"], round(found["e"], 4), found["status"]) == (0.66, 0.6002, "on_track")


LEVEL = ("level", "up", 20, "2015-01-01", 30, "2022-01-01")


def test_the_printed_example_follows_its_milestone(app: Flask, tmp_path: Path) -> None:
    case = a_case(*LEVEL, ["2020-01-01", 26, None], milestones=[["2018-01-01", 24]], due=["2020-01-01"],
                  today="2020-02-01")  # fmt: skip
    found = result(app, tmp_path, case)
    # At 1 January 2018 40 % of the way; from there 730 of 1461 days to the rest: 0.4 + 0.6 × 730 ÷ 1461.
    assert (round(found["p"], 4), round(found["e"], 4), round(found["r"], 4)) == (0.6, 0.6998, 0.8574)
    assert found["status"] == "slightly_behind"


def test_a_first_figure_in_its_days_of_grace_is_not_owed_yet(app: Flask, tmp_path: Path) -> None:
    """Late is only who lets the days of grace pass: until then nothing is due, and nobody can have failed."""
    waiting = a_case(*LEVEL, due=["2016-01-01"])
    expected = {
        "2015-12-31": ("not_due", None),
        "2016-01-01": (
            "not_due",
            "The first figure is being asked for; its days of grace last until 2016-03-31.",
        ),
        "2016-03-31": (
            "not_due",
            "The first figure is being asked for; its days of grace last until 2016-03-31.",
        ),
        "2016-04-01": ("cannot_say", "A figure was due on 2016-01-01, and neither it nor a reason came."),
    }
    for today, told in expected.items():
        found = result(app, tmp_path, {**waiting, "today": today})
        assert (found["status"], found["reason"]) == told
        assert (found["p"], found["e"], found["r"]) == (None, None, None)


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (["2020-01-01", "2021-01-01"], "2021-02-01", "slightly_behind"),
        (["2020-01-01", "2021-01-01"], "2021-06-01", "cannot_say"),
        # The figure of a year before does not answer the only day that is named.
        (["2021-01-01"], "2021-06-01", "cannot_say"),
        (["2020-01-01"], "2021-06-01", "slightly_behind"),
        # A figure is taken at the end of a year and owed three months later.
        (["2020-03-31"], "2021-03-01", "slightly_behind"),
        ([], "2021-06-01", "slightly_behind"),
    ],
)
def test_a_year_without_a_word_is_late_once_its_grace_has_passed(
    app: Flask, tmp_path: Path, due: list[str], today: str, expected: str
) -> None:
    case = a_case(*LEVEL, ["2020-01-01", 26, None], due=due, today=today)
    assert result(app, tmp_path, case)["status"] == expected


def test_a_missing_year_between_two_figures_does_not_hide_the_later_one(app: Flask, tmp_path: Path) -> None:
    due = ["2018-01-01", "2019-01-01", "2020-01-01"]
    figures = [["2018-01-01", 23, None], ["2020-01-01", 26, None]]
    assert result(app, tmp_path, a_case(*LEVEL, *figures, due=due, today="2020-06-01"))["status"] == "slightly_behind"


def test_a_year_that_was_not_measured_gives_its_reason(app: Flask, tmp_path: Path) -> None:
    figures = [["2019-01-01", 26, None], ["2020-01-01", None, "No census"]]
    found = result(app, tmp_path, a_case(*LEVEL, *figures, due=["2019-01-01", "2020-01-01"], today="2020-06-01"))
    assert (found["status"], found["reason"]) == ("not_measured", "No census")


def test_a_target_met_and_lost_again_goes_back(app: Flask, tmp_path: Path) -> None:
    met = a_case(*LEVEL, ["2018-01-01", 30, None])
    lost = a_case(*LEVEL, ["2018-01-01", 30, None], ["2020-01-01", 26, None])
    assert [result(app, tmp_path, case)["status"] for case in (met, lost)] == ["reached", "slightly_behind"]


def test_a_changed_definition_without_a_bridge_says_nothing(app: Flask, tmp_path: Path) -> None:
    found = result(app, tmp_path, a_case(*LEVEL, ["2020-01-01", 26, None, False]))
    assert found["status"] == "cannot_say"
    assert found["reason"] == "The definition changed, and old and new cannot be compared."


@pytest.mark.parametrize(
    ("day", "expected", "pace"),
    [
        ("2020-01-01", "not_due", None),
        # Its day has passed: all of it is expected, and its days of grace run.
        ("2020-01-02", "far_behind", 0.0),
        ("2020-03-31", "far_behind", 0.0),
        ("2020-04-01", "not_reached", None),
    ],
)
def test_a_delivery_without_steps_is_not_due_until_its_day(
    app: Flask, tmp_path: Path, day: str, expected: str, pace: float | None
) -> None:
    case = a_case("deliverable", "yes_no", None, "2015-01-01", None, "2020-01-01", ["2019-01-01", False, None])
    found = result(app, tmp_path, {**case, "today": day})
    assert (found["status"], found["p"], found["r"]) == (expected, 0.0, pace)


def test_what_a_condition_may_not_say_is_refused_before_it_is_met(app: Flask, tmp_path: Path) -> None:
    resting = a_case("conditional", "up", None, None, 30, "2022-01-01", inner_kind="level", today="2020-01-01",
                     condition={"operator": "below", "threshold": 40, "figures": [["2016-01-01", 45]]})  # fmt: skip
    assert result(app, tmp_path, resting)["status"] == "not_due"
    for changes, words in (
        ({"target": None}, "Give the target."),
        ({"target_date": None}, "Give the date"),
        ({"figures": [["2020-01-02", 26, None]]}, "dated in the future"),
        ({"figures": [["2019-01-02", None, None]]}, "needs the reason"),
        ({"condition": {"operator": "below", "threshold": 40, "figures": [["2020-01-02", 1]]}}, "in the future"),
    ):
        outcome = explained(app, tmp_path, {**resting, **changes})
        assert (outcome.exit_code, outcome.stdout) == (2, "") and words in outcome.stderr


D = Decimal
KEPT = [
    CaseInputs("level", "up", D(20), date(2015, 1, 1), D(30), date(2022, 1, 1), ((date(2018, 1, 1), D(24), None),),
               (CaseFigure(date(2019, 1, 1), None, "No census"), CaseFigure(date(2020, 1, 1), D("26.5"), bridged=False)),
               (date(2020, 1, 1),), date(2020, 2, 1)),
    CaseInputs("deliverable", "yes_no", None, date(2015, 1, 1), None, date(2022, 1, 1),
               ((date(2018, 1, 1), None, date(2018, 2, 1)), (date(2019, 1, 1), None, None)),
               (CaseFigure(date(2020, 1, 1), None, "", False),), (), date(2020, 2, 1), D(10), 30),
    CaseInputs("level", "up", None, None, D(30), date(2022, 1, 1), (), (CaseFigure(date(2020, 1, 1), D(26)),), (),
               date(2020, 2, 1), condition=("below", D(40), ((date(2018, 1, 1), D(20)),))),
]  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_what_is_printed_of_a_target_can_be_redone_as_a_file(app: Flask, tmp_path: Path, case: CaseInputs) -> None:
    written = json.dumps(case.as_file())
    assert case_from(json.loads(written, parse_float=Decimal, parse_int=Decimal), date(2099, 1, 1)) == case
    found = result(app, tmp_path, case.as_file())
    assert found["status"] == status(case).status


def test_a_target_is_explained_with_its_first_promise_and_another_status(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world()
        figure = makers.a_figure(world)
        operations.enter_figure(figure, {"numerator": Decimal(100), "denominator": Decimal(400)}, world.coordinator)
        makers.approved(figure.report, world)
        change = {"target": world.target.public_id, "field": "due", "old": '"2018-12-31"', "new": '"2020-12-31"'}
        db.session.add(
            Amendment(
                commitment=world.commitment,
                number=1,
                state="approved",
                changes=[change],
                reason_code="date_moved",
                note="A year was lost.",
                requested_at=makers.NOW,
                approved_at=makers.NOW,
                approved_by_id=world.approver.person_id,
            )
        )
        operations.override_status(world.target, "on_track", "The audit came late.", world.reviewer)
        db.session.commit()
        outcome = app.test_cli_runner().invoke(args=["status", "explain", world.target.public_id])
    assert outcome.exit_code == 0
    told = json.loads(outcome.stdout)
    outlook = ["pace", "forecast"]
    assert list(told) == ["inputs", "result", "steps", *outlook, "against the original target", "set by a reviewer"]
    # 6 of 11 points in 1341 of 2072 days; against the first date the figure came on the very day
    assert {name: told["result"][name] for name in ("status", "reason")} == {
        "status": "slightly_behind",
        "reason": None,
    }
    assert [round(told["result"][name], 4) for name in ("p", "e", "r")] == [0.5455, 0.6472, 0.8428]
    assert told["against the original target"]["status"] == "not_reached"
    assert told["set by a reviewer"] == {"status": "on_track", "reason": "The audit came late."}
    assert told["steps"] == {
        "value to reach": "30",
        "latest figure": "25",
        "on": "2018-12-31",
        "first met on": None,
    }


def test_a_target_that_is_not_there_is_no_case(app: Flask) -> None:
    outcome = app.test_cli_runner().invoke(args=["status", "explain", "nosuchone"])
    assert outcome.exit_code == 1 and outcome.stderr
    assert app.test_cli_runner().invoke(args=["status", "explain"]).exit_code == 2


def test_a_case_tells_its_pace_and_forecast_when_asked(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    rows = [["2016-01-01", 23, None], ["2017-01-01", 24, None]]
    path.write_text(json.dumps(a_case("level", "up", 20, "2015-01-01", 30, "2023-01-01", *rows)))

    outcome = app.test_cli_runner().invoke(args=["status", "explain", "--case", str(path), "--forecast"])

    told = json.loads(outcome.stdout)
    assert list(told) == ["p", "e", "r", "status", "reason", "pace", "forecast"]
    assert round(told["pace"]["needed per year"], 2) == 1.0
    assert told["forecast"]["points"] == [["2015-01-01", 20.0], ["2016-01-01", 23.0], ["2017-01-01", 24.0]]
    assert told["forecast"]["degrees of freedom"] == 1
    assert round(told["forecast"]["line at the due date"], 1) == 36.3


def test_a_deliverable_says_why_it_has_no_pace_and_no_forecast(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(a_case("deliverable", "yes_no", None, "2015-01-01", None, "2023-01-01")))

    told = json.loads(
        app.test_cli_runner().invoke(args=["status", "explain", "--case", str(path), "--forecast"]).stdout
    )

    assert told["pace"]["reason"] == "What is delivered or not has no pace."
    assert told["forecast"]["reason"] == "What is delivered or not has no trend."
