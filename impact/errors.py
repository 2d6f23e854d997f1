"""The four ways in which an operation refuses. The doors turn them into a page or into JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A refusal: `message` is a gettext message id in English, `values` fill its placeholders."""

    status_code = 400

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values: Mapping[str, Any] = values
        super().__init__(message % values if values else message)


class Invalid(Refusal):
    """422: what was given cannot be right. `problems` maps a field to a (message id, values) pair."""

    status_code = 422

    def __init__(
        self, message: str, problems: Mapping[str, tuple[str, Mapping[str, Any]]] | None = None, **values: Any
    ):
        super().__init__(message, **values)
        self.problems = dict(problems or {})


class NotAllowed(Refusal):
    """403: this person may not do this."""

    status_code = 403


class NotFound(Refusal):
    """404: there is no such thing, or this person may not know of it."""

    status_code = 404


class InvalidState(Refusal):
    """409: the thing is not in a state that allows this, or somebody changed it meanwhile."""

    status_code = 409


class Full(InvalidState):
    """409: there is no place left; the door says so beside the field in which the place was chosen."""


class Withdrawn(Refusal):
    """Something that was offered to everybody and no longer is; the message says why."""

    status_code = 410
