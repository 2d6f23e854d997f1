"""Entering figures: what is refused, what is worked out, what is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from impact.actor import Role
from impact.audit.models import AuditEntry
from impact.commitments.operations import Conflict
from impact.db import db
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.progress import operations, queries
from impact.progress.figure_content import seen_of
from impact.progress.operations import unanswered
from impact.reviews import operations as reviews
from impact.reviews import subjects
from tests.progress import makers


@pytest.fixture
def world(app: Flask) -> Iterator[makers.World]:
    with time_machine.travel(makers.NOW, tick=False):
        yield makers.a_world()


#: what is entered → the field refused
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"numerator": Decimal(420), "denominator": Decimal(419)}, "numerator"),
    ({"numerator": Decimal(3), "denominator": Decimal(0)}, "denominator"),
    ({"numerator": Decimal(-1), "denominator": Decimal(419)}, "numerator"),
    ({"numerator": Decimal(101)}, "denominator"),
    ({"denominator": Decimal(419)}, "numerator"),
    ({"value": Decimal("100.1")}, "value"),
    ({"value": Decimal("-0.1")}, "value"),
    ({"value": Decimal(20), "on": date(2015, 4, 30)}, "on"),
    ({"value": Decimal(20), "on": date(2019, 5, 11)}, "on"),
    ({**makers.COUNTS, "women": 101, "men": 300}, "parts_note"),
    ({**makers.COUNTS, "women": -1, "men": 420}, "women"),
    ({"not_measured": "No census this year", "known_by": None}, "known_by"),
    ({"not_measured": "No census this year", "known_by": date(2019, 5, 10)}, "known_by"),
    ({"not_measured": "No census", "known_by": date(2020, 1, 1), "value": Decimal(20)}, "not_measured"),
    ({"typed": {"numerator": "about a hundred"}}, "numerator"),
    ({"method_bridged": False}, "method_change"),
]


@pytest.mark.parametrize("data, refused", REFUSED)
def test_what_cannot_be_right_is_refused_beside_its_field(
    world: makers.World, data: dict[str, Any], refused: str
) -> None:
    problems = operations.enter_figure(makers.a_figure(world), data, world.coordinator)
    assert refused in problems


def test_a_share_is_worked_out_from_its_counts(world: makers.World) -> None:
    figure = makers.a_figure(world)
    assert operations.enter_figure(figure, makers.COUNTS, world.coordinator) == {}
    assert figure.value == Decimal("24.105012")


def test_a_period_figure_below_zero_is_refused_for_a_cumulative_target(world: makers.World) -> None:
    counted = makers.an_indicator("REACHED", unit="count", direction="up", counts=True, numerator={}, denominator={})
    makers.a_target(world.commitment, counted, kind="cumulative", baseline_value=Decimal(0), value=Decimal(1000))
    makers.a_figure(world)
    report = queries.report_of(world.champion, queries.windows_of(world.champion)[0])
    assert report is not None
    figure = report.figures[1]
    problems = operations.enter_figure(figure, {"value": Decimal(-5)}, world.coordinator)
    assert list(problems) == ["value"]
    assert figure.value is None and figure.typed == {"value": "-5"}


def test_what_could_not_be_read_is_kept_and_bars_submission_until_it_is_put_right(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, {"typed": {"numerator": "about 100"}, "narrative": "We hired."}, world.coordinator)
    assert figure.typed == {"numerator": "about 100"} and figure.narrative == "We hired."
    with pytest.raises(Invalid) as refusal:
        operations.submit_report(figure.report, world.coordinator)
    assert list(refusal.value.problems) == [figure.public_id]
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    assert figure.report.state == "submitted" and figure.report.first_submitted_at == makers.NOW


def test_not_measured_with_a_reason_and_a_date_is_a_full_answer(world: makers.World) -> None:
    figure = makers.a_figure(world)
    data = {"not_measured": "The census was moved.", "known_by": date(2019, 12, 31)}
    assert operations.enter_figure(figure, data, world.coordinator) == {}
    operations.submit_report(figure.report, world.coordinator)
    assert figure.report.state == "submitted"


def test_parts_that_do_not_add_up_are_taken_with_a_reason(world: makers.World) -> None:
    figure = makers.a_figure(world)
    data = {**makers.COUNTS, "women": 101, "men": 300, "parts_note": "Eighteen did not answer."}
    assert operations.enter_figure(figure, data, world.coordinator) == {}
    assert figure.parts == {"women": 101, "men": 300}


def test_after_submission_nothing_is_changed(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    with pytest.raises(InvalidState):
        operations.enter_figure(figure, makers.COUNTS, world.coordinator)


def test_two_people_who_wrote_in_different_fields_lose_nothing(world: makers.World) -> None:
    figure = makers.a_figure(world)
    opened = {"version": figure.version, "seen": seen_of(figure)}
    operations.enter_figure(figure, {**makers.COUNTS, "narrative": "", **opened}, world.coordinator)
    mine = {"numerator": None, "denominator": None, "source": "Staff records", "narrative": "Panels met.", **opened}
    assert operations.enter_figure(figure, mine, world.coordinator) == {}
    assert (figure.numerator, figure.source, figure.narrative) == (101, "Staff records, 2018", "Panels met.")


def test_two_people_who_wrote_in_one_field_are_asked_and_nothing_is_overwritten(world: makers.World) -> None:
    figure = makers.a_figure(world)
    opened = {"version": figure.version, "seen": seen_of(figure)}
    operations.enter_figure(figure, {**makers.COUNTS, **opened}, world.coordinator)
    with pytest.raises(Conflict) as conflict:
        operations.enter_figure(figure, {"numerator": Decimal(99), "denominator": None, **opened}, world.coordinator)
    assert (conflict.value.mine, conflict.value.theirs) == ({"numerator": "99"}, {"numerator": "101"})
    assert figure.numerator == 101


def test_the_source_of_the_last_approved_figure_is_filled_in(world: makers.World) -> None:
    first = makers.a_figure(world, 2017)
    assert first.source == "Staff records"
    operations.enter_figure(first, {**makers.COUNTS, "source": "Payroll of 31 December"}, world.coordinator)
    makers.approved(first.report, world)
    assert makers.a_figure(world, 2018).source == "Payroll of 31 December"


def test_only_writers_of_the_organisation_enter_figures(world: makers.World) -> None:
    figure = makers.a_figure(world)
    with pytest.raises(NotAllowed):
        operations.enter_figure(figure, makers.COUNTS, world.reviewer)


def test_who_may_not_write_is_told_so_and_not_how_the_report_stands(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    with pytest.raises(NotAllowed):
        operations.enter_figure(figure, makers.COUNTS, world.reviewer)
    with pytest.raises(NotAllowed):
        operations.write_statement(figure.report, "A word.", world.reviewer)
    with pytest.raises(NotAllowed):
        operations.add_evidence_link(figure, "https://e.example", "Register", True, world.reviewer)


def entries() -> list[tuple[str, dict[str, Any]]]:
    return [(entry.action, entry.details) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_saving_what_is_there_already_changes_nothing(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    before = entries()
    with time_machine.travel(makers.NOW + timedelta(hours=1), tick=False):
        operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    assert (figure.entered_at, entries()) == (makers.NOW, before)


def test_what_could_not_be_read_and_a_target_that_came_later_are_in_the_history(world: makers.World) -> None:
    figure = makers.a_figure(world)
    assert figure.report
    operations.enter_figure(figure, {"typed": {"numerator": "about 100"}}, world.coordinator)
    assert entries()[-1][1]["changed"] == {"typed": {"from": {}, "to": {"numerator": "about 100"}}}
    assert world.target.indicator
    later = makers.a_target(world.commitment, world.target.indicator)
    operations.open_report(world.champion, figure.report.window, world.coordinator)
    assert entries()[-1] == ("add_target", {"targets": [later.public_id]})


def test_who_recommended_does_not_approve(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    both = makers.actor("both", Role.REVIEWER, Role.APPROVER)
    review = makers.recommended(figure.report, world, by=both)
    with pytest.raises(NotAllowed, match="second person"):
        reviews.approve(review, "Agreed.", both)
    assert figure.approved_at is None
    reviews.approve(review, "Agreed.", world.approver)
    assert figure.report.state == "approved" and figure.approved_at == makers.NOW


def test_returned_figures_are_changed_and_handed_in_again(world: makers.World) -> None:
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    review = makers.review_of(figure.report)
    reviews.claim(review, world.reviewer)
    reviews.return_with_remarks(review, "Which staff are counted?", world.reviewer)
    assert figure.report.state == "returned"
    operations.enter_figure(figure, {"source": "Permanent staff, 31 December"}, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    assert makers.review_of(figure.report).round == 2


def test_the_reviewer_sees_every_answer_and_what_a_correction_replaces(world: makers.World) -> None:
    kind = subjects.kind_named("progress_report")
    figure = makers.a_figure(world)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.add_evidence_link(figure, "https://example.org/staff", "Staff records", False, world.coordinator)
    makers.approved(figure.report, world)
    correction = operations.start_correction(figure.report, "One headcount was wrong.", world.coordinator)
    operations.enter_figure(correction.figures[0], {"denominator": Decimal(420)}, world.coordinator)
    operations.submit_report(correction, world.coordinator)
    rows = kind.differences(correction, makers.review_of(correction))
    changed = {row.field.rpartition(":")[2]: (row.before, row.after) for row in rows if row.changed}
    assert set(changed) == {"value"}
    # The share and the counts behind it are one line: what was 101 of 419 is 101 of 420 now.
    counts = [side.values["value"].values["counts"].values for side in changed["value"]]
    assert counts == [
        {"part": Decimal(101), "whole": Decimal(419)},
        {"part": Decimal(101), "whole": Decimal(420)},
    ]
    (item,) = kind.evidence(correction)
    assert item.link == "https://example.org/staff" and item.is_confidential
    assert kind.title(correction, "en").message % kind.title(correction, "en").values == (
        "Figures for 2018, correction 1"
    )


def test_a_correction_keeps_the_old_figure_until_it_is_approved_and_for_ever(world: makers.World) -> None:
    old = makers.a_figure(world)
    operations.enter_figure(old, makers.COUNTS, world.coordinator)
    makers.approved(old.report, world)
    correction = operations.start_correction(old.report, "One headcount was wrong.", world.coordinator)
    new = correction.figures[0]
    assert new.supersedes_id == old.id and new.numerator == 101
    operations.enter_figure(new, {"denominator": Decimal(420)}, world.coordinator)
    assert queries.figures_of([world.target])[world.target.id] == [old]
    makers.approved(correction, world)
    assert queries.figures_of([world.target])[world.target.id] == [new]
    assert old.denominator == 419 and old.superseded_at == makers.NOW
    assert queries.superseded_of([world.target])[world.target.id] == [old]


def test_a_bad_upload_names_the_file_and_the_rule(world: makers.World) -> None:
    figure = makers.a_figure(world)
    with pytest.raises(Invalid) as refusal:
        operations.add_evidence_file(
            figure, io.BytesIO(b"MZ"), "staff.exe", "Staff", is_public=True, actor=world.coordinator
        )
    assert refusal.value.values["file"] == "staff.exe" and "PDF" in str(refusal.value)


def test_evidence_is_removed_only_while_the_report_is_open(world: makers.World) -> None:
    figure = makers.a_figure(world)
    piece = operations.add_evidence_file(
        figure, io.BytesIO(b"women,men\n101,318\n"), "staff.csv", "", is_public=True, actor=world.coordinator
    )
    assert piece.title == "staff.csv" and piece.size == 18
    with pytest.raises(Invalid):
        operations.add_evidence_link(figure, "javascript:alert(1)", "x", True, world.coordinator)
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    operations.submit_report(figure.report, world.coordinator)
    with pytest.raises(InvalidState):
        operations.remove_evidence(piece, world.coordinator)


def test_a_recorded_figure_counts_at_once_and_names_its_source(app: Flask) -> None:
    with time_machine.travel(makers.NOW, tick=False):
        world = makers.a_world(recorded=True)
        figure = operations.record_figure(
            world.target, date(2017, 12, 31), Decimal("21.5"), None, None, "Annual report", True, world.manager
        )
        assert figure.approved_at == makers.NOW and figure.recorded_source == "Annual report"
        with pytest.raises(Invalid):
            operations.record_figure(
                world.target, date(2017, 12, 31), Decimal(101), None, None, "Annual report", True, world.manager
            )
        assert queries.figures_of([world.target])[world.target.id] == [figure]


def test_another_status_needs_a_reason_and_is_replaced_not_doubled(world: makers.World) -> None:
    with pytest.raises(Invalid):
        operations.override_status(world.target, "on_track", " ", world.reviewer)
    operations.override_status(world.target, "on_track", "The fire destroyed the records.", world.reviewer)
    operations.override_status(world.target, "far_behind", "They were found.", world.reviewer)
    assert queries.overrides_of([world.target])[world.target.id].status == "far_behind"


def test_women_and_men_are_asked_where_the_indicator_needs_them(world: makers.World) -> None:
    figure = makers.a_figure(world)
    assert world.target.indicator is not None
    world.target.indicator.disaggregation = ["sex"]
    operations.enter_figure(figure, makers.COUNTS, world.coordinator)
    assert unanswered(figure) == "give women and men, or say why they are not known"
    operations.enter_figure(figure, {"women": 101, "men": 318}, world.coordinator)
    assert unanswered(figure) is None
