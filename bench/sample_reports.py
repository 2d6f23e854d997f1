"""Reports to look at, in every language they are complete in: python -m bench.sample_reports FOLDER

The two annual reports of the demonstration, from a database made for the purpose; and the sample of the tests, which
holds what the demonstration does not.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from config import Settings
from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from reports.models import Edition
from reports.names import LANGUAGES
from reports.render import to_pdf
from reports.snapshot_types import Snapshot
from tests.reports.sample_snapshot import SAMPLE


def demonstration() -> list[Snapshot]:
    """What the demonstration's editions froze, read back as the job reads it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        settings = Settings(
            instance=place,
            database_url=f"sqlite:///{place / 'demo.sqlite'}",
            storage_url=f"file://{place / 'files'}",
            mail_url=f"file://{place / 'mail'}",
            secret_key=secrets.token_hex(32),
            public_url="http://127.0.0.1:8000",
            log_level="WARNING",
        )
        with create_app(settings).app_context():
            upgrade()
            with transaction():
                load_all()
            rows = db.session.scalars(select(Edition).order_by(Edition.id)).all()
            found = [Snapshot.load(edition.snapshot) for edition in rows]
            db.session.remove()
            db.engine.dispose()
    return found


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    folder.mkdir(parents=True, exist_ok=True)
    for snapshot in [*demonstration(), SAMPLE]:
        for language in LANGUAGES:
            target = folder / f"{snapshot.edition.code}-{language}.pdf"
            target.write_bytes(to_pdf(snapshot, language))
            print(target)


if __name__ == "__main__":
    main()
