"""Numbers in addresses: whole, and no larger than the database's own whole numbers, which would answer with a fault."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: What PostgreSQL keeps in an integer.
LARGEST = 2**31 - 1


class WholeNumber(IntegerConverter):
    """`<int:…>` of every address; a larger one is no address of ours."""

    def __init__(self, url_map: Map, *given: Any, **named: Any) -> None:
        super().__init__(url_map, *given, **{"max": LARGEST, **named})


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = WholeNumber
