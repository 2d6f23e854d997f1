"""The printed report against the plain engine and against a browser: python -m bench.report_pdf [ROUNDS]

The same HTML with the same style sheet and fonts, printed four ways:
  ours, in the worker   reports.render.to_pdf, tagged PDF/UA-1 with true page numbers, in a process forked from one that
                        made everything ready, as the worker's are: this is how a report is made
  ours, cold            the same in a fresh process of Python
  plain engine, cold    weasyprint.HTML(string=…).write_pdf(), untagged, in a fresh process
  chromium, cold        a fresh headless Chromium, --print-to-pdf
They take turns, so that whatever else the machine does meets all alike. Medians of wall time and of processor time
(user and system, all processes of each), and the highest resident memory, for Chromium the sum over its processes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Self

import pypdf

from bench.measured import ROOT, Run, adopt_orphans, run
from reports import render
from reports.styles import ASSETS, style_sheet
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE

# Three commitments: the length of a usual report, twelve or thirteen pages.
USUAL = replace(SAMPLE, commitments=SAMPLE.commitments[:3])
FONTS = (ROOT / "reports" / "assets" / "fonts").as_uri() + "/"

OURS = """
import sys
from reports.render import to_pdf
from reports.snapshot_types import Snapshot
open(sys.argv[2], "wb").write(to_pdf(Snapshot.load(open(sys.argv[1], "rb").read()), "en"))
"""
PLAIN = """
import sys
from weasyprint import HTML
open(sys.argv[2], "wb").write(HTML(string=open(sys.argv[1]).read()).write_pdf())
"""
# As impact/jobs/worker.py: made ready, then a process forked for the work.
WORKER = """
import gc, os, sys, time
from reports.ready import make_ready
from reports.render import to_pdf
from reports.snapshot_types import Snapshot
make_ready()
gc.collect()
gc.freeze()
print("ready", flush=True)
for line in sys.stdin:
    begin, child = time.perf_counter(), os.fork()
    if not child:
        open(sys.argv[2], "wb").write(to_pdf(Snapshot.load(open(sys.argv[1], "rb").read()), "en"))
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    print(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss, status, flush=True)
"""


class Worker(AbstractContextManager["Worker"]):
    """A parent that stays, and a process of it for each report."""

    def __init__(self, source: Path, target: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(source), str(target)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.read()

    def read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def run(self) -> Run:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        wall, processor, peak, status = self.read().split()
        if int(status):
            raise SystemExit("bench: the worker failed")
        return Run(float(wall), float(processor), int(peak))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def whole_page() -> str:
    """The English sample as one page that any printer can print."""
    w = Words("en")
    css = style_sheet("en", frozenset(), rtl=False).replace(ASSETS, FONTS)
    return render.to_html(USUAL, "en", render.first_pages(USUAL, w)).replace(
        "</head>", f"<style>{css}</style></head>", 1
    )


def main() -> None:
    adopt_orphans()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("bench: chromium is not installed: make test installs it")
    with tempfile.TemporaryDirectory() as folder:
        html, snapshot = Path(folder, "report.html"), Path(folder, "snapshot.json")
        html.write_text(whole_page(), encoding="utf-8")
        snapshot.write_bytes(USUAL.dump())
        printed = [Path(folder, f"{i}.pdf") for i in range(4)]
        chromium = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--print-to-pdf={printed[3]}", html.as_uri(),
        ]  # fmt: skip
        with Worker(snapshot, printed[0]) as worker:
            ways: dict[str, Callable[[], Run]] = {
                "ours, in the worker": worker.run,
                "ours, cold": lambda: run([sys.executable, "-c", OURS, str(snapshot), str(printed[1])]),
                "plain engine, cold": lambda: run([sys.executable, "-c", PLAIN, str(html), str(printed[2])]),
                # A profile of its own each time, or it is not cold.
                "chromium, cold": lambda: run([*chromium, f"--user-data-dir={tempfile.mkdtemp(dir=folder)}"]),
            }
            runs: dict[str, list[Run]] = {name: [] for name in ways}
            for _ in range(rounds):
                for name, once in ways.items():
                    runs[name].append(once())
        pages = [len(pypdf.PdfReader(one).pages) for one in printed]
    table(runs, pages, rounds)


def table(runs: dict[str, list[Run]], pages: list[int], rounds: int) -> None:
    middles = {name: Run.middle(ones) for name, ones in runs.items()}
    base = middles["chromium, cold"]
    print(f"report PDF, {rounds} rounds in turn: medians, and shares of Chromium's")
    print(f"{'':<22}{'seconds':>9}{'of it':>7}{'processor':>11}{'of it':>7}{'peak MB':>9}{'pages':>7}")
    for (name, one), count in zip(middles.items(), pages, strict=True):
        print(
            f"{name:<22}{one.wall:>9.2f}{one.wall / base.wall:>7.2f}{one.processor:>11.2f}"
            f"{one.processor / base.processor:>7.2f}{one.peak / 1024:>9.0f}{count:>7}"
        )


if __name__ == "__main__":
    main()
