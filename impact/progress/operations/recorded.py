"""Figures recorded from public sources, figures of conditions, and another status beside the computed one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.audit.seals import sealed
from impact.commitments.models import ConditionFigure, Target
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import Figure, StatusOverride
from impact.progress.operations.figures import checked
from impact.progress.seals import seal_of_figure
from impact.progress.workflow import STATUS_LABELS


def record_figure(
    target: Target,
    on: date,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    source: str,
    on_is_year: bool,
    actor: Actor,
) -> Figure:
    """A figure that a public source gives for a recorded champion; it counts at once and names its source."""
    commitment = target.commitment
    require(actor, Action.RECORD_PUBLIC_SOURCE, commitment.champion_id)
    if not commitment.champion.is_recorded:
        raise InvalidState(N_("This champion reports its own figures."))
    if not source.strip():
        raise Invalid(N_("Name the source."), {"source": (N_("Name the public source of this figure"), {})})
    figure = Figure(
        target=target,
        on=on,
        on_is_year=on_is_year,
        delivered=None,
        parts={},
        typed={},
        parts_note="",
        not_measured="",
        method_change="",
        source=source.strip(),
        recorded_source=source.strip(),
        entered_at=clock.now(),
        entered_by_id=actor.person_id,
    )
    data = {"on": on, "value": value, "numerator": numerator, "denominator": denominator}
    problems, kept, _typed = checked(figure, data, on)
    if problems or kept["value"] is None:
        db.session.expunge(figure) if figure in db.session else None
        raise Invalid(N_("This figure was not recorded."), problems or {"value": (N_("Give the figure"), {})})
    for name in ("value", "numerator", "denominator"):
        setattr(figure, name, kept[name])
    figure.approved_at = clock.now()
    db.session.add(figure)
    db.session.flush()
    record(
        actor,
        "figure_recorded",
        commitment,
        details={
            "target": target.public_id,
            "on": on,
            "value": figure.value,
            "source": source.strip(),
            **sealed(seal_of_figure(figure)),
        },
    )
    return figure


def record_condition_figure(target: Target, on: date, value: Decimal, source: str, actor: Actor) -> ConditionFigure:
    """A figure that decides whether the condition of a conditional target is met."""
    commitment = target.commitment
    action = Action.RECORD_PUBLIC_SOURCE if commitment.champion.is_recorded else Action.PROGRESS_WRITE
    require(actor, action, commitment.champion_id)
    if target.kind != "conditional":
        raise InvalidState(N_("This target has no condition."))
    if commitment.state != "published":
        raise InvalidState(N_("Figures of a condition belong to a commitment that is in force."))
    if not source.strip():
        raise Invalid(N_("Say where the figure comes from."), {"source": (N_("Say where the figure comes from"), {})})
    if any(figure.on == on for figure in target.conditions_in_force):
        raise Invalid(
            N_("There is a figure of this day already."), {"on": (N_("There is a figure of this day already"), {})}
        )
    if on > clock.today():
        raise Invalid(N_("This date is in the future."), {"on": (N_("This date is in the future"), {})})
    row = ConditionFigure(target_id=target.id, on=on, value=value, source=source.strip())
    target.condition_figures.append(row)
    db.session.flush()
    record(
        actor,
        "condition_figure_recorded",
        commitment,
        details={"target": target.public_id, "on": on, "value": value, "source": source.strip()},
    )
    return row


def strike_condition_figure(figure: ConditionFigure, target: Target, reason: str, actor: Actor) -> None:
    """A wrong figure decides nothing from now on; it stays readable with the reason. The right one is a new entry."""
    commitment = target.commitment
    action = Action.RECORD_PUBLIC_SOURCE if commitment.champion.is_recorded else Action.PROGRESS_WRITE
    require(actor, action, commitment.champion_id)
    if figure.target_id != target.id:
        raise InvalidState(N_("This figure belongs to another target."))
    if commitment.state != "published":
        raise InvalidState(N_("Figures of a condition belong to a commitment that is in force."))
    if figure.struck_at is not None:
        raise InvalidState(N_("This figure was struck out already."))
    if not reason.strip():
        raise Invalid(N_("Say what was wrong."), {"reason": (N_("Say what was wrong. The public reads it."), {})})
    figure.struck_at, figure.struck_reason = clock.now(), reason.strip()
    db.session.flush()
    details = {"target": target.public_id, "on": figure.on, "value": figure.value}
    record(actor, "condition_figure_struck", commitment, reason=reason, details=details)


def override_status(target: Target, status: str, reason: str, actor: Actor) -> StatusOverride | None:
    """Set another status beside the computed one; an empty status ends the present one. A reason is needed."""
    commitment = target.commitment
    require(actor, Action.STATUS_OVERRIDE, commitment.champion_id)
    if status and status not in STATUS_LABELS:
        raise Invalid(N_("Choose one of the statuses."), {"status": (N_("Choose one of the statuses"), {})})
    if not reason.strip():
        raise Invalid(N_("Give a reason."), {"reason": (N_("Give a reason. It is printed beside the status"), {})})
    before = ""
    present_rows = select(StatusOverride).where(
        StatusOverride.target_id == target.id, StatusOverride.ended_at.is_(None)
    )
    for present in db.session.scalars(present_rows):
        before = present.status
        present.ended_at = clock.now()
    override = None
    if status:
        if actor.person_id is None:
            raise InvalidState(N_("A person has to set this."))
        override = StatusOverride(
            target_id=target.id, status=status, reason=reason.strip(), at=clock.now(), by_id=actor.person_id
        )
        db.session.add(override)
        db.session.flush()
    record(
        actor,
        "status_overridden",
        commitment,
        reason=reason,
        details={"target": target.public_id, "from": before, "to": status},
    )
    return override
