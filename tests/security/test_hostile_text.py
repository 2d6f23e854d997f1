"""Whatever is stored in whichever field, no page, file or list makes anything but text of it (security.md 1.1.2, 1.3.7, T23)."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import String, Text, null, update

from impact.db import db, transaction
from tests import role_world

LONG = "\"><img src=x onerror=document.title='XSS'></title></textarea><script>alert(1)</script>{{7*7}}%(x)s &amp; é"
SHORT = "</b><script>x</script>{{7*7}}&"
#: Columns that hold codes, addresses and digests, which no form fills with words.
CODES = frozenset(
    {
        "state", "kind", "inner_kind", "language", "constituency", "country", "standing", "from_standing", "to_standing", "theme",
        "unit", "direction", "verified", "reason_code", "condition_operator", "outcome", "status", "terms_edition", "digest",
        "signed_digest", "sha256", "content_type", "url", "website", "source_url", "subject_kind", "verdict", "decision", "field",
        "contact_email", "statement_language", "role",
    }
)  # fmt: skip
TABLES = (
    "champion", "person", "cohort", "commitment", "conflict_of_interest", "indicator", "leader_term", "review", "standing_change",
    "amendment", "invitation", "remark", "target", "application", "condition_figure", "milestone", "progress_report",
    "status_override", "application_message", "figure", "evidence",
)  # fmt: skip
READERS = ("anonymous", "a coordinator", "a leader", "reviewer", "approver", "programme manager", "administrator")


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> str:
    """What a page prints does not depend on the database."""
    shutil.copy(migrated, tmp_path / "test.sqlite")
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


def poison() -> int:
    """Put the text into every field of every row that has words in it; the number of fields."""
    fields = 0
    with transaction():
        for name in TABLES:
            table = db.metadata.tables[name]
            for column in table.columns:
                if (
                    column.unique
                    or column.name in CODES
                    or column.foreign_keys
                    or not isinstance(column.type, String | Text)
                ):
                    continue
                room = column.type.length or 1000
                text = LONG if room >= len(LONG) else SHORT
                if len(text) > room:
                    continue
                rows = update(table).where(column.is_not(None), column != "")
                # With values beside it a reason is a sentence of ours; without them it is somebody's words.
                values = {"reason_values": null()} if name == "standing_change" and column.name == "reason" else {}
                db.session.execute(rows.values({column.name: text, **values}))
                fields += 1
    return fields


def faults_of(text: str) -> list[str]:
    """Tags that came out of the text; what was escaped twice; what was computed."""
    marks = ("<img src=x", "<script>alert", "<script>x", "&amp;lt;", "&amp;amp;amp;", "&gt;49", ">49%(x)s")
    return [mark for mark in marks if mark in text]


@pytest.mark.timeout(900)
def test_text_in_every_field_stays_text_on_every_page(app: Flask, tmp_path: Path) -> None:
    world = role_world.make(app)
    assert poison() > 60
    wrong, seen = [], set()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **role_world.address(world, rule.endpoint, set(rule.arguments)))
        for reader in READERS:
            # The browser of the tests reads each page strictly: no handler, no script that the policy does not name.
            answer = world.client(reader).get(address)
            if answer.status_code >= 500:
                wrong.append((rule.endpoint, reader, str(answer.status_code)))
            if answer.status_code != 200:
                continue
            if answer.mimetype == "text/html":
                wrong += [(rule.endpoint, reader, mark) for mark in faults_of(answer.text)]
                if "&lt;script&gt;" in answer.text or "&lt;img src=x" in answer.text:
                    seen.add(rule.endpoint)
            elif answer.mimetype == "image/svg+xml":
                names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(answer.text).iter()}
                assert not names & {"script", "img", "foreignObject", "image"}
            elif answer.mimetype == "text/csv":
                rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
                assert len({len(row) for row in rows}) == 1
    assert wrong == []
    # The text was really there: most pages print some of it.
    assert len(seen) > 40, sorted(seen)
