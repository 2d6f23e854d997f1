"""Reports to look at, in every language they are complete in: python -m bench.sample_reports FOLDER

The sealed annual reports of the demonstration, from a database made for the purpose, as the job prints them, and the
samples of the tests, which hold what the demonstration does not and say that they are drafts: each as a PDF, as a
hand-out and as a page; and the reports of all champions.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from config import Settings
from impact import clock
from impact.app import create_app
from impact.db import db, transaction
from impact.demo.load import load_all
from reports import frozen
from reports.group.operations import SLUGS
from reports.group.page import to_group_page
from reports.group.pdf import to_group_pdf
from reports.group.taking import take_group
from reports.group.types import GroupSnapshot
from reports.handout import to_handout
from reports.imprint import Imprint
from reports.models import Edition
from reports.names import LANGUAGES, edition_code, verification_address
from reports.render import to_pdf
from reports.snapshot_types import Snapshot
from reports.web import Around, to_page
from tests.reports.sample_group import GROUPS_OF_THE_SAMPLE
from tests.reports.sample_snapshot import SAMPLE

#: The pages are looked at from the folder they are in: the style sheets stand in the source beside it.
AROUND = Around(styles=tuple(f"../impact/static/css/{name}.css" for name in ("fonts", "tokens", "edition")))


@dataclass(frozen=True)
class Sample:
    """What is printed; `imprint` of a sealed edition, None of a draft, which says that it is one."""

    snapshot: Snapshot | GroupSnapshot
    imprint: Imprint | None = None

    @property
    def around(self) -> Around:
        return AROUND if self.imprint else replace(AROUND, state="draft")


def demonstration() -> list[Sample]:
    """The demonstration's sealed editions, read back as the job reads them, and drafts of what its last year lacks."""
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
            rows = db.session.scalars(select(Edition).where(Edition.sealed_at.is_not(None)).order_by(Edition.id)).all()
            samples = sealed(rows)
            year = max(edition.year for edition in rows)
            there = {edition.constituency for edition in rows if edition.kind != "champion" and edition.year == year}
            samples += [Sample(as_drawn_up(constituency, year)) for constituency in SLUGS if constituency not in there]
            db.session.remove()
            db.engine.dispose()
    return samples


def sealed(editions: Iterable[Edition]) -> list[Sample]:
    """With what is printed of each beside its snapshot."""
    return [
        Sample(snapshot, frozen.imprint(one, snapshot)) for one in editions for snapshot in [frozen.read_frozen(one)]
    ]


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
    samples = [*demonstration(), Sample(SAMPLE), *(Sample(group) for group in GROUPS_OF_THE_SAMPLE.values())]
    for language in LANGUAGES:
        for sample in samples:
            for name, content in printed(sample, language).items():
                keep(folder, f"{sample.snapshot.edition.code}-{name}", content)


def printed(sample: Sample, language: str) -> dict[str, bytes]:
    """{end of the file's name: content}"""
    snapshot, imprint = sample.snapshot, sample.imprint
    if isinstance(snapshot, GroupSnapshot):
        return {
            f"{language}.pdf": to_group_pdf(snapshot, language, imprint),
            f"{language}.html": to_group_page(snapshot, language, sample.around, imprint).encode(),
        }
    return {
        f"{language}.pdf": to_pdf(snapshot, language, imprint),
        f"one-page-{language}.pdf": to_handout(snapshot, language, imprint),
        f"{language}.html": to_page(snapshot, language, sample.around, imprint).encode(),
    }


def keep(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    print(folder / name)


if __name__ == "__main__":
    main()
