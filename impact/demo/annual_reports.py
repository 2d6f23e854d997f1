"""Two annual reports of each invented organisation: frozen while the data are loaded, set by the worker afterwards."""

from __future__ import annotations

from datetime import timedelta

from impact import clock
from impact.accounts.queries import person_by_email
from impact.champions.models import Champion
from impact.champions.queries import actor_for
from impact.progress.queries import windows_of
from reports.names import LANGUAGES
from reports.operations import ask_for_file, open_edition
from reports.queries import editions_of
from reports.snapshot import approved_report

HOW_MANY = 2
#: After the year's figures were approved.
LATER = timedelta(days=14)


def publish(champion: Champion, coordinator_email: str) -> None:
    """The last years whose figures are approved, in every language; a year that has an edition stays as it is."""
    person = person_by_email(coordinator_email)
    if person is None:
        raise LookupError(f"The demonstration person {coordinator_email} is missing.")
    there = editions_of(champion)
    approved = [
        (window, report) for window in windows_of(champion) if (report := approved_report(champion, window)) is not None
    ]
    for window, report in approved[:HOW_MANY]:
        if window.id in there or report.approved_at is None:
            continue
        with clock.as_of(min(clock.today(), report.approved_at.date() + LATER)):
            edition = open_edition(champion, window, actor_for(person))
        for language in LANGUAGES:
            ask_for_file(edition, language, actor_for(person))
