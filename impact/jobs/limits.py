"""What a worker's process watches while it does a job: the lease, the clock and the memory.

The limits hold in the worker's processes only, where each process does one job at a time: an
address-space limit and an alarm belong to the whole process.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from flask import Flask

from impact.jobs.registry import Claimed, Handler
from impact.jobs.runner import note_failure, renew

log = logging.getLogger("impact.jobs")

#: After the alarm the work has so long to end by itself; then the process ends (its parent starts another).
GRACE = 5.0
MEBIBYTE = 1024 * 1024


class TooLong(Exception):
    """The job took longer than its kind may take."""


@contextmanager
def watched(app: Flask, handler: Handler, job: Claimed, lease: timedelta) -> Iterator[None]:
    """Keep the lease of the job alive while it runs, and hold it to its limits of time and memory."""
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(app, handler, job, lease, ended), daemon=True)
    watcher.start()
    try:
        with _memory(handler.memory_mb), _alarm(handler.seconds):
            yield
    finally:
        ended.set()
        watcher.join()


def _watch(app: Flask, handler: Handler, job: Claimed, lease: timedelta, ended: threading.Event) -> None:
    began = time.monotonic()
    pause = min(lease.total_seconds() / 3, 10.0, handler.seconds or 10.0)
    with app.app_context():
        while not ended.wait(pause):
            if handler.seconds and time.monotonic() - began > handler.seconds + GRACE:
                # The alarm was not heard: the work is inside a library that never comes back.
                note_failure(job, f"It took longer than {handler.seconds} seconds.")
                log.error("a process is ended for a job that does not", extra={"fields": {"job": job.id}})
                os._exit(1)
            try:
                renew(job.id, job.attempt, lease)
            except Exception:
                # The database may be away or, on SQLite, busy; the next turn comes before the lease ends.
                log.warning("the lease could not be renewed", extra={"fields": {"job": job.id}})


@contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    if not seconds:
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"It took longer than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    """So much address space on top of what the process has now; beyond it an allocation fails as MemoryError."""
    if not megabytes:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _address_space() + megabytes * MEBIBYTE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use (the first figure of statm, in pages)."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
