"""The demonstration data: loaded through the operations, once, and telling the whole story."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from impact import clock
from impact.audit.queries import first_broken
from impact.audit.seals import troubles
from impact.champions.models import Champion, CohortPlace
from impact.commitments.models import Amendment, Commitment, Target
from impact.db import db, transaction
from impact.demo.load import load_all
from impact.indicators.models import Indicator
from impact.progress import queries
from impact.progress.models import Evidence, Figure, ProgressReport, ReportingWindow
from impact.progress.verdicts import verdicts_of
from impact.reviews.models import Review
from reports.models import Edition

TABLES = (Champion, Commitment, CohortPlace, ReportingWindow, ProgressReport, Figure, Evidence, Amendment, Review)


def load() -> None:
    with transaction():
        load_all()


def targets_of(slug: str) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target).join(Commitment).join(Champion).where(Champion.slug == slug).order_by(Target.id)
        )
    )


def test_loading_twice_doubles_nothing(app: Flask) -> None:
    found = []
    for _ in range(2):
        load()
        found.append(tuple(db.session.scalar(select(func.count()).select_from(table)) for table in TABLES))
    assert found[0] == found[1]
    # 78 promises from public sources and 11 invented; 4 windows, 11 reports (one is missing) and a correction, 48 figures and 4 recorded
    assert found[0][:6] == (33, 89, 33, 4, 12, 52)
    assert first_broken() is None


def test_what_is_made_up_says_so_and_what_is_real_was_recorded(loaded: Flask) -> None:
    for champion in db.session.scalars(select(Champion)):
        assert champion.is_demonstration != champion.is_recorded


def test_the_story_went_through_review_and_one_promise_waits(loaded: Flask) -> None:
    rounds = db.session.execute(
        select(Review.subject_kind, Review.round, Review.verdict, Review.decision).order_by(Review.id)
    ).all()
    approved = ("commitment", 1, "recommended", "approved")
    assert [tuple(row) for row in rounds if row.subject_kind == "commitment"] == [
        ("commitment", 1, "returned", ""),
        ("commitment", 2, "recommended", "approved"),
        approved,
        ("commitment", 1, "", ""),
        *[approved] * 8,
    ]
    assert [row.decision for row in rounds if row.subject_kind == "progress_report"] == ["approved"] * 12
    assert [row.decision for row in rounds if row.subject_kind == "amendment"] == ["approved"]


#: organisation → (indicator, status) of its targets
STATUSES = {
    "example-university": [
        ("SHE-A", "slightly_behind"),
        ("IMP-GRADGAP", "reached"),
        ("IMP-TRAIN", "on_track"),
        ("IMP-DELIV", "reached"),
        ("SHE-PHD", "not_due"),
    ],
    "sample-group": [
        ("IMP-MGR", "on_track"),
        ("HFS-C4", "moving_away"),
        ("UK-2", "slightly_behind"),
        ("C190-P1", "not_reached"),
        ("IMP-SUPP", "cannot_say"),
    ],
    "republic-of-examplia": [
        ("SDG 5.3.1", "far_behind"),
        ("IMP-TVET", "not_measured"),
        ("IMP-LISTED", "slightly_behind"),
        ("IMP-DELIV", "slightly_behind"),
        ("IMP-LAW", "not_due"),
    ],
}


def test_the_story_has_every_word_of_the_rule() -> None:
    told = {status for targets in STATUSES.values() for _code, status in targets}
    assert told == {
        "cannot_say",
        "reached",
        "not_reached",
        "not_measured",
        "not_due",
        "moving_away",
        "on_track",
        "slightly_behind",
        "far_behind",
    }


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2027, 1, 3), date(2027, 4, 30), date(2028, 5, 1)])
def test_every_status_is_told_whenever_it_is_loaded(app: Flask, day: date) -> None:
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False):
        load()
        for slug, expected in STATUSES.items():
            targets = targets_of(slug)
            standings = verdicts_of(targets, clock.today())
            found = [(target.indicator.code, standings[target.id].verdict.status) for target in targets]
            assert found == expected


def test_the_amended_target_keeps_its_original_and_the_override_stands_beside(loaded: Flask) -> None:
    professors, pay = targets_of("example-university")[0], targets_of("sample-group")[2]
    found = verdicts_of([professors, pay], clock.today())
    assert found[professors.id].against_original is not None
    assert found[professors.id].against_original.status == "not_reached"
    assert (found[pay.id].override, found[pay.id].verdict.status) == ("on_track", "slightly_behind")


def test_a_small_group_of_the_university_is_hidden_in_every_year(loaded: Flask) -> None:
    professors = targets_of("example-university")[0]
    shown = queries.public_figures([professors], 10)[professors.id]
    assert [figure.parts.get("women") for figure in shown] == [86, None, 110, 118]
    assert [(figure.parts.get("men"), figure.parts.get("other")) for figure in shown] == [(None, None)] * 4


def test_a_year_of_the_group_is_missing_and_was_never_handed_in(loaded: Flask) -> None:
    group = db.session.scalars(select(Champion).where(Champion.slug == "sample-group")).one()
    windows = sorted(queries.windows_of(group), key=lambda window: window.year)
    assert [queries.lateness(group, window, clock.today()).state for window in windows] == [
        "in_time",
        "late",
        "in_time",
        "in_time",
    ]


def test_what_later_texts_say_of_real_promises_is_recorded_with_its_source(loaded: Flask) -> None:
    rows = db.session.execute(
        select(Champion.slug, Indicator.code, Figure.value, Figure.on, Figure.recorded_source)
        .select_from(Figure)
        .join(Target, Target.id == Figure.target_id)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .join(Commitment, Commitment.id == Target.commitment_id)
        .join(Champion, Champion.id == Commitment.champion_id)
        .where(Champion.is_recorded)
        .order_by(Champion.slug, Indicator.code)
    ).all()
    sources = ("ambitur.pt; hotelmanagement.com.au", "uwaterloo.ca")
    assert [tuple(row) for row in rows] == [
        ("accorhotels", "IMP-GM", Decimal(29), date(2019, 12, 31), sources[0]),
        ("waterloo", "HFS-U3", Decimal(29), date(2017, 12, 31), sources[1]),
        ("waterloo", "HFS-U4", Decimal("27.5"), date(2017, 12, 31), sources[1]),
        ("waterloo", "IMP-OUT", Decimal(35), date(2017, 12, 31), sources[1]),
    ]
    (amendment,) = db.session.scalars(select(Amendment).where(Amendment.is_recorded))
    assert (amendment.number, amendment.reason_code, amendment.recorded_source) == (1, "date_moved", sources[0])
    (change,) = amendment.changes
    assert (change["field"], change["old"], change["new"]) == ("due", '"2017-12-31"', '"2020-12-31"')


def test_a_delivery_in_steps_is_half_done_and_says_what_and_when(loaded: Flask) -> None:
    service = targets_of("republic-of-examplia")[3]
    first = service.milestones[0].on.year - 1
    assert [(step.title, step.done_on) for step in service.milestones] == [
        ("One telephone number, open day and night", date(first + 1, 6, 12)),
        ("A shelter in every province", date(first + 2, 10, 30)),
        ("One record from the call to the court", None),
        ("A yearly public account of who was helped", None),
    ]
    verdict = verdicts_of([service], clock.today())[service.id].verdict
    assert (verdict.p, verdict.e, verdict.status) == (Decimal("0.5"), Decimal("0.75"), "slightly_behind")


def test_every_answer_of_the_invented_is_told_in_words(loaded: Flask) -> None:
    figures = db.session.scalars(select(Figure).where(Figure.report_id.is_not(None))).all()
    # 11 reports and the correction of one, each with four figures
    assert len(figures) == 48
    assert all(figure.narrative.startswith("Demonstration: ") for figure in figures)
    assert all(figure.worked or figure.obstacles or figure.next_steps for figure in figures)
    assert all(report.statement for report in db.session.scalars(select(ProgressReport)))


def test_the_editions_of_the_invented_organisations_stand_at_every_step_of_the_way(loaded: Flask) -> None:
    rows = db.session.execute(
        select(Champion.slug, Edition.state)
        .join(Champion, Champion.id == Edition.champion_id)
        .order_by(Champion.slug, Edition.year.desc(), Edition.number.desc())
    ).all()
    assert [tuple(row) for row in rows] == [
        ("example-university", "sealed"),
        ("example-university", "sealed"),
        ("example-university", "superseded"),
        ("republic-of-examplia", "in_review"),
        ("republic-of-examplia", "sealed"),
        ("sample-group", "with_leader"),
        ("sample-group", "sealed"),
        ("sample-group", "draft"),
    ]
    reason = db.session.scalars(select(Edition.reason).where(Edition.number == 2)).one()
    assert reason.startswith("The registry had left out the evening courses.")
    assert list(troubles()) == []
