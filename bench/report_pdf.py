"""The printed report against the plain engine and against a browser: python -m bench.report_pdf [ROUNDS]

The same HTML with the same style sheet and fonts, printed three ways, each in a fresh process:
  ours       reports.render.to_pdf, tagged PDF/UA-1 with true page numbers, cold (first of its process) and warm (best)
  plain      weasyprint.HTML(string=…).write_pdf(), untagged, cold and warm
  chromium   a cold headless Chromium, --print-to-pdf
Wall time in seconds, and the peak of resident memory of the process, for Chromium the sum over its processes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pypdf

from reports import render
from reports.styles import ASSETS, style_sheet
from reports.words import Words
from tests.reports.sample_snapshot import SAMPLE

# Three commitments: the length of a usual report, twelve or thirteen pages.
USUAL = replace(SAMPLE, commitments=SAMPLE.commitments[:3])
ROOT = Path(__file__).resolve().parent.parent
FONTS = (ROOT / "reports" / "assets" / "fonts").as_uri() + "/"

OURS = """
import sys, time
start = time.perf_counter()
from reports.render import to_pdf
from bench.report_pdf import USUAL
times = []
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    pdf = to_pdf(USUAL, "en")
    times.append(time.perf_counter() - begin)
open(sys.argv[1], "wb").write(pdf)
print(times[0], min(times))
"""
PLAIN = """
import sys, time
from weasyprint import HTML
html = open(sys.argv[3]).read()
times = []
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    pdf = HTML(string=html).write_pdf()
    times.append(time.perf_counter() - begin)
open(sys.argv[1], "wb").write(pdf)
print(times[0], min(times))
"""


def whole_page() -> str:
    """The English sample as one page that any printer can print."""
    w = Words("en")
    css = style_sheet("en", rtl=False, arabic_fonts=False).replace(ASSETS, FONTS)
    return render.to_html(USUAL, "en", render.first_pages(USUAL, w)).replace(
        "</head>", f"<style>{css}</style></head>", 1
    )


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


def run(command: list[str]) -> tuple[float, int, str]:
    """Wall seconds, peak kilobytes, what it printed."""
    begin = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, peak_of(process.pid))
            time.sleep(0.01)
        out = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return time.perf_counter() - begin, peak, out


def python(code: str, target: Path, rounds: int, *more: str) -> tuple[float, float, int, int]:
    """Cold seconds, warm seconds, peak kilobytes, pages."""
    _, peak, out = run([sys.executable, "-c", code, str(target), str(rounds), *more])
    cold, warm = map(float, out.split())
    return cold, warm, peak, len(pypdf.PdfReader(target).pages)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        html, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        html.write_text(whole_page(), encoding="utf-8")
        rows = []
        cold, warm, peak, pages = python(OURS, target, rounds)
        rows += [("ours, cold", cold, peak, pages), ("ours, warm worker", warm, peak, pages)]
        cold, warm, peak, pages = python(PLAIN, target, rounds, str(html))
        rows += [("plain, cold", cold, peak, pages), ("plain, warm", warm, peak, pages)]
        browser = shutil.which("chromium") or shutil.which("chromium-browser")
        if browser is None:
            raise SystemExit("bench: chromium is not installed: make test installs it")
        times, peak = [], 0
        for i in range(rounds):
            printed = Path(folder, f"chromium-{i}.pdf")
            seconds, kilobytes, _ = run(
                [
                    browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile-{i}",
                    "--no-pdf-header-footer", f"--print-to-pdf={printed}", html.as_uri(),
                ]
            )  # fmt: skip
            times.append(seconds)
            peak = max(peak, kilobytes)
        best = min(times)
        rows.append(("chromium, cold", best, peak, len(pypdf.PdfReader(printed).pages)))
    print(f"{'report PDF':<20}{'seconds':>9}{'MB':>7}{'pages':>7}{'of chromium':>13}{'ms a page':>11}")
    for name, seconds, kilobytes, pages in rows:
        print(
            f"{name:<20}{seconds:>9.2f}{kilobytes / 1024:>7.0f}{pages:>7}{seconds / best:>13.2f}{seconds / pages * 1000:>11.0f}"
        )


if __name__ == "__main__":
    main()
