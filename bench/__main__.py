"""`make bench`: what is measured so far, each as ratios within one run."""

from __future__ import annotations

from bench.report_pdf import main

main()
