"""What is missing before an edition goes to the leader: errors keep it back, warnings do not; each with where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from impact.actor import Role
from impact.champions.models import Champion
from impact.champions.queries import people_with_roles
from impact.messages import gettext_noop as N_
from impact.progress.models import ProgressReport, ReportingWindow
from impact.reviews.subjects import Check, Words
from reports.models import Edition
from reports.operations import STALE
from reports.snapshot_types import Snapshot
from reports.tiers import is_unchanged, read, tiers_of


@dataclass(frozen=True)
class Missing:
    """A pre-check with the page on which it is mended."""

    rank: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    endpoint: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.rank == "error"


def of_year(champion: Champion, window: ReportingWindow, reports: list[ProgressReport]) -> list[Missing]:
    """What keeps the year from being drawn up, or will want another edition soon. `reports`: the newest first."""
    address = {"slug": champion.slug, "year": window.year}
    newest = reports[0] if reports else None
    if not any(report.state == "approved" for report in reports):
        said = _WAITS.get(newest.state if newest else "", N_("The figures of the year are not handed in yet."))
        return [Missing("error", said, {}, "progress.year", address)]
    if newest is not None and newest.state != "approved":
        message = N_("A correction of the figures is under way. An edition made now will need a correction too.")
        return [Missing("warning", message, {}, "progress.year", address)]
    return []


_WAITS = {
    "submitted": N_("The figures of the year wait for review."),
    "in_review": N_("The figures of the year are in review."),
    "recommended": N_("The figures of the year wait for a second person."),
    "returned": N_("The figures of the year were returned with remarks."),
}


def of_edition(edition: Edition) -> list[Missing]:
    """What is missing in a draft, or has changed since it was drawn up."""
    champion, window = edition.champion, edition.window
    assert champion is not None and window is not None
    now = tiers_of(champion, window)
    found: list[Missing] = []
    if not is_unchanged(edition, now):
        found.append(Missing("error", STALE, {}, "reports.index", {"slug": champion.slug}))
    if not people_with_roles(champion.id, Role.LEADER):
        message = N_("No leader has an account here, so nobody can sign the edition off.")
        found.append(Missing("error", message, {}, "champions.people", {"slug": champion.slug}))
    snapshot = read(edition)
    return [*found, *(_of_content(snapshot, champion.slug, window.year) if snapshot else ())]


def _of_content(snapshot: Snapshot, slug: str, year: int) -> Iterator[Missing]:
    figures = {"slug": slug, "year": year}
    if not snapshot.commitments:
        message = N_("No published commitment was running in this year, so the report has no commitment to tell of.")
        yield Missing("error", message, {}, "commitments.index", {"slug": slug})
    if snapshot.leader is None:
        message = N_("Who led at the end of the year is not on record, so the report names nobody.")
        yield Missing("warning", message, {}, "champions.people", {"slug": slug})
    if snapshot.statement is None:
        message = N_("There is no statement of the leader on the year; the page says what the edition is instead.")
        yield Missing("warning", message, {}, "progress.year", figures)
    for commitment in snapshot.commitments:
        name = {"headline": commitment.headline.text}
        for text, message in (
            (commitment.why, N_("“%(headline)s” does not say why it matters.")),
            (commitment.actions, N_("“%(headline)s” does not say what is done for it.")),
            (commitment.responsible, N_("“%(headline)s” does not say who answers for it.")),
        ):
            if text is None and not commitment.recorded_source:
                yield Missing("warning", message, name, "commitments.index", {"slug": slug})
        for target in commitment.targets:
            if not any(figure.year == year for figure in target.figures):
                message = N_("“%(headline)s” has no figure of this year.")
                yield Missing("warning", message, name, "progress.year", figures)
            elif target.narrative is None:
                message = N_("“%(headline)s”: nothing is told of what was done in the year.")
                yield Missing("warning", message, name, "progress.year", figures)


def for_the_desk(edition: Edition) -> list[Check]:
    """The same remarks, as the reviewer reads them."""
    return [Check(missing.rank, Words(missing.message, missing.values)) for missing in of_edition(edition)]
