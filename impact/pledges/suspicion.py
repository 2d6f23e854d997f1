"""What makes a pledge count for nothing: looked at in the job that would send its letter, and never told to whoever sent it."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from disposable_email_domains import blocklist
from flask import current_app

from impact import clock
from impact.messages import gettext_noop as N_
from impact.pledges import queries
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
    """A key of REASONS, or "". Of an allowed network (a campus behind one address) no key was kept: it is not counted."""
    if is_bot:
        return "bot"
    if is_disposable(pledge.domain):
        return "disposable"
    if not pledge.network:
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


def is_allowed(address: str) -> bool:
    """Whether a visitor comes from one of the networks that are free of the limits."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    allowed = current_app.extensions["settings"].pledge_allowed_networks
    return any(found in ipaddress.ip_network(one, strict=False) for one in allowed)


def is_slowed(country: str) -> bool:
    """Whether letters to this country wait for the next hour: a launch day is slowed, and nobody is lost."""
    most = current_app.extensions["settings"].pledge_country_hourly
    return bool(country) and queries.letters_to(country, clock.now() - HOUR) >= most
