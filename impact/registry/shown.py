"""From rows to what a page prints: the computed sentence of a target, and its line in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from impact import clock, i18n
from impact.commitments.models import Commitment, Target
from impact.commitments.specs import sentence_for
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.progress.verdicts import Standing, verdicts_of
from impact.registry.figures_shown import value_words
from impact.registry.titles import title_of


def words_of(target: Target) -> str:
    """The target as a sentence in the reader's language, computed from its numbers."""
    said = sentence_for(target)
    return i18n.say(said.message, said.values) if said else target.scope


@dataclass(frozen=True)
class Line:
    """One commitment in a list, in finished words."""

    url: str
    sentence: str
    who: str
    status: str | None
    why: str
    latest: str
    latest_when: str


def lines(commitments: Sequence[Commitment], known: dict[int, Standing] | None = None) -> list[Line]:
    """The lines of these commitments; the number of queries does not depend on their number."""
    firsts = [commitment.targets[0] for commitment in commitments if commitment.targets]
    standings = known if known is not None else verdicts_of(firsts, clock.today()) if firsts else {}
    return [_line(commitment, standings) for commitment in commitments]


def _line(commitment: Commitment, standings: dict[int, Standing]) -> Line:
    first = commitment.targets[0] if commitment.targets else None
    standing = standings.get(first.id) if first else None
    verdict: Any = standing.verdict if standing else None
    more = len(commitment.targets) - 1
    return Line(
        url=url_for("registry.commitment", public_id=commitment.public_id),
        sentence=title_of(commitment),
        who=commitment.champion.name_in(i18n.current()),
        status=verdict.status if verdict else None,
        why=ngettext("and one more target", "and %(num)s more targets", more) if more > 0 else "",
        latest=value_words(verdict.latest, first.indicator.unit, (verdict.goal,))
        if verdict and first and first.indicator and verdict.latest is not None
        else "",
        latest_when=i18n.long_date(verdict.latest_on)
        if verdict and verdict.latest_on is not None
        else _("no figure yet"),
    )
