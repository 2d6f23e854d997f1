"""The yearly reports of the invented champions, as they are printed."""

from __future__ import annotations

import io

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from impact.champions.models import Champion
from impact.db import db
from impact.progress.models import ReportingWindow
from reports import render
from reports.contents import numbered
from reports.models import Edition
from reports.names import LANGUAGES
from reports.snapshot_types import Snapshot


def newest(slug: str) -> Snapshot:
    found = db.session.scalars(
        select(Edition)
        .join(Champion, Champion.id == Edition.champion_id)
        .join(ReportingWindow, ReportingWindow.id == Edition.window_id)
        .where(Champion.slug == slug)
        .order_by(ReportingWindow.year.desc(), Edition.number.desc())
        .limit(1)
    ).one()
    return Snapshot.load(found.snapshot)


@pytest.mark.parametrize(
    ("slug", "language"),
    [
        *(("example-university", language) for language in LANGUAGES),
        *((slug, language) for slug in ("republic-of-examplia", "sample-group") for language in ("en", "ar")),
    ],
)
def test_a_yearly_report_has_five_pages_before_its_four_spreads_and_three_after(
    loaded: Flask, slug: str, language: str
) -> None:
    snapshot = newest(slug)
    assert len(numbered(snapshot)) == 4
    pages = pypdf.PdfReader(io.BytesIO(render.to_pdf(snapshot, language))).pages
    # Between ten and sixteen is what readers were promised: 5 + 4 × 2 + 3, the last of which tells how to check it.
    assert len(pages) == 16
