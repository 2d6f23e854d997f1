"""Jobs: asked for in a transaction, done once, given up with a reason."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from impact import clock
from impact.actor import SYSTEM, Actor, Role
from impact.audit.models import AuditEntry
from impact.db import db, transaction
from impact.errors import InvalidState, NotAllowed
from impact.jobs import Job, enqueue, every, handler, registry, retry, run_waiting
from impact.jobs.runner import LEASE, claim, forget_finished, perform, renew, sweep, wait_after
from impact.mail import Letter

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def the_job(**values: object) -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).filter_by(**values)).one()


def effects() -> int:
    """How many letters the jobs left behind; lets the database go again."""
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Letter)) or 0
    db.session.rollback()
    return count


def test_a_job_is_done_and_says_so(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.count")
    assert run_waiting() == 1
    job = the_job()
    assert (job.state, job.progress, job.attempts, job.error) == ("done", 100, 1, "")
    assert job.finished_at is not None
    assert job.lease_until is None
    assert effects() == 1
    assert run_waiting() == 0


def test_a_rollback_leaves_no_job(engine_app: Flask) -> None:
    def failing() -> None:
        with transaction():
            enqueue("test.count")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        failing()
    assert run_waiting() == 0
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_asking_twice_for_the_same_open_work_gives_the_same_job(engine_app: Flask) -> None:
    with transaction():
        first = enqueue("test.count", unique_key="report:7").id
    with transaction():
        assert enqueue("test.count", unique_key="report:7").id == first
        assert enqueue("test.count", unique_key="report:8").id != first
    run_waiting()
    with transaction():
        assert enqueue("test.count", unique_key="report:7").id != first


def test_a_running_job_is_still_the_same_work(engine_app: Flask) -> None:
    with transaction():
        first = enqueue("test.count", unique_key="report:7").id
    assert claim() is not None
    with transaction():
        assert enqueue("test.count", unique_key="report:7").id == first


def test_a_job_of_later_waits_for_its_time(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.count", run_after=clock.now() + timedelta(hours=1))
        assert run_waiting() == 0
        time.shift(3601)
        assert run_waiting() == 1


def test_a_job_may_ask_for_other_jobs(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.crowd")
    assert run_waiting() == 4
    assert effects() == 3


def test_a_poisonous_job_leaves_nothing_and_fails_in_the_end_with_its_reason(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.poison", max_attempts=3)
        for attempt in (1, 2):
            assert run_waiting() == 1
            job = the_job()
            assert (job.state, job.attempts, job.error) == ("waiting", attempt, "ValueError: It cannot be done")
            assert timedelta(seconds=4 * 2 ** (attempt - 1)) <= job.run_after - clock.now()
            assert run_waiting() == 0
            time.shift(60)
        assert run_waiting() == 1
    job = the_job()
    assert (job.state, job.attempts, job.error) == ("failed", 3, "ValueError: It cannot be done")
    assert effects() == 0


@pytest.mark.parametrize(
    "kind, reason", [("test.hopeless", "There is no such edition."), ("test.unknown", "Nothing handles test.unknown.")]
)
def test_what_cannot_be_helped_fails_at_once(engine_app: Flask, kind: str, reason: str) -> None:
    with transaction():
        enqueue(kind)
    assert run_waiting() == 1
    assert (the_job().state, the_job().attempts, the_job().error) == ("failed", 1, reason)


def test_waits_double_up_to_an_hour() -> None:
    for attempt, seconds in [(1, 5), (2, 10), (3, 20), (8, 640), (11, 3600), (500, 3600)]:
        for _ in range(20):
            assert 0.8 * seconds <= wait_after(attempt).total_seconds() <= 1.2 * seconds


def test_the_administrator_lets_a_failed_job_be_tried_again(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.hopeless")
    run_waiting()
    job = the_job()
    with pytest.raises(NotAllowed):
        retry(job, Actor(1, "Somebody", frozenset({Role.REVIEWER})))
    with transaction():
        retry(job, SYSTEM)
    assert (the_job().state, the_job().attempts) == ("waiting", 0)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_kind, entry.from_state, entry.to_state) == (
        "job:retry",
        "job",
        "failed",
        "waiting",
    )
    with pytest.raises(InvalidState):
        retry(the_job(), SYSTEM)


def test_a_failed_job_is_not_retried_beside_the_same_work(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.hopeless", unique_key="one")
    run_waiting()
    with transaction():
        enqueue("test.count", unique_key="one")
    with pytest.raises(InvalidState, match="already asked"):
        retry(the_job(state="failed"), SYSTEM)
    db.session.rollback()


def test_two_claims_do_not_get_the_same_job(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.count")
    assert claim() is not None
    assert claim() is None


def test_a_lost_lease_gives_the_job_to_another_and_the_first_leaves_no_trace(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.count")
        first = claim()
        assert first is not None
        time.shift(LEASE.total_seconds() + 1)
        second = claim()
        assert second is not None
        assert (second.id, second.attempt) == (first.id, 2)
        assert perform(first) is False
        assert effects() == 0
        assert not renew(first.id, first.attempt, LEASE)
        assert renew(second.id, second.attempt, LEASE)
        assert perform(second) is True
    assert effects() == 1
    assert the_job().state == "done"


def test_a_renewed_lease_keeps_the_job(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.count")
        job = claim()
        assert job is not None
        time.shift(20)
        assert renew(job.id, job.attempt, LEASE)
        time.shift(20)
        assert claim() is None


def test_the_sweep_gives_up_what_killed_its_worker_every_time(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.count", max_attempts=2)
        for _ in range(2):
            assert claim() is not None
            time.shift(LEASE.total_seconds() + 1)
        assert claim() is None
        sweep()
    job = the_job(kind="test.count")
    assert (job.state, job.error) == ("failed", "The worker ended in the middle of it, in every attempt.")


def test_the_calendar_has_one_row_for_each_and_comes_back(engine_app: Flask) -> None:
    ran: list[datetime] = []
    every(60, "test_tick")(lambda: ran.append(clock.now()))
    try:
        with time_machine.travel(NOON, tick=False) as time:
            sweep()
            sweep()
            run_waiting()
            assert ran == [NOON]
            run_waiting()
            assert ran == [NOON]
            time.shift(61)
            run_waiting()
            assert ran == [NOON, NOON + timedelta(seconds=61)]
        assert the_job(kind="calendar.test_tick").state == "waiting"
    finally:
        del registry.CALENDAR["calendar.test_tick"], registry.HANDLERS["calendar.test_tick"]


def test_a_failing_entry_of_the_calendar_shows_why_and_comes_back(engine_app: Flask) -> None:
    def broken() -> None:
        raise ValueError("no window is open")

    every(3600, "test_broken")(broken)
    try:
        with time_machine.travel(NOON, tick=False) as time:
            sweep()
            for _ in range(3):
                run_waiting()
                time.shift(30)
            job = the_job(kind="calendar.test_broken")
            assert (job.state, job.attempts, job.error) == ("waiting", 0, "ValueError: no window is open")
            assert job.run_after > clock.now() + timedelta(minutes=50)
    finally:
        del registry.CALENDAR["calendar.test_broken"], registry.HANDLERS["calendar.test_broken"]


def test_finished_jobs_are_forgotten_after_a_month_and_failed_ones_are_not(engine_app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as time:
        with transaction():
            enqueue("test.count")
            enqueue("test.hopeless")
        run_waiting()
        time.shift(31 * 24 * 3600)
        with transaction():
            enqueue("test.count")
        run_waiting()
        with transaction():
            forget_finished()
    db.session.rollback()
    assert sorted(job.state for job in db.session.scalars(select(Job))) == ["done", "failed"]


def test_progress_is_seen_while_a_slow_job_runs(engine_app: Flask) -> None:
    seen: list[tuple[str, int, str]] = []

    def looking(job: registry.Claimed, report_progress: registry.ReportProgress) -> None:
        report_progress(40, "Drawing the charts")
        row = db.session.get_one(Job, job.id)
        seen.append((row.state, row.progress, row.progress_message))

    handler("test.looking", slow=True)(looking)
    try:
        with transaction():
            enqueue("test.looking")
        run_waiting()
    finally:
        del registry.HANDLERS["test.looking"]
    assert seen == [("running", 40, "Drawing the charts")]


def test_two_handlers_cannot_have_the_same_kind() -> None:
    with pytest.raises(ValueError, match=r"test\.count"):
        handler("test.count")(lambda job, report_progress: None)


def test_the_command_line_lists_and_retries(engine_app: Flask) -> None:
    with transaction():
        enqueue("test.hopeless")
    runner = engine_app.test_cli_runner()
    assert "1 jobs done or tried" in runner.invoke(args=["jobs", "work", "--until-idle"]).output
    listed = runner.invoke(args=["jobs", "list", "--state", "failed"]).output
    assert "test.hopeless" in listed
    assert "There is no such edition." in listed
    number = str(the_job().id)
    assert "waits to be tried again" in runner.invoke(args=["jobs", "retry", number]).output
    again = runner.invoke(args=["jobs", "retry", number])
    assert again.exit_code == 1
    assert "Only a job that failed" in again.output
    assert "There is no job 999" in runner.invoke(args=["jobs", "retry", "999"]).output
