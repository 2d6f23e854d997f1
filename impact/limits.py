"""Rate limits: in memory on one machine, in Redis when REDIS_URL is given; failed sign-ins are counted in the database."""

from __future__ import annotations

import ipaddress

from flask import Flask, request
from flask_limiter import Limiter


def client_network() -> str:
    """The caller's address; of IPv6 the /64, since one household has all of it."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  (a placeholder, nothing listens)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        # How a server that listens on both families sees IPv4; its /64 would hold everybody.
        return str(address.ipv4_mapped)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


limiter = Limiter(key_func=client_network, headers_enabled=True, default_limits=[])


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_HEADERS_ENABLED=True,
        # Redis away: count in memory rather than refuse everybody.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
    )
    limiter.init_app(app)
