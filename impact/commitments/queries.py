"""Questions about commitments. `published()` is where every public read begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from impact.audit.models import AuditEntry
from impact.champions.models import Champion, LeaderTerm
from impact.commitments.models import (
    ENDED_STATES,
    PUBLIC_STATES,
    Amendment,
    Commitment,
    Reaffirmation,
    Revision,
    Target,
)
from impact.commitments.workflow import OPEN_STATES
from impact.db import db
from impact.errors import NotFound
from impact.messages import gettext_noop as N_

_WITH_TARGETS = (
    joinedload(Commitment.champion),
    selectinload(Commitment.targets).options(
        joinedload(Target.indicator), selectinload(Target.milestones), selectinload(Target.condition_figures)
    ),
)


def published() -> Select[Commitment]:
    """Commitments that the public may read, with champion, targets and indicators, in a fixed count of queries.

    Without an order; add filters, an order by key and a limit.
    """
    return (
        select(Commitment)
        .where(Commitment.state.in_(PUBLIC_STATES), Commitment.published_at.is_not(None))
        # Milestones come with the status, which needs them too: asking here would be asking twice.
        .options(
            joinedload(Commitment.champion), selectinload(Commitment.targets).options(joinedload(Target.indicator))
        )
    )


def published_by_public_id(public_id: str) -> Commitment:
    """The public commitment with this address, with its amendments; NotFound for drafts too."""
    found = db.session.scalar(
        published().where(Commitment.public_id == public_id).options(selectinload(Commitment.amendments))
    )
    if found is None:
        raise NotFound(N_("There is no such commitment."))
    return found


def of_champion(champion: Champion) -> Sequence[Commitment]:
    """Every commitment of the champion, drafts too, the newest first: for its own people."""
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.champion_id == champion.id)
        .options(*_WITH_TARGETS)
        .order_by(Commitment.id.desc())
    ).all()


def own(champion: Champion, public_id: str) -> Commitment:
    """The champion's commitment with this address; NotFound when it is another's."""
    found = db.session.scalar(
        select(Commitment)
        .where(Commitment.champion_id == champion.id, Commitment.public_id == public_id)
        .options(*_WITH_TARGETS, selectinload(Commitment.amendments))
    )
    if found is None:
        raise NotFound(N_("There is no such commitment."))
    return found


def own_target(commitment: Commitment, public_id: str) -> Target:
    for target in commitment.targets:
        if target.public_id == public_id:
            return target
    raise NotFound(N_("There is no such target."))


def own_published_target(champion: Champion, public_id: str) -> Target:
    """A conditional target of the champion that the public can read, with the figures of its condition."""
    found = db.session.scalar(
        select(Target)
        .join(Commitment)
        .where(
            Commitment.champion_id == champion.id,
            Commitment.state.in_(PUBLIC_STATES),
            Commitment.published_at.is_not(None),
            Target.public_id == public_id,
            Target.kind == "conditional",
        )
        .options(
            joinedload(Target.indicator),
            selectinload(Target.condition_figures),
            joinedload(Target.commitment).joinedload(Commitment.champion),
        )
    )
    if found is None:
        raise NotFound(N_("There is no such target."))
    return found


def amendment_of(commitment: Commitment, public_id: str) -> Amendment:
    for amendment in commitment.amendments:
        if amendment.public_id == public_id:
            return amendment
    raise NotFound(N_("There is no such amendment."))


def revision(commitment: Commitment, number: int | None) -> Revision | None:
    return db.session.scalar(select(Revision).where(Revision.commitment_id == commitment.id, Revision.number == number))


def only_saved_by(commitment: Commitment, person_id: int | None, since: int) -> bool:
    """Whether nobody else saved the commitment after this revision."""
    others = select(Revision.id).where(
        Revision.commitment_id == commitment.id,
        Revision.number > since,
        Revision.saved_by_id.is_distinct_from(person_id),
    )
    return db.session.scalar(others.limit(1)) is None


#: States in which the text is the very one that was submitted, since nobody may write.
_AS_SUBMITTED = frozenset({"submitted", "in_review", "recommended", "declined"})


def submitted_text(commitment: Commitment) -> Revision:
    """What the staff may read: the text in force, or as last signed; never what is being written.

    NotFound while nothing was ever submitted: a draft does not exist for anybody but its writers.
    """
    if commitment.is_public or commitment.state in _AS_SUBMITTED:
        found = revision(commitment, commitment.revision)
    else:
        found = db.session.scalar(
            select(Revision)
            .where(Revision.commitment_id == commitment.id, Revision.digest == commitment.signed_digest)
            .order_by(Revision.number.desc())
            .limit(1)
        )
        found = found if commitment.submitted_at is not None else None
    if found is None:
        raise NotFound(N_("There is no such commitment."))
    return found


def original_content(commitment: Commitment) -> Mapping[str, Any] | None:
    """The text as it was first published, whatever was amended since; None before publication."""
    first = revision(commitment, commitment.first_published_revision)
    return first.content if first else None


def history(commitment: Commitment) -> Sequence[AuditEntry]:
    """What was done to the commitment and its amendments, the newest first."""
    of_amendments = select(Amendment.id).where(Amendment.commitment_id == commitment.id)
    return db.session.scalars(
        select(AuditEntry)
        .where(
            ((AuditEntry.subject_kind == "commitment") & (AuditEntry.subject_id == commitment.id))
            | ((AuditEntry.subject_kind == "amendment") & AuditEntry.subject_id.in_(of_amendments))
        )
        .order_by(AuditEntry.id.desc())
    ).all()


def open_amendment(commitment: Commitment) -> Amendment | None:
    """The one that is under way, if any."""
    return db.session.scalar(
        select(Amendment).where(Amendment.commitment_id == commitment.id, Amendment.state.not_in(ENDED_STATES))
    )


def amendments_of(commitment: Commitment) -> Sequence[Amendment]:
    """Every one, also withdrawn and declined, the newest first."""
    return db.session.scalars(
        select(Amendment).where(Amendment.commitment_id == commitment.id).order_by(Amendment.id.desc())
    ).all()


def _open_tasks() -> Select[Reaffirmation]:
    """Tasks of the leader in office about commitments in force; those of a former leader went with the term."""
    return (
        select(Reaffirmation)
        .join(Commitment, Commitment.id == Reaffirmation.commitment_id)
        .join(LeaderTerm, LeaderTerm.id == Reaffirmation.term_id)
        .where(Reaffirmation.done_at.is_(None), Commitment.state == "published", LeaderTerm.until.is_(None))
        .order_by(Reaffirmation.id)
    )


def open_reaffirmations(champion: Champion) -> Sequence[Reaffirmation]:
    """The commitments that a new leader has not yet re-affirmed or amended, with targets and amendments."""
    return db.session.scalars(
        _open_tasks()
        .where(Commitment.champion_id == champion.id)
        .options(
            joinedload(Reaffirmation.term),
            joinedload(Reaffirmation.commitment).options(*_WITH_TARGETS, selectinload(Commitment.amendments)),
        )
    ).all()


def open_reaffirmation(commitment: Commitment) -> Reaffirmation | None:
    """The task about this commitment that waits for the leader in office, if any."""
    return db.session.scalar(
        _open_tasks().where(Commitment.id == commitment.id).options(joinedload(Reaffirmation.term)).limit(1)
    )


def settled_reaffirmations(commitment: Commitment) -> Sequence[Reaffirmation]:
    """What later leaders answered, the newest first, each with its term: read by the public."""
    return db.session.scalars(
        select(Reaffirmation)
        .where(Reaffirmation.commitment_id == commitment.id, Reaffirmation.done_at.is_not(None))
        .options(joinedload(Reaffirmation.term))
        .order_by(Reaffirmation.done_at.desc())
    ).all()


def commitments_under_way(champion: Champion) -> Sequence[Commitment]:
    """What is written or waits for a signature, and has a headline to be called by."""
    return db.session.scalars(
        select(Commitment)
        .where(
            Commitment.champion_id == champion.id,
            Commitment.state.in_(OPEN_STATES | {"awaiting_leader"}),
            Commitment.headline != "",
        )
        .order_by(Commitment.id)
    ).all()


def amendments_under_way(champion: Champion) -> Sequence[Amendment]:
    """What is being written, signed or reviewed, with its commitment."""
    return db.session.scalars(
        select(Amendment)
        .join(Commitment, Commitment.id == Amendment.commitment_id)
        .where(Commitment.champion_id == champion.id, Amendment.state.not_in(ENDED_STATES))
        .options(joinedload(Amendment.commitment))
        .order_by(Amendment.id)
    ).all()
