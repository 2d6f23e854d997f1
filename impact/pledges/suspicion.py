"""What makes a pledge count for nothing: looked at in the job that would send its letter, and never told to whoever sent it."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from functools import lru_cache

from disposable_email_domains import blocklist
from flask import current_app

from impact import clock
from impact.messages import gettext_noop as N_
from impact.pledges import keys, queries
from impact.pledges.models import Pledge

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

REASONS = {
    "bot": N_("Filled in by a program"),
    "disposable": N_("An address to be thrown away"),
    "burst": N_("Too many from one network within an hour"),
    "sustained": N_("Too many from one network within a day"),
    "rule": N_("Taken out by a rule"),
}


def reason_against(pledge: Pledge, *, is_bot: bool) -> str:
    """A key of REASONS, or "". Of networks that are allowed (a campus behind one address) numbers are not counted."""
    if is_bot:
        return "bot"
    if is_disposable(pledge.domain):
        return "disposable"
    if not pledge.network or pledge.network in _allowed(queries.network_key()):
        return ""
    settings, now = current_app.extensions["settings"], clock.now()
    if queries.from_network(pledge.network, now - HOUR) > settings.pledge_network_hourly:
        return "burst"
    if queries.from_network(pledge.network, now - DAY) > settings.pledge_network_daily:
        return "sustained"
    return ""


def is_disposable(domain: str) -> bool:
    """Whether the provider, or one above it, gives out addresses to be thrown away."""
    parts = domain.split(".")
    return any(".".join(parts[begin:]) in blocklist for begin in range(len(parts) - 1))


def _allowed(key: bytes) -> frozenset[str]:
    return _hashes(current_app.extensions["settings"].pledge_allowed_networks, key)


@lru_cache(maxsize=4)
def _hashes(networks: tuple[str, ...], key: bytes) -> frozenset[str]:
    """The keyed hashes of every /24 or /64 within the allowed networks, 4096 of each at most."""
    found = set()
    for written in networks:
        network = ipaddress.ip_network(written, strict=False)
        width = 24 if network.version == 4 else 64
        parts = [network] if network.prefixlen >= width else list(_first(network, width))
        found |= {keys.of_network(str(part.network_address), key) for part in parts}
    return frozenset(found)


def _first(
    network: ipaddress.IPv4Network | ipaddress.IPv6Network, width: int
) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    parts = []
    for part in network.subnets(new_prefix=width):
        parts.append(part)
        if len(parts) == 4096:
            break
    return parts


def is_slowed(country: str) -> bool:
    """Whether letters to this country wait for the next hour: a launch day is slowed, and nobody is lost."""
    most = current_app.extensions["settings"].pledge_country_hourly
    return bool(country) and queries.letters_to(country, clock.now() - HOUR) >= most
