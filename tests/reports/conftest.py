"""The year that the tests of editions are about, on a day that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.reports import makers


@pytest.fixture
def year(app: Flask) -> Iterator[makers.Year]:
    with time_machine.travel(makers.TAKEN, tick=False):
        yield makers.an_approved_year()
