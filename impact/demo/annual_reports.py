"""Annual reports of the invented organisations: drawn up, signed off, reviewed and sealed, each step by its operation.

Their files are set by the worker afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from impact import clock
from impact.db import db
from impact.demo import stage
from impact.demo.stage import Troupe
from impact.progress.models import ReportingWindow
from impact.progress.queries import windows_of
from impact.reviews import operations as reviews
from impact.reviews.models import Review
from reports import operations
from reports.models import Edition
from reports.queries import editions_of
from reports.snapshot import approved_report

#: How far each organisation's last years have come, the newest first.
STANDING: dict[str, Sequence[str]] = {
    "example-university": ("sealed", "sealed"),
    "sample-group": ("with_leader", "sealed"),
    "republic-of-examplia": ("in_review", "sealed"),
}
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
    for (window, day), standing in zip(approved, STANDING.get(champion.slug, ()), strict=False):
        if window.id not in there:
            bring(window, people, min(clock.today(), day + LATER), standing)


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
