"""How ambitious a target is, told where it is written and where it is reviewed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from impact.champions.models import Champion
from impact.commitments.ambition import Asked, told
from impact.commitments.models import Commitment, Target
from impact.db import db
from impact.progress import operations
from impact.reviews.models import Review
from tests.progress import makers
from tests.progress.test_figure_pages import sign_in


def text_of(answer: TestResponse) -> str:
    page = answer.text.split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def draft(cohort: makers.World) -> Target:
    """From 20 % at the end of 2019 to 40 % five years later: four points a year."""
    commitment = Commitment(
        champion=cohort.champion, state="draft", headline="More of them", created_at=makers.NOW, themes=[],
    )  # fmt: skip
    db.session.add(commitment)
    target = makers.a_target(
        commitment, cohort.target.indicator, baseline_value=Decimal(20), baseline_numerator=None,
        baseline_denominator=None, baseline_date=date(2018, 12, 31), value=Decimal(40), due=date(2023, 12, 31),
    )  # fmt: skip
    db.session.commit()
    return target


def page_of(target: Target) -> str:
    return f"/en/organisations/example-university/commitments/{target.commitment.public_id}"


def test_the_editor_tells_the_pace_of_a_draft_beside_that_of_others(client: FlaskClient, draft: Target) -> None:
    sign_in(client, "coordinator")
    page = text_of(client.get(f"{page_of(draft)}/targets/{draft.public_id}"))

    assert (
        "Is it ambitious? To reach 40%, where parity begins, by 31 December 2023 it must rise by 4 percentage points a year."
        in page
    )
    assert "Median of 9 universities: 1.2 percentage points a year nearer to the aim" in page
    assert "The pace needed is faster than three quarters of them have moved so far." in page
    assert "Peer" not in page


def test_the_page_of_the_checks_tells_it_too_in_few_questions(
    client: FlaskClient, draft: Target, asked: list[str]
) -> None:
    makers.a_target(draft.commitment, draft.indicator, value=Decimal(24), due=date(2023, 12, 31))
    db.session.commit()
    sign_in(client, "coordinator")
    asked.clear()
    page = text_of(client.get(page_of(draft)))

    assert page.count("Is it ambitious?") == 2
    assert "Half of them have moved so far at least as fast as is needed here." in page
    assert sum("FROM target" in question for question in asked) <= 4


def test_what_has_no_start_or_value_yet_has_no_pace(client: FlaskClient, draft: Target) -> None:
    draft.value = None
    db.session.commit()
    sign_in(client, "coordinator")

    assert "Is it ambitious?" not in text_of(client.get(f"{page_of(draft)}/targets/{draft.public_id}"))
    assert "Is it ambitious?" not in text_of(client.get(f"{page_of(draft)}/targets/new"))


def test_with_seven_others_it_says_that_they_are_too_few(client: FlaskClient, draft: Target) -> None:
    for slug in ("peer-8", "peer-9"):
        db.session.query(Champion).filter_by(slug=slug).one().standing = "suspended"
    db.session.commit()
    sign_in(client, "coordinator")
    page = text_of(client.get(page_of(draft)))

    assert "Fewer than 8 others report on this: they are too few to compare." in page
    assert "Median" not in page


def test_the_desk_reads_the_pace_with_the_figure_under_review(
    client: FlaskClient, cohort: makers.World, asked: list[str]
) -> None:
    report = operations.open_report(cohort.champion, makers.a_window(cohort), cohort.coordinator)
    figure = report.figures[0]
    figure.on, figure.value = date(2018, 4, 30), Decimal(22)
    operations.submit_report(report, cohort.coordinator)
    db.session.commit()
    address = f"/en/review/{db.session.query(Review).one().public_id}"
    sign_in(client, "reviewer")
    asked.clear()
    page = client.get(address)

    assert "Is it ambitious? So far it has risen by 0.88 percentage points a year." in text_of(page)
    assert "30 April 2018: 22%" in page.text and "30 April 2019: 22.5%" in page.text
    assert "Median of 9 universities" in text_of(page) and "Peer" not in text_of(page)
    assert len(asked) <= 17, "\n".join(asked)


def test_the_desk_reads_an_amended_target_with_the_figures_of_the_one_in_force(cohort: makers.World) -> None:
    lower = Target(
        public_id="copy", kind="level", indicator=cohort.target.indicator, baseline_value=Decimal(19),
        baseline_date=date(2015, 4, 30), value=Decimal(24), due=date(2020, 12, 31), condition_operator="", scope="",
    )  # fmt: skip
    [found] = told(cohort.champion, [Asked(lower, cohort.target)])

    assert found is not None and found.chart is not None
    assert [figure.value for figure in found.chart.figures] == [Decimal("22.5")]


def test_of_a_target_that_is_met_nothing_is_foretold(cohort: makers.World) -> None:
    given = [(date(2016, 4, 30), Decimal(22)), (date(2017, 4, 30), Decimal(26)), (date(2018, 4, 30), Decimal(29))]
    [ahead] = told(cohort.champion, [Asked(cohort.target, None, given)])
    [reached] = told(cohort.champion, [Asked(cohort.target, None, [*given, (date(2019, 4, 30), Decimal(33))])])

    assert ahead is not None and ahead.chart is not None and ahead.chart.forecast is not None
    assert reached is not None and reached.chart is not None and reached.chart.forecast is None
    assert "The target is met." in reached.sentences
