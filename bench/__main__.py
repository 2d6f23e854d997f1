"""`make bench`: the public pages and the report, each as ratios within one run."""

from __future__ import annotations

from bench import pages, report_pdf

pages.main()
report_pdf.main()
