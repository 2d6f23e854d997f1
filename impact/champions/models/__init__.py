"""Champions, cohorts and seats, applications, leader terms, memberships."""

from impact.champions.models.applications import (
    APPLICATION_STATE_LABELS,
    Application,
    ApplicationMessage,
    ApplicationState,
    Invitation,
)
from impact.champions.models.belonging import ConflictOfInterest, Membership
from impact.champions.models.cohorts import Cohort, CohortPlace, CohortState, PlaceOutcome
from impact.champions.models.organisations import (
    CONSTITUENCY_LABELS,
    CONSTITUENCY_PLURALS,
    STANDING_LABELS,
    Champion,
    Constituency,
    LeaderTerm,
    Reason,
    Standing,
    StandingChange,
)

__all__ = [
    "APPLICATION_STATE_LABELS", "CONSTITUENCY_LABELS", "CONSTITUENCY_PLURALS", "STANDING_LABELS", "Application",
    "ApplicationMessage", "ApplicationState", "Champion", "Cohort", "CohortPlace", "CohortState", "ConflictOfInterest",
    "Constituency", "Invitation", "LeaderTerm", "Membership", "PlaceOutcome", "Reason", "Standing", "StandingChange",
]  # fmt: skip
