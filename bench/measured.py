"""A process measured from outside: wall time, processor time, and the most memory it and its children held."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Run:
    """Seconds by the clock, seconds of processor (user and system, children too), kilobytes at the highest."""

    wall: float
    processor: float
    peak: int

    @classmethod
    def middle(cls, runs: list[Run]) -> Run:
        """The medians of times, and the highest peak."""
        return cls(median(r.wall for r in runs), median(r.processor for r in runs), max(r.peak for r in runs))


def adopt_orphans() -> None:
    """Grandchildren that outlive their parents become ours, so that what they used is counted."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def peak_of(pid: int) -> int:
    """Resident kilobytes of a process and all its children now, shared pages counted once a process."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) if found else 0
        waiting += [int(child) for child in children]
    return total


def children() -> set[int]:
    """The processes that are ours to wait for."""
    return {int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def run(command: list[str]) -> Run:
    """Run a command to its end, and what it leaves running to theirs. SystemExit where it fails."""
    others = children()
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    peak = 0
    # waitid looks without reaping: the usage of the process is added to ours once it is waited for.
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        peak = max(peak, peak_of(process.pid))
        time.sleep(0.02)
    wall = time.perf_counter() - begin
    if process.wait():
        raise SystemExit(f"bench: {command[0]} failed")
    while left := children() - others:
        for one in left:
            os.waitpid(one, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, used, peak)
