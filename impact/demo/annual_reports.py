"""Annual reports of the invented organisations: drawn up, signed off, reviewed and sealed, each step by its operation.

Of their files the worker sets those that a visitor opens first; the others are made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.champions.models import Constituency
from impact.db import db
from impact.demo import stage
from impact.demo.stage import Troupe
from impact.progress import operations as progress
from impact.progress.models import ReportingWindow
from impact.progress.queries import windows_of
from impact.reviews import operations as reviews
from impact.reviews.models import Review
from reports import operations
from reports.asking import sparing
from reports.group import operations as groups
from reports.models import Edition
from reports.queries import editions_of
from reports.snapshot import approved_report

#: How far each organisation's last years have come, the newest first.
STANDING: dict[str, Sequence[str]] = {
    "example-university": ("sealed", "sealed"),
    "sample-group": ("with_leader", "sealed", "draft"),
    "republic-of-examplia": ("in_review", "sealed"),
}
#: Whose last year but one was corrected after it was sealed: indicator, the right value, why.
CORRECTED = {
    "example-university": (
        "IMP-GRADGAP",
        "3.1",
        "The registry had left out the evening courses. The gap is counted again over all of them.",
    )
}
#: In which the public report of each organisation's newest sealed year is made at once: those of the site. All files of
#: all editions would be some ninety, and keep a processor busy for minutes after each first start.
LANGUAGES = ("en", "fr", "ar")
#: After the year's figures were approved.
LATER = timedelta(days=14)


def publish(people: Troupe) -> None:
    """The last years whose figures are approved; a year that has an edition stays as it is."""
    champion = people.champion
    there = editions_of(champion)
    approved = [
        (window, report.approved_at.date())
        for window in windows_of(champion)
        if (report := approved_report(champion, window)) is not None and report.approved_at
    ]
    wanted = list(zip(approved, STANDING.get(champion.slug, ()), strict=False))
    newest = next((window.id for (window, _day), standing in wanted if standing == "sealed"), None)
    # The oldest first: what is corrected in one year stands corrected in the editions of the next.
    for (window, day), standing in reversed(wanted):
        if window.id not in there:
            with sparing(LANGUAGES if window.id == newest else ()):
                bring(window, people, min(clock.today(), day + LATER), standing)
                if champion.slug in CORRECTED and window.id == wanted[1][0][0].id:
                    _correct(window, people, day + LATER + timedelta(days=40), *CORRECTED[champion.slug])


def publish_many(manager: Actor, approver: Actor) -> None:
    """The newest year of all and of the universities: what is in them of invented organisations says so."""
    year = stage.last_year_reported()
    with clock.as_of(min(clock.today(), date(year + 1, 9, 1))), sparing(()):
        for constituency in ("", Constituency.UNIVERSITY.value):
            if groups.newest(constituency, year) is None:
                edition = groups.draw_up_group(constituency, year, manager)
                groups.recommend(edition, manager)
                groups.approve(edition, approver)


def _correct(window: ReportingWindow, people: Troupe, on: date, code: str, value: str, reason: str) -> None:
    """A figure of the year is put right and approved again; the next edition supersedes the one before."""
    report = approved_report(people.champion, window)
    if report is None:
        raise LookupError(f"The figures of {window.year} are not approved.")
    with clock.as_of(on):
        correction = progress.start_correction(report, reason, people.coordinator)
        figure = next(one for one in correction.figures if one.target.indicator and one.target.indicator.code == code)
        problems = progress.enter_figure(figure, {"value": Decimal(value)}, people.coordinator)
        if problems:
            raise ValueError(f"{code}, {window.year}: {problems}")
        progress.submit_report(correction, people.coordinator)
    stage.approve("progress_report", correction.id, people, on + timedelta(days=5))
    bring(window, people, on + timedelta(days=15), "sealed", reason)


def bring(window: ReportingWindow, people: Troupe, on: date, standing: str, reason: str = "") -> Edition:
    """An edition drawn up that day, and as far on its way as `standing` says."""
    with clock.as_of(on):
        edition = operations.draw_up(people.champion, window, people.coordinator, reason)
        if standing == "draft":
            return edition
        operations.send_to_leader(edition, people.coordinator)
        if standing == "with_leader":
            return edition
        operations.sign_off(edition, edition.sha256, people.leader)
    if standing == "in_review":
        with clock.as_of(min(clock.today(), on + timedelta(days=2))):
            reviews.claim(_open_review(edition), people.reviewer)
    if standing == "sealed":
        stage.approve("edition", edition.id, people, min(clock.today(), on + timedelta(days=2)))
    return edition


def _open_review(edition: Edition) -> Review:
    return db.session.scalars(
        select(Review).where(Review.subject_kind == "edition", Review.subject_id == edition.id, Review.verdict == "")
    ).one()
