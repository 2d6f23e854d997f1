"""A year as its two tiers: what everybody may read, and what only the organisation and those who judge it may."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from impact import clock
from impact.champions.models import Champion
from impact.progress.models import ReportingWindow
from reports import canonical
from reports.models import Edition
from reports.snapshot import take
from reports.snapshot_types import EditionFacts, Snapshot


@dataclass(frozen=True)
class Tiers:
    public: Snapshot
    confidential: Snapshot

    def as_edition(self, facts: EditionFacts) -> Tiers:
        """Both with these facts of the edition; `approved_on` stays what it is."""
        public, confidential = (
            replace(tier, edition=replace(facts, approved_on=tier.edition.approved_on)) for tier in self._both()
        )
        return Tiers(public, confidential)

    def _both(self) -> Sequence[Snapshot]:
        return self.public, self.confidential

    def freeze_in(self, edition: Edition) -> None:
        """Write both into the row with their digests, the confidential one with a salt of its own."""
        edition.snapshot, edition.sha256 = canonical.plain(self.public), self.public.digest()
        salted = replace(self.confidential, salt=secrets.token_hex(16))
        edition.confidential, edition.confidential_sha256 = canonical.plain(salted), salted.digest()


def tiers_of(champion: Champion, window: ReportingWindow) -> Tiers:
    """The year as it is now."""
    today = clock.today()
    return Tiers(take(champion, window, today), take(champion, window, today, tier="confidential"))


def read(edition: Edition | None, tier: str = "public") -> Snapshot | None:
    """What an edition froze; None where there is none, and where it is of a layout that is no longer read."""
    if edition is None:
        return None
    try:
        return Snapshot.load(edition.frozen(tier)[0])
    except ValueError:
        return None


def is_unchanged(edition: Edition, now: Tiers) -> bool:
    """Whether drawing the edition up at this moment would freeze the same. Number and moment make no difference."""
    before = read(edition)
    if before is None:
        return False
    again = now.as_edition(before.edition)
    # An edition from before there were two tiers is compared by the one that it has.
    confidential = read(edition, "confidential") if edition.confidential_sha256 else None
    same_confidential = confidential is None or confidential == replace(again.confidential, salt=confidential.salt)
    return again.public.digest() == edition.sha256 and same_confidential
