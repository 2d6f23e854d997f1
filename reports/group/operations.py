"""Reports of many organisations as editions: the programme draws them up and recommends, a second person seals them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.audit.seals import sealed
from impact.champions.models import Constituency
from impact.db import db, flush_or_conflict
from impact.errors import InvalidState, NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import ReportingWindow
from impact.workflow import move
from reports import canonical
from reports.asking import AT_THE_SAME_MOMENT
from reports.group.taking import take_group
from reports.group.types import GroupSnapshot
from reports.group.waiting import tell_approvers, tell_recommender
from reports.models import Edition
from reports.names import edition_code, verification_address
from reports.operations import STALE, checked_reason, seal_up
from reports.seals import seal_of_edition
from reports.snapshot_types import EditionFacts
from reports.values import Text
from reports.workflow import OF_MANY

SLUGS = {
    "": "impact-report",
    Constituency.GOVERNMENT: "parity-report-governments",
    Constituency.CORPORATION: "parity-report-corporations",
    Constituency.UNIVERSITY: "parity-report-universities",
}


def draw_up_group(constituency: str, year: int, actor: Actor, reason: str = "") -> Edition:
    """The year of a constituency, or of all ("" for the whole year), frozen as it is published now, as a draft.

    Raises NotFound for another constituency or a year without reporting; InvalidState while an edition waits for its
    approval and where nothing has changed; Invalid for a correction without a reason.
    """
    require(actor, Action.WINDOW_MANAGE)
    if constituency not in SLUGS or not _has_windows(year):
        raise NotFound(N_("There is no reporting window for this year."))
    kind = "constituency" if constituency else "global"
    last = newest(constituency, year)
    if last is not None and last.state == "recommended":
        raise InvalidState(N_("An edition of this year waits for its approval."))
    now = take_group(kind, constituency, year, clock.today())
    if last is not None and last.state == "draft":
        _freeze(last, before(last), now, reason.strip() or last.reason, actor)
        return last
    if last is not None and is_unchanged(last, now):
        raise InvalidState(
            N_("Nothing has changed since edition %(number)s, so there is nothing to correct."), number=last.number
        )
    number = _highest(constituency, year) + 1
    edition = Edition(
        kind=kind,
        year=year,
        constituency=constituency,
        number=number,
        code=edition_code(SLUGS[constituency], year, number),
        state="draft",
    )
    _freeze(edition, last, now, reason.strip(), actor)
    return edition


def _freeze(edition: Edition, last: Edition | None, now: GroupSnapshot, reason: str, actor: Actor) -> None:
    reason = checked_reason(edition.number, reason)
    moment = clock.now().replace(microsecond=0)
    facts = EditionFacts(
        code=edition.code,
        number=edition.number,
        taken_at=moment,
        address=now.edition.address,
        replaces=last.code if last else "",
        reason=Text("en", reason) if reason else None,
        verification=verification_address(edition.code),
    )
    snapshot = replace(now, edition=facts)
    edition.snapshot, edition.sha256 = canonical.plain(snapshot), snapshot.digest()
    edition.taken_at, edition.taken_by_id, edition.reason = moment, actor.person_id, reason
    db.session.add(edition)
    flush_or_conflict(AT_THE_SAME_MOMENT)
    details = {"year": edition.year, "number": edition.number, "sha256": edition.sha256}
    record(
        actor, "edition_taken", edition, to_state="draft", reason=reason,
        details={**details, **sealed(seal_of_edition(edition))},
    )  # fmt: skip


def recommend(edition: Edition, actor: Actor) -> None:
    """Raises InvalidState where what is frozen is not what is published any more."""
    require(actor, Action.WINDOW_MANAGE)
    _must_be_fresh(edition)
    edition.returned_because = ""
    move(OF_MANY, edition, "recommend", actor, details={"sha256": edition.sha256})
    tell_approvers(edition, actor)


def send_back(edition: Edition, reason: str, actor: Actor) -> None:
    """The second person does not seal it as it is."""
    move(OF_MANY, edition, "send_back", actor, reason=reason)
    edition.returned_because = reason.strip()
    tell_recommender(edition, edition.recommended_by_id, actor, "sent_back", reason.strip())
    edition.recommended_at = edition.recommended_by_id = None


def approve(edition: Edition, actor: Actor, reason: str = "") -> None:
    """Sealed and public at once. Raises NotAllowed for who recommended it."""
    alone = actor.person_id is not None and actor.person_id == edition.recommended_by_id
    require(
        actor,
        Action.APPROVE,
        unless=[(alone, N_("You recommended this edition, so somebody else must approve it."))],
    )
    _must_be_fresh(edition)
    seal_up(edition, actor, reason)
    tell_recommender(edition, edition.recommended_by_id, actor, "sealed", reason)


def _must_be_fresh(edition: Edition) -> None:
    if edition.kind == "champion":
        raise NotFound(N_("There is no such edition."))
    now = take_group(edition.kind, edition.constituency, edition.year, clock.today())
    if not is_unchanged(edition, now):
        raise InvalidState(STALE)


def is_unchanged(edition: Edition, now: GroupSnapshot) -> bool:
    """Number and moment make no difference between two editions; what they say does."""
    try:
        frozen = GroupSnapshot.load(edition.snapshot)
    except ValueError:
        return False
    return replace(now, edition=frozen.edition).digest() == edition.sha256


def newest(constituency: str, year: int) -> Edition | None:
    return db.session.scalar(
        select(Edition)
        .where(Edition.kind != "champion", Edition.constituency == constituency, Edition.year == year)
        .order_by(Edition.number.desc())
        .limit(1)
    )


def before(edition: Edition) -> Edition | None:
    """The one that this edition corrects."""
    return db.session.scalar(
        select(Edition)
        .where(
            Edition.kind == edition.kind,
            Edition.constituency == edition.constituency,
            Edition.year == edition.year,
            Edition.number < edition.number,
        )
        .order_by(Edition.number.desc())
        .limit(1)
    )


def _highest(constituency: str, year: int) -> int:
    question = select(func.max(Edition.number)).where(
        Edition.kind != "champion", Edition.constituency == constituency, Edition.year == year
    )
    return db.session.scalar(question) or 0


def _has_windows(year: int) -> bool:
    return db.session.scalar(select(ReportingWindow.id).where(ReportingWindow.year == year).limit(1)) is not None
