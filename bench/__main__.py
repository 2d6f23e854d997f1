"""`make bench`: the public pages, the report, editions by the batch and the gap index, each as ratios within one run; what the forecast holds."""

from __future__ import annotations

from bench import editions, forecast_coverage, gap_index, pages, report_pdf

pages.main()
report_pdf.main()
editions.main()
gap_index.main()
forecast_coverage.main()
