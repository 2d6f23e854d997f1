"""Seals put on the list, a small PDF, and what somebody with the database's own password may do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import text

from impact.actor import SYSTEM
from impact.db import db, transaction
from impact.seals.operations import append, checkpoint

AT = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


@lru_cache(maxsize=1)
def a_pdf() -> bytes:
    """A page as the engine writes it, tagged, before it is signed."""
    from weasyprint import HTML

    page = "<html lang=en><head><title>Report</title></head><body><h1>Report</h1><p>Women hold 30% of posts.</p></body></html>"
    made = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=b"0123456789abcdef")
    return bytes(made)


def seals(count: int, first: int = 1) -> None:
    with transaction():
        for number in range(first, first + count):
            append("edition", f"example-university-2025-{number}", {"sha256": f"{number:064x}", "note": "é"}, SYSTEM)


def a_checkpoint() -> None:
    with transaction():
        assert checkpoint() is not None


def without_triggers() -> None:
    """Who owns the database can take its guards away; what was done then has to show all the same."""
    with transaction():
        for table in ("seal", "checkpoint", "audit_entry"):
            on = f" ON {table}" if db.engine.dialect.name == "postgresql" else ""
            for verb in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER {table}_no_{verb}{on}"))


@contextmanager
def attacked() -> Iterator[None]:
    without_triggers()
    with transaction():
        yield
    db.session.expire_all()
