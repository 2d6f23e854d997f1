"""The moves of applications and cohorts, and the standings a champion may change between."""

from __future__ import annotations

from collections.abc import Mapping

from impact.champions.models import ApplicationState as A
from impact.champions.models import CohortState, Standing
from impact.permissions import Action
from impact.workflow import Move, Table, from_states

_VETTED = (A.RECEIVED, A.QUESTION_ASKED, A.WAITING, A.OFFERED)

#: `may=None`: moves of the applicant; the operation asks whether the application is theirs.
APPLICATION: Table = {
    "confirm": Move(from_states(A.UNCONFIRMED), A.RECEIVED, None, stamps="confirmed_at"),
    "ask": Move(from_states(A.RECEIVED), A.QUESTION_ASKED, Action.ADMISSION_DECIDE),
    "answer": Move(from_states(A.QUESTION_ASKED), A.RECEIVED, None),
    "wait": Move(from_states(A.RECEIVED, A.QUESTION_ASKED), A.WAITING, Action.ADMISSION_DECIDE, stamps="waiting_since"),
    # The platform offers a freed seat by itself; a lapsed offer keeps its old place in the list.
    "offer": Move(from_states(A.WAITING), A.OFFERED, None, stamps="offered_at"),
    "lapse": Move(from_states(A.OFFERED), A.WAITING, None),
    "admit": Move(
        from_states(*_VETTED), A.ADMITTED, Action.ADMISSION_DECIDE, stamps="decided_at", signs="decided_by_id"
    ),
    "accept": Move(from_states(A.OFFERED), A.ADMITTED, None, stamps="decided_at"),
    "decline": Move(
        from_states(*_VETTED),
        A.DECLINED,
        Action.ADMISSION_DECIDE,
        stamps="decided_at",
        signs="decided_by_id",
        needs_reason=True,
    ),
    "withdraw": Move(from_states(*_VETTED), A.WITHDRAWN, None, stamps="decided_at"),
}

COHORT: Table = {
    "close": Move(
        from_states(CohortState.OPEN),
        CohortState.CLOSED,
        Action.COHORT_MANAGE,
        stamps="closed_at",
        signs="closed_by_id",
    ),
}

#: From where to where a standing may change. Who withdrew or completed comes back by a new application.
STANDINGS: Mapping[str, tuple[str, ...]] = {
    Standing.APPLICANT: (),
    Standing.ACTIVE: (Standing.SUSPENDED, Standing.WITHDRAWN, Standing.COMPLETED),
    Standing.SUSPENDED: (Standing.ACTIVE, Standing.WITHDRAWN, Standing.COMPLETED),
    Standing.WITHDRAWN: (),
    Standing.COMPLETED: (),
}
