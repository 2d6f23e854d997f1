"""Which spellings are one mailbox, and what is kept in their place."""

from __future__ import annotations

import pytest
from flask import Flask

from impact.pledges import keys
from impact.pledges.addresses import canonical, domain_of
from impact.pledges.suspicion import is_disposable


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Ana.Li+heforshe@GoogleMail.com", "anali@gmail.com"),
        ("ana.li@example.org", "ana.li@example.org"),
        ("ANA.LI@Example.org", "ana.li@example.org"),
        ("ana+1@example.org", "ana@example.org"),
        ("a.n.a@protonmail.com", "ana@proton.me"),
        ("ana@me.com", "ana@icloud.com"),
        ("+tag@example.org", "+tag@example.org"),
        ("ana@Пример.рф", "ana@xn--e1afmkfd.xn--p1ai"),
        ("ana@example.org.", "ana@example.org"),
        ("ａｎａ@example.org", "ana@example.org"),
    ],
)
def test_a_mailbox_has_one_canonical_spelling(typed: str, one: str) -> None:
    assert canonical(typed) == one
    assert canonical(one) == one


@pytest.mark.parametrize("typed", ["", "ana", "@example.org", "ana@"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        canonical(typed)


@pytest.mark.parametrize(
    ("domain", "thrown_away"),
    [
        ("mailinator.com", True),
        ("sub.mailinator.com", True),
        ("gmail.com", False),
        ("example.org", False),
        ("com", False),
    ],
)
def test_providers_of_addresses_to_be_thrown_away_are_known(domain: str, thrown_away: bool) -> None:
    assert is_disposable(domain_of(f"x@{domain}")) is thrown_away


def test_a_key_tells_nothing_without_the_secret_and_the_same_of_every_spelling(app: Flask) -> None:
    key = keys.of_address("Ana+x@example.org")
    assert len(key) == 64 and "ana" not in key
    assert key == keys.of_address("ana@EXAMPLE.org") != keys.of_address("bea@example.org")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.250", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
    ],
)
def test_a_network_is_one_key(one: str, other: str, same: bool) -> None:
    key = b"k" * 32
    assert (keys.of_network(one, key) == keys.of_network(other, key)) is same
    assert keys.of_network(one, b"x" * 32) != keys.of_network(one, key)
    assert keys.of_network("nobody", key) == ""


def test_a_link_is_only_ours(app: Flask) -> None:
    link = keys.link("abcdefghjk")
    assert keys.public_id_in(link) == "abcdefghjk"
    for other in ("abcdefghjk", link[:-1], f"bbcdefghjk{link[10:]}", "", "é.x"):
        assert keys.public_id_in(other) == ""


def test_what_is_sealed_is_read_with_the_key_only(app: Flask) -> None:
    token = keys.sealed("ana@example.org")
    assert "ana" not in token and keys.opened(token) == "ana@example.org"
    assert keys.opened(token[:-2]) == keys.opened("x") == keys.opened("") == keys.sealed("") == ""
