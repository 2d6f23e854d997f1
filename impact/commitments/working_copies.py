"""What one person has typed into a form and has not saved: theirs alone, and no part of the commitment.

A form that saves itself while it is written keeps its fields here. The commitment, its revisions and its history change
only when the person presses Save, so that a colleague or a leader never reads half a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from impact import clock
from impact.actor import Actor
from impact.commitments import queries
from impact.commitments.models import Commitment
from impact.db import Model, db, flush_or_conflict
from impact.jobs.registry import every
from impact.messages import gettext_noop as N_

#: A copy that nobody came back to.
FORGET_AFTER = timedelta(days=90)
#: The last autosave of a page may arrive after the Save that overtook it.
OVERTAKEN = timedelta(seconds=30)


class WorkingCopy(Model):
    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("person_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    champion_id: Mapped[int] = mapped_column(ForeignKey("champion.id"), index=True)
    #: which form: "commitment:<public id>" or "target:<public id>"
    place: Mapped[str] = mapped_column(String(80))
    #: [{"name": …, "text": …}] as the form was sent
    fields: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    kept_at: Mapped[datetime]


def found(place: str, actor: Actor) -> WorkingCopy | None:
    """The actor's own copy of this form, if there is one."""
    return db.session.scalar(
        select(WorkingCopy).where(WorkingCopy.person_id == actor.person_id, WorkingCopy.place == place)
    )


def keep(commitment: Commitment, place: str, fields: Sequence[tuple[str, str]], actor: Actor) -> WorkingCopy | None:
    """Keep what is typed, in place of what was kept before; nothing where the actor's own save has just overtaken it."""
    if actor.person_id is None:
        return None
    newest = queries.revision(commitment, commitment.revision)
    base = next((text for name, text in fields if name == "base_revision"), "")
    overtaken = (
        newest is not None
        and base != str(commitment.revision)
        and newest.saved_by_id == actor.person_id
        and clock.now() - newest.saved_at < OVERTAKEN
    )
    if overtaken:
        return None
    copy = found(place, actor)
    if copy is None:
        copy = WorkingCopy(person_id=actor.person_id, champion_id=commitment.champion_id, place=place)
        db.session.add(copy)
    copy.fields = [{"name": name, "text": text} for name, text in fields]
    copy.kept_at = clock.now()
    flush_or_conflict(N_("This form is being kept in another window at this moment."))
    return copy


def forget(place: str, actor: Actor) -> None:
    """The form was saved, or its writer wants the saved text back."""
    db.session.execute(delete(WorkingCopy).where(WorkingCopy.person_id == actor.person_id, WorkingCopy.place == place))


@every(24 * 3600, "forget_working_copies")
def forget_old() -> None:
    db.session.execute(delete(WorkingCopy).where(WorkingCopy.kept_at < clock.now() - FORGET_AFTER))
