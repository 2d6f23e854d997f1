"""Looking into a file: one module per type, each with a function that raises CannotAccept."""

from __future__ import annotations

from typing import Any


class CannotAccept(Exception):
    """Why the file is not taken: a message id with the placeholder %(file)s, and the values of others."""

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values = values
        super().__init__(message)
