"""`make bench`: the public pages, the report and the gap index, each as ratios within one run; what the forecast holds."""

from __future__ import annotations

from bench import forecast_coverage, gap_index, pages, report_pdf

pages.main()
report_pdf.main()
gap_index.main()
forecast_coverage.main()
