"""Reports to look at, in every language they are complete in: python -m bench.sample_reports FOLDER

The annual reports of the demonstration, from a database made for the purpose, and the samples of the tests, which hold
what the demonstration does not: each as a PDF, as a hand-out and as a page; and the reports of all champions.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from config import Settings
from impact import clock
from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from reports.group.operations import SLUGS
from reports.group.page import to_group_page
from reports.group.pdf import to_group_pdf
from reports.group.taking import take_group
from reports.group.types import GroupSnapshot
from reports.handout import to_handout
from reports.models import Edition
from reports.names import LANGUAGES, edition_code, verification_address
from reports.render import to_pdf
from reports.snapshot_types import Snapshot
from reports.web import Around, to_page
from tests.reports.sample_group import GROUPS_OF_THE_SAMPLE
from tests.reports.sample_snapshot import SAMPLE

#: The pages are looked at from the folder they are in: the style sheets stand in the source beside it.
AROUND = Around(styles=tuple(f"../impact/static/css/{name}.css" for name in ("fonts", "tokens", "edition")))


def demonstration() -> tuple[list[Snapshot], list[GroupSnapshot]]:
    """What the demonstration's editions froze, read back as the job reads it, and the reports of its last year."""
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
            champions = [Snapshot.load(edition.snapshot) for edition in rows if edition.kind == "champion"]
            year = max(edition.year for edition in rows)
            groups = [as_drawn_up(constituency, year) for constituency in SLUGS]
            db.session.remove()
            db.engine.dispose()
    return champions, groups


def as_drawn_up(constituency: str, year: int) -> GroupSnapshot:
    """As the programme manager would draw it up today."""
    kind = "constituency" if constituency else "global"
    snapshot = take_group(kind, constituency, year, clock.today())
    code = edition_code(SLUGS[constituency], year, 1)
    facts = replace(snapshot.edition, code=code, number=1, verification=verification_address(code))
    return replace(snapshot, edition=facts)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    folder.mkdir(parents=True, exist_ok=True)
    champions, groups = demonstration()
    for language in LANGUAGES:
        for snapshot in [*champions, SAMPLE]:
            keep(folder, f"{snapshot.edition.code}-{language}.pdf", to_pdf(snapshot, language))
            keep(folder, f"{snapshot.edition.code}-one-page-{language}.pdf", to_handout(snapshot, language))
            keep(folder, f"{snapshot.edition.code}-{language}.html", to_page(snapshot, language, AROUND).encode())
        for group in [*groups, *GROUPS_OF_THE_SAMPLE.values()]:
            keep(folder, f"{group.edition.code}-{language}.pdf", to_group_pdf(group, language))
            keep(folder, f"{group.edition.code}-{language}.html", to_group_page(group, language, AROUND).encode())


def keep(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    print(folder / name)


if __name__ == "__main__":
    main()
