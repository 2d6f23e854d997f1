"""What every page has at its top."""

from __future__ import annotations

from decimal import Decimal

from flask import Flask, render_template_string
from flask.testing import FlaskClient


def test_the_public_finds_the_way_in_at_the_top(client: FlaskClient) -> None:
    header = client.get("/en/").text.partition("</header>")[0]
    assert '<li><a href="/en/sign-in">Sign in</a></li>' in header


def test_the_switch_of_languages_names_the_one_that_is_read(client: FlaskClient) -> None:
    header = client.get("/fr/").text.partition("</header>")[0]
    summary = header.partition("<summary>")[2].partition("</summary>")[0]
    assert '<span lang="fr" dir="ltr">Français</span>' in summary


def test_a_status_without_a_sum_is_said_once(app: Flask) -> None:
    source = '{% from "progress/status.html" import target_status with context %}{{ target_status("not_due", limits=limits) }}'
    with app.test_request_context("/en/"):
        assert render_template_string(source, limits=(Decimal("0.95"), Decimal("0.6"))).count("Not due yet") == 1
