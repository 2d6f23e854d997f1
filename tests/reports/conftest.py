"""The year that the tests of editions are about, on a day that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from reports import render
from reports.names import LANGUAGES
from tests.reports import makers
from tests.reports.sample_snapshot import SAMPLE


@pytest.fixture
def year(app: Flask) -> Iterator[makers.Year]:
    with time_machine.travel(makers.TAKEN, tick=False):
        yield makers.an_approved_year()


@pytest.fixture(scope="session")
def pdfs() -> dict[str, bytes]:
    """The sample as a PDF in each language, set once."""
    return {language: render.to_pdf(SAMPLE, language) for language in LANGUAGES}
