"""The worker: a parent that starts processes anew, and processes that do one job after another.

The parent holds no connection and no thread, so its children begin clean. A child ends by itself
after a number of jobs or when it has grown; what it leaves behind goes with it. SIGTERM lets each
child finish the job in hand. A child that is killed leaves its job to the end of the lease.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import connection
from multiprocessing.context import ForkProcess
from types import FrameType

from flask import Flask

from impact.db import db
from impact.jobs.limits import watched
from impact.jobs.registry import PREPARATIONS
from impact.jobs.runner import claim, perform, sweep
from impact.jobs.wakeup import bell

log = logging.getLogger("impact.jobs")

PR_SET_PDEATHSIG = 1
#: seconds between two sweeps of a process
SWEEP_EVERY = 5.0
#: seconds a process waits when the database does not answer
DATABASE_AWAY = 2.0
#: a process that ended within so many seconds after its start is replaced after as many
TOO_SOON = 1.0
#: how a process ends that found nothing to do
IDLE = 79


@dataclass(frozen=True)
class Plan:
    processes: int = 1
    lease: timedelta = timedelta(seconds=30)
    #: a process is replaced after so many jobs, or once it has used so much memory
    jobs_per_process: int = 200
    memory_mb: int = 400
    #: how long a job in hand may take after SIGTERM
    grace: float = 25.0
    #: a process ends when nothing is due any more, and the worker with the last of them
    until_idle: bool = False


class Stop:
    """Set by SIGTERM and SIGINT."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def work(app: Flask, plan: Plan, look: Callable[[], None] | None = None) -> None:
    """Keep `plan.processes` processes at work until SIGTERM or SIGINT; `look` is called about twice a second."""
    stop = Stop()
    wanted = plan.processes
    running: list[tuple[ForkProcess, float]] = []
    log.info("the worker begins", extra={"fields": {"processes": plan.processes}})
    _prepare()
    while not stop.asked and wanted:
        while len(running) < wanted:
            running.append((_start(app, plan), time.monotonic()))
        connection.wait([process.sentinel for process, _ in running], timeout=0.5)
        for entry in [entry for entry in running if not entry[0].is_alive()]:
            process, began = entry
            process.join()
            running.remove(entry)
            if process.exitcode == IDLE:
                wanted -= 1
            elif process.exitcode:
                log.error("a process of the worker ended", extra={"fields": {"exit_code": process.exitcode}})
                if time.monotonic() - began < TOO_SOON:
                    time.sleep(TOO_SOON)
        if look is not None:
            look()
    _end([process for process, _ in running], plan.grace)
    log.info("the worker has ended")


def _prepare() -> None:
    """Load once what every process would load for itself; without it they are only slower."""
    for prepare in PREPARATIONS:
        try:
            prepare()
        except Exception:
            log.exception("the worker could not make ready", extra={"fields": {"what": prepare.__qualname__}})
    # Set apart from what is looked through for garbage: that would write to each page, and so unshare it.
    gc.collect()
    gc.freeze()


def _start(app: Flask, plan: Plan) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=_child, args=(app, plan, os.getpid()))
    process.start()
    return process


def _end(processes: list[ForkProcess], grace: float) -> None:
    """Ask each to finish; one that is still at it after the grace is killed, its job comes back after the lease."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _child(app: Flask, plan: Plan, parent: int) -> None:
    # Should the parent be killed, its children finish the job in hand and go.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    stop = Stop()
    done = 0
    swept = -SWEEP_EVERY
    with app.app_context():
        # Connections, if the parent had any, are the parent's.
        db.engine.dispose(close=False)
    while not stop.asked and os.getppid() == parent and done < plan.jobs_per_process and _memory_mb() < plan.memory_mb:
        try:
            with app.app_context():
                if time.monotonic() - swept >= SWEEP_EVERY:
                    sweep()
                    swept = time.monotonic()
                job = claim(plan.lease)
                if job is not None:
                    perform(job, lambda handler, claimed: watched(app, handler, claimed, plan.lease))
                    done += 1
                    continue
                if plan.until_idle:
                    sys.exit(IDLE)
                waiting = bell().wait
            waiting()
        except Exception:
            log.exception("the worker could not reach its database")
            time.sleep(DATABASE_AWAY)


def _memory_mb() -> float:
    """The most this process has used so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
