"""The worker as it is run: its processes, killed and stopped, with Redis, without it and with a dead one."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from impact.db import db, transaction
from impact.jobs import Job, enqueue
from impact.jobs.wakeup import KEY, Bell, bell
from impact.mail import Letter
from tests.engine.conftest import wait_until
from tests.services import free_port

Start = Callable[..., "subprocess.Popen[bytes]"]


def state_of(job_id: int) -> tuple[str, int, str]:
    db.session.rollback()
    job = db.session.get_one(Job, job_id)
    found = (job.state, job.attempts, job.error)
    db.session.rollback()
    return found


def ask(kind: str, **payload: object) -> int:
    with transaction():
        return enqueue(kind, payload, max_attempts=2).id


def effects() -> int:
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Letter)) or 0
    db.session.rollback()
    return count


def lines(log: Path) -> list[list[str]]:
    return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


def test_a_job_whose_process_is_killed_in_the_middle_is_done_once_after_the_lease(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    job = ask("test.slow", log=str(log), seconds=0.2, stay_in_attempts=1)
    start_worker("--lease", "1")
    wait_until(lambda: len(lines(log)) == 1)
    os.kill(int(lines(log)[0][3]), signal.SIGKILL)
    wait_until(lambda: state_of(job)[0] == "done")
    assert [(word, attempt) for word, _, attempt, *_ in lines(log)] == [("began", "1"), ("began", "2"), ("ended", "2")]
    assert effects() == 1


def test_a_job_is_done_once_when_the_whole_worker_is_killed_and_started_again(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    job = ask("test.slow", log=str(log), seconds=0.2, stay_in_attempts=1)
    first = start_worker("--lease", "1")
    wait_until(lambda: len(lines(log)) == 1)
    os.killpg(first.pid, signal.SIGKILL)
    start_worker("--lease", "1")
    wait_until(lambda: state_of(job)[0] == "done")
    assert effects() == 1


def test_a_job_that_kills_its_process_every_time_fails_with_a_reason(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    job = ask("test.slow", log=str(log), seconds=0, stay_in_attempts=9)
    start_worker("--lease", "0.5")
    for attempt in (1, 2):
        wait_until(lambda attempt=attempt: len(lines(log)) == attempt)
        os.kill(int(lines(log)[-1][3]), signal.SIGKILL)
    wait_until(lambda: state_of(job)[0] == "failed")
    assert state_of(job) == ("failed", 2, "The worker ended in the middle of it, in every attempt.")
    assert effects() == 0


def test_a_long_job_keeps_its_lease_and_is_not_given_to_another(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    job = ask("test.slow", log=str(log), seconds=2.5)
    start_worker("--lease", "0.6", "--processes", "2")
    wait_until(lambda: state_of(job)[0] == "done")
    assert [word for word, *_ in lines(log)] == ["began", "ended"]


def test_sigterm_finishes_the_job_in_hand_and_takes_no_other(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    first = ask("test.slow", log=str(log), seconds=1.5)
    second = ask("test.slow", log=str(log), seconds=1.5)
    worker = start_worker()
    wait_until(lambda: len(lines(log)) == 1)
    worker.terminate()
    assert worker.wait(20) == 0
    assert state_of(first)[0] == "done"
    assert state_of(second) == ("waiting", 0, "")


def test_a_process_ends_when_its_parent_is_killed(engine_app: Flask, start_worker: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    ask("test.slow", log=str(log), seconds=0.1)
    worker = start_worker()
    wait_until(lambda: len(lines(log)) == 2)
    child = int(lines(log)[0][3])
    worker.kill()
    worker.wait(20)
    wait_until(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2])


def test_limits_of_memory_and_time_fail_the_job_and_spare_the_worker(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    with transaction():
        greedy = enqueue("test.memory", {"megabytes": 300}, max_attempts=1).id
        modest = enqueue("test.memory", {"megabytes": 20}, max_attempts=1).id
        endless = enqueue("test.endless", {"log": str(tmp_path / "log")}, max_attempts=1).id
        after = enqueue("test.count").id
    start_worker()
    wait_until(lambda: state_of(after)[0] == "done")
    assert state_of(greedy) == ("failed", 1, "MemoryError")
    assert state_of(modest)[0] == "done"
    assert state_of(endless) == ("failed", 1, "TooLong: It took longer than 1 seconds.")


def test_redis_wakes_an_idle_worker_at_once(
    engine_app: Flask, start_worker: Start, redis_url: str, tmp_path: Path
) -> None:
    engine_app.extensions["settings"] = replace(engine_app.extensions["settings"], redis_url=redis_url)
    log = tmp_path / "log"
    start_worker("--processes", "2", REDIS_URL=redis_url)
    ask("test.slow", log=str(log), seconds=0)
    wait_until(lambda: len(lines(log)) == 2)
    took = []
    for turn in range(2, 7):
        asked = time.time()
        ask("test.slow", log=str(log), seconds=0)
        wait_until(lambda turn=turn: len(lines(log)) == 2 * turn)
        took.append(float(lines(log)[2 * turn - 2][4]) - asked)
    # Looking once a second would take half a second on average.
    assert sorted(took)[2] < 0.2, took


def test_wake_ups_that_nobody_takes_do_not_pile_up(redis_url: str) -> None:
    import redis

    ours = Bell(redis_url)
    for _ in range(200):
        ours.ring()
    with redis.Redis.from_url(redis_url) as client:
        assert client.llen(KEY) == 64
    ours.wait()
    ours.close()


def test_a_dead_redis_keeps_no_job_from_being_written_or_done(
    engine_app: Flask, start_worker: Start, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    engine_app.extensions["settings"] = replace(engine_app.extensions["settings"], redis_url=nobody)
    began = time.monotonic()
    jobs = [ask("test.count") for _ in range(20)]
    assert time.monotonic() - began < 2
    assert [record.getMessage() for record in caplog.records] == [
        "Redis gives no wake-ups; looking into the table instead"
    ]
    start_worker(REDIS_URL=nobody)
    wait_until(lambda: all(state_of(job)[0] == "done" for job in jobs))


def test_without_redis_the_worker_finds_a_new_job_in_well_under_a_second(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    start_worker()
    ask("test.slow", log=str(log), seconds=0)
    wait_until(lambda: len(lines(log)) == 2)
    asked = time.time()
    ask("test.slow", log=str(log), seconds=0)
    wait_until(lambda: len(lines(log)) == 4)
    assert float(lines(log)[2][4]) - asked < 0.8


def test_many_processes_do_each_of_many_jobs_once(engine_app: Flask, start_worker: Start) -> None:
    with transaction():
        for number in range(150):
            enqueue("test.count", {"from": str(number)})
    start_worker("--processes", "4")
    wait_until(lambda: db_count("done") >= 150)
    assert effects() == 150


def db_count(state: str) -> int:
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == state)) or 0
    db.session.rollback()
    return count


def test_the_bell_of_an_application_is_one(engine_app: Flask) -> None:
    assert bell() is bell()


def test_a_process_ends_after_its_number_of_jobs_and_another_goes_on(
    engine_app: Flask, start_worker: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    jobs = [ask("test.slow", log=str(log), seconds=0) for _ in range(5)]
    start_worker("--jobs-per-process", "2")
    wait_until(lambda: all(state_of(job)[0] == "done" for job in jobs))
    ended = [line[3] for line in lines(log) if line[0] == "ended"]
    # The calendar's entries count too, so a process does at most two of ours.
    assert len(ended) == 5
    assert max(ended.count(process) for process in ended) <= 2
