"""Sample reports to look at, in every language the report is complete in: python -m bench.sample_reports FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

from reports.render import to_pdf
from tests.reports.sample_snapshot import SAMPLE


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    folder.mkdir(parents=True, exist_ok=True)
    for language in ("en", "fr", "ar"):
        target = folder / f"{SAMPLE.edition.code}-{language}.pdf"
        target.write_bytes(to_pdf(SAMPLE, language))
        print(target)


if __name__ == "__main__":
    main()
