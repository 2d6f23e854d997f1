"""Tells an idle worker that there is something to do. Never needed: a worker also looks by itself.

With REDIS_URL the worker waits in Redis and starts within milliseconds; without it, it looks into
the job table five times a second, which costs one indexed read. Redis may be down or forget
everything: the work is in the table.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger("impact.jobs")

KEY = "impact:jobs:wake"
#: seconds between two looks into the table, without and with Redis
LOOK_EVERY = 0.2
LOOK_EVERY_WITH_REDIS = 1
#: wake-ups that nobody has taken; one is enough for one worker, which goes on until nothing is due
KEEP = 64
#: after a failure Redis is left alone so long, so that a dead one does not slow down every request
LEAVE_ALONE = 10.0


class Bell:
    """Rings in one process and is heard in another; one per application."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._redis: Redis | None = None
        self._not_before = 0.0

    def ring(self) -> None:
        """Wake one worker; a failure is logged and forgotten, the worker finds the job by itself."""
        if not self._usable():
            return
        try:
            redis = self._connection()
            redis.lpush(KEY, "1")
            redis.ltrim(KEY, 0, KEEP - 1)
        except Exception as error:
            self._failed(error)

    def wait(self) -> None:
        """Return when there may be something to do: after a ring, or when it is time to look."""
        if not self._usable():
            time.sleep(LOOK_EVERY)
            return
        try:
            self._connection().brpop([KEY], timeout=LOOK_EVERY_WITH_REDIS)
        except Exception as error:
            self._failed(error)
            time.sleep(LOOK_EVERY)

    def _usable(self) -> bool:
        return bool(self._url) and time.monotonic() >= self._not_before

    def _connection(self) -> Redis:
        if self._redis is None:
            from redis import Redis

            self._redis = Redis.from_url(
                self._url, socket_connect_timeout=0.5, socket_timeout=LOOK_EVERY_WITH_REDIS + 1, protocol=2
            )
        return self._redis

    def _failed(self, error: Exception) -> None:
        log.warning("Redis gives no wake-ups; looking into the table instead", extra={"fields": {"reason": str(error)}})
        self._not_before = time.monotonic() + LEAVE_ALONE
        self.close()

    def close(self) -> None:
        if self._redis is not None:
            self._redis.close()
            self._redis = None


def bell() -> Bell:
    """The application's bell, connected at the first use (after a fork each process has its own)."""
    extensions = current_app.extensions
    if "job_bell" not in extensions:
        extensions["job_bell"] = Bell(extensions["settings"].redis_url)
    found: Bell = extensions["job_bell"]
    return found
