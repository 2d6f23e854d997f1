"""The printed report against the plain engine and against a browser, in six languages: python -m bench.report_pdf [ROUNDS]

The same HTML with the same style sheet and fonts, printed five ways:
  ours, in the worker   reports.render.to_pdf and the signature: PDF/UA-1 and PDF/A-3a with the data attached and true
                        page numbers, in a process forked from one that made everything ready, as the worker's are
  plain, in the worker  weasyprint.HTML(string=…).write_pdf(), untagged, in a process forked likewise: what tagging,
                        attachments, page numbers and signature add is the difference
  ours, cold            to_pdf and the signature in a fresh process of Python
  plain engine, cold    the plain engine in a fresh process
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
from reports.faces import scripts
from reports.names import LANGUAGES
from reports.styles import ASSETS, style_sheet
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE

# Three commitments: the length of a usual report, twelve or thirteen pages.
USUAL = replace(SAMPLE, commitments=SAMPLE.commitments[:3])
WAYS = ("ours, in the worker", "plain, in the worker", "ours, cold", "plain engine, cold", "chromium, cold")
FONTS = (ROOT / "reports" / "assets" / "fonts").as_uri() + "/"

# What seals a report, without the platform around it: a certificate of its own in the folder of the files.
SEALING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from flask import Flask
from weasyprint import HTML
from config import Settings
from impact.seals import signing
from reports.render import to_pdf
from reports.snapshot_types import Snapshot

def ours(source, target, language):
    app = Flask("bench")
    app.extensions["settings"] = Settings(instance=Path(target).parent)
    pdf = to_pdf(Snapshot.load(open(source, "rb").read()), language)
    with app.app_context():
        pdf = signing.sign(pdf, at=datetime(2026, 4, 1, tzinfo=UTC), reason="Sealed edition of a bench")
    open(target, "wb").write(pdf)

def plain(source, target, language):
    open(target, "wb").write(HTML(string=open(source).read()).write_pdf())
"""
OURS = SEALING + "ours(*sys.argv[1:])"
PLAIN = """
import sys
from weasyprint import HTML
open(sys.argv[2], "wb").write(HTML(string=open(sys.argv[1]).read()).write_pdf())
"""
# As impact/jobs/worker.py: made ready, then a process forked for the work.
WORKER = (
    SEALING
    + """
import gc, os, time
from reports.ready import make_ready
make_ready()
app = Flask("bench")
app.extensions["settings"] = Settings(instance=Path(sys.argv[1]))
with app.app_context():
    signing.load()
gc.collect()
gc.freeze()
print("ready", flush=True)
for line in sys.stdin:
    way, *rest = line.split("\\t")
    begin, child = time.perf_counter(), os.fork()
    if not child:
        {"ours": ours, "plain": plain}[way](*(one.strip() for one in rest))
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    print(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss, status, flush=True)
"""
)


class Worker(AbstractContextManager["Worker"]):
    """A parent that stays, and a process of it for each report."""

    def __init__(self, folder: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.read()

    def read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def run(self, way: str, source: Path, target: Path, language: str) -> Run:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{way}\t{source}\t{target}\t{language}\n")
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


def whole_page(language: str) -> str:
    """The sample as one page that any printer can print."""
    w = Words(language)
    html = render.to_html(USUAL, language, render.first_pages(USUAL, w))
    css = style_sheet(language, scripts(html, language), rtl=w.rtl).replace(ASSETS, FONTS)
    return html.replace("</head>", f"<style>{css}</style></head>", 1)


def main() -> None:
    adopt_orphans()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("bench: chromium is not installed: make test installs it")
    print(f"Report PDF, {rounds} rounds in turn: medians, and shares of Chromium's")
    print(f"{'':<25}{'seconds':>9}{'of it':>7}{'processor':>11}{'of it':>7}{'peak MB':>9}{'kB':>7}{'pages':>7}")
    with tempfile.TemporaryDirectory() as folder, Worker(folder) as worker:
        for language in LANGUAGES:
            table(language, *measured(Path(folder), worker, browser, language, rounds))
    print(
        "Aims: no slower than Chromium cold; tagging, attachments and signature add less than a third to the plain engine."
    )


def measured(
    folder: Path, worker: Worker, browser: str, language: str, rounds: int
) -> tuple[dict[str, Run], dict[str, Path]]:
    """The middle of each way's runs, and what each printed."""
    html, snapshot = folder / "report.html", folder / "snapshot.json"
    html.write_text(whole_page(language), encoding="utf-8")
    snapshot.write_bytes(USUAL.dump())
    printed = {name: folder / f"{name}.pdf" for name in WAYS}

    def in_worker(way: str, source: Path) -> Callable[[Path], Run]:
        return lambda target: worker.run(way, source, target, language)

    def cold(program: str, source: Path) -> Callable[[Path], Run]:
        return lambda target: run([sys.executable, "-c", program, str(source), str(target), language])

    def chromium(target: Path) -> Run:
        # A profile of its own each time, or it is not cold.
        profile = tempfile.mkdtemp(dir=folder)
        return run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={profile}", f"--print-to-pdf={target}", html.as_uri(),
            ]
        )  # fmt: skip

    ways = (
        in_worker("ours", snapshot), in_worker("plain", html), cold(OURS, snapshot), cold(PLAIN, html), chromium,
    )  # fmt: skip
    runs: dict[str, list[Run]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, once in zip(WAYS, ways, strict=True):
            runs[name].append(once(printed[name]))
    return {name: Run.middle(ones) for name, ones in runs.items()}, printed


def table(language: str, middles: dict[str, Run], printed: dict[str, Path]) -> None:
    base = middles[WAYS[-1]]
    for name, one in middles.items():
        pages, size = len(pypdf.PdfReader(printed[name]).pages), printed[name].stat().st_size
        print(
            f"{language}  {name:<21}{one.wall:>9.2f}{one.wall / base.wall:>7.2f}{one.processor:>11.2f}"
            f"{one.processor / base.processor:>7.2f}{one.peak / 1024:>9.0f}{size / 1000:>7.0f}{pages:>7}"
        )
    added = middles[WAYS[0]].processor / middles[WAYS[1]].processor - 1
    print(f"{language}  tagging, attachments, true page numbers and signature add {added:.0%} of processor time\n")


if __name__ == "__main__":
    main()
