"""Addresses that nobody types: too large, leading elsewhere, out of the folder (security.md 1.2.9, 1.4.2, 3.4.2, 3.7.2)."""

from __future__ import annotations

import re
import time

import pytest
from werkzeug.routing import IntegerConverter

from impact.actor import Role
from impact.guards import own_path
from tests.champions.makers import PASSWORD, token_in
from tests.security.conftest import Site

ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
    "javascript:alert(1)", "data:text/html,x", "evil.example", "/\t/evil.example", "/\r\nLocation: https://evil.example",
    "/en/\\..\\..//evil.example", "\x00//evil.example", " //evil.example",
)  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_way_of_signing_in_leads_to_another_site(site: Site, target: str) -> None:
    """The page that is wanted, and the form that is put back, both stay here; so does the page before signing in."""
    assert own_path(target) is None
    page = site.anonymous().get("/en/sign-in", query_string={"next": target})
    # The links to the page in other languages keep what was asked for, escaped, as a part of an address of ours.
    assert re.search(r'<input[^>]*name="next"[^>]*value=""', page.text)
    assert not re.search(r'(href|action)="(?!/|https?://impact\.test/|#)', page.text) and 'href="//' not in page.text
    for field in ("next", "kept_action"):
        client = site.anonymous()
        data = {
            "csrf_token": token_in(client.get("/en/sign-in")),
            "email": site.email(Role.VIEWER),
            "password": PASSWORD,
        }
        answer = client.post("/en/sign-in", data=data | {field: target, "kept:name": "typed"})
        assert answer.headers.get("Location", "/").startswith("/en/")
        assert "evil" not in str(answer.headers)
        assert not re.search(r'(href|action)="(//|[^/#h])', answer.text)


@pytest.mark.parametrize("path", ["//evil.example/en/account", "/en//evil.example", "/en/account/..//..//evil.example", "/%2f%2fevil.example", "/en/%0d%0aLocation:%20https://evil.example"])  # fmt: skip
def test_an_address_that_looks_like_another_site_is_never_where_one_is_sent(site: Site, path: str) -> None:
    answer = site.anonymous().get(path)
    location = answer.headers.get("Location", "")
    assert not location.startswith(("//", "http://evil", "https://")) and "\n" not in location
    assert answer.status_code in {303, 308, 404}


def test_numbers_of_any_size_in_an_address_are_no_fault(site: Site) -> None:
    """2**63 and more do not fit into the database's own whole numbers."""
    clients = [site.signed_in(role) for role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.COORDINATOR)]
    tokens = [token_in(client.get("/en/account")) for client in clients]
    tried, faults = 0, []
    for rule in site.app.url_map.iter_rules():
        numbers = [name for name, converter in rule._converters.items() if isinstance(converter, IntegerConverter)]
        for value in (0, 2**31, 2**63, 10**30) if numbers else ():
            values = {name: site.values.get(name, "1") for name in rule.arguments} | dict.fromkeys(numbers, value)
            with site.app.test_request_context():
                address = site.app.url_for(rule.endpoint, **values)
            for client, token in zip(clients, tokens, strict=True):
                tried += 1
                method = "GET" if "GET" in (rule.methods or ()) else "POST"
                answer = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
                if answer.status_code not in {200, 303, 400, 403, 404, 409, 422}:
                    faults.append((address, answer.status_code))
    assert faults == []
    assert tried > 20


@pytest.mark.parametrize("address", ["/en/commitments?q=", "/en/champions?q=", "/en/indicators?q=", "/en/programme/history?who="])  # fmt: skip
def test_a_search_for_a_pattern_that_never_ends_ends_at_once(site: Site, address: str) -> None:
    client = site.signed_in(Role.ADMINISTRATOR)
    client.get(address)
    began = time.process_time()
    for pattern in ("((((((a%2B)%2B)%2B)%2B)%2B)%2B$", "a" * 5000, "%25_" * 500, "'%20OR%201=1--"):
        assert client.get(address + pattern).status_code == 200
    assert time.process_time() - began < 2


@pytest.mark.parametrize("path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2fconfig.py", "/static//etc/passwd", "/.git/HEAD", "/.env", "/console", "/instance/secret_key", "/static/", "/%00", "/%ff", "/en/%00", "/en/%ff"])  # fmt: skip
def test_nothing_but_the_pages_and_the_static_files_is_handed_out(site: Site, path: str) -> None:
    assert site.anonymous().get(path).status_code in {404, 308}


def test_other_sites_are_given_nothing_and_other_methods_do_nothing(site: Site) -> None:
    client = site.signed_in(Role.ADMINISTRATOR)
    for address in ("/en/", "/en/account", "/en/commitments", "/healthz"):
        answer = client.get(address, headers={"Origin": "https://evil.example"})
        assert not [name for name, _value in answer.headers if name.lower().startswith("access-control-")]
        for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"):
            assert client.open(address, method=method).status_code in {400, 405}
        override = client.post(address, headers={"X-HTTP-Method-Override": "GET"})
        assert override.status_code in {400, 405}


@pytest.mark.parametrize("token", ["ñ", "\u0660", "\U0001f600", "x" * 100_000, "a.b.c", "\0", " "])
def test_a_strange_token_of_a_form_is_refused_and_no_fault(site: Site, token: str) -> None:
    answer = site.signed_in(Role.VIEWER).post("/en/account", data={"csrf_token": token, "name": "Changed"})
    assert answer.status_code == 400


@pytest.mark.parametrize("cookie", ["x", "ñ", "eyJhIjoxfQ.x.y", "." * 4000, "", "null"])
def test_a_made_up_session_is_nobody(site: Site, cookie: str) -> None:
    client = site.anonymous()
    client.set_cookie("impact", cookie)
    assert client.get("/en/account").status_code == 303
