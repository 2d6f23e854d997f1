"""Structured logs: one JSON object a line on standard error, with the request's id; never an e-mail or a token."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from typing import Any

from flask import Flask, Response, g, has_request_context, request

_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if has_request_context():
            line["request"] = g.get("request_id")
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        # JSON leaves these as they are, and some readers of logs take them for the end of a line.
        return json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS)


log = logging.getLogger("impact")


def init_app(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(app.extensions["settings"].log_level)

    @app.before_request
    def _begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint != "static":
            log.info(
                "request",
                extra={
                    "fields": {
                        "method": request.method,
                        # The rule, not the path: paths of letters hold tokens.
                        "route": request.url_rule.rule if request.url_rule else None,
                        "status": response.status_code,
                        "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                    }
                },
            )
        return response
