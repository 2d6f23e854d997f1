"""The full life of three invented organisations, through the operations and on the days when it would have happened.

Every figure here is made up, and every page that shows one says so. Days are counted back from today.
"""

from __future__ import annotations

from sqlalchemy import select

from impact.champions.models import Champion, Cohort
from impact.commitments.models import Commitment
from impact.db import db
from impact.demo import corporation, government, stage, university
from impact.progress.models import ReportingWindow


def tell(cohort: Cohort) -> None:
    """One organisation of each constituency; whoever has commitments already is left alone."""
    windows = list(
        db.session.scalars(
            select(ReportingWindow).where(ReportingWindow.cohort_id == cohort.id).order_by(ReportingWindow.year)
        )
    ) or stage.open_windows(cohort)
    for slug, domain, tale in (
        ("example-university", "university", university.tell),
        ("sample-group", "group", corporation.tell),
        ("republic-of-examplia", "examplia", government.tell),
    ):
        champion = db.session.scalars(select(Champion).where(Champion.slug == slug)).one()
        if not db.session.scalar(select(Commitment.id).where(Commitment.champion_id == champion.id).limit(1)):
            tale(stage.troupe(champion, domain), windows)
