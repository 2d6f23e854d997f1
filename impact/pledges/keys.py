"""What is kept in place of addresses: keyed hashes, and words sealed with a key that is not in the database.

Whoever steals the database alone can neither read an address nor try out whether somebody pledged: each key is derived
from PLEDGE_KEY (SECRET_KEY where there is none), which is in the settings.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from impact.pledges.addresses import canonical


def _key(purpose: str) -> bytes:
    settings = current_app.extensions["settings"]
    secret: str = settings.pledge_key or settings.secret_key
    return hmac.digest(secret.encode(), f"pledge {purpose}".encode(), "sha256")


def of_address(address: str) -> str:
    """64 hexadecimal digits, the same for every spelling of a mailbox."""
    return hmac.new(_key("address"), canonical(address).encode(), hashlib.sha256).hexdigest()


def of_network(address: str, key: bytes) -> str:
    """16 hexadecimal digits for the /24 or /64 that an address belongs to; "" for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    network = ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False)
    return hmac.new(key, str(network).encode(), hashlib.sha256).hexdigest()[:16]


def link(public_id: str) -> str:
    """The lasting key of a pledge's page, which only a letter tells: the row holds half of it."""
    proof = hmac.new(_key("link"), public_id.encode(), hashlib.sha256).hexdigest()[:32]
    return f"{public_id}.{proof}"


def public_id_in(key: str) -> str:
    """Whose key it is; "" for one that we never gave out."""
    public_id, _dot, _proof = key.partition(".")
    return public_id if hmac.compare_digest(link(public_id).encode(), key.encode()) else ""


def sealed(words: str) -> str:
    return Fernet(base64.urlsafe_b64encode(_key("seal"))).encrypt(words.encode()).decode() if words else ""


def opened(token: str) -> str:
    """What was sealed; "" for what the present key does not open."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key("seal"))).decrypt(token.encode()).decode() if token else ""
    except InvalidToken:
        return ""
