"""Take everything a report says out of the database, once: the report is made from this and from nothing else.

Of what is published: published commitments, approved figures, evidence. The public tier hides small cells and leaves
out confidential evidence; the confidential one holds both. The status is that of the period's last day, worked out from
what is public, so that the report of a year says the same whenever it is asked for, in both tiers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact import i18n
from impact.champions.models import Champion, LeaderTerm
from impact.champions.queries import current_term
from impact.commitments.models import Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.indicators.small_cells import OPEN
from impact.mail import public_address
from impact.messages import gettext_noop as N_
from impact.places.countries import by_iso3
from impact.progress.models import ProgressReport, ReportingWindow
from impact.progress.queries import PublicFigure, all_figures, overrides_of, public_figures
from impact.progress.verdicts import limits, verdicts_of
from reports import facts, overview
from reports.amended import words
from reports.snapshot_types import (
    CommitmentFacts,
    Contact,
    EditionFacts,
    Leader,
    Organisation,
    Settings,
    Snapshot,
    Statement,
)
from reports.target_facts import TargetFacts
from reports.values import Text

T = TypeVar("T")


def take(champion: Champion, window: ReportingWindow, today: date, tier: str = "public") -> Snapshot:
    """The year as it is published on this day. The edition it will be is filled in by `operations.draw_up`."""
    commitments = _commitments(champion, window)
    targets = [target for commitment in commitments for target in _targets(commitment, window)]
    language = commitments[0].language if commitments else "en"
    threshold = int(current_app.extensions["settings"].suppression_threshold)
    public = public_figures(targets, threshold) if tier == "public" else all_figures(targets)
    until = _last_day(public, window, today)
    shown = {
        target_id: [figure for figure in figures if _is_of_the_time(figure, window, until)]
        for target_id, figures in public.items()
    }
    standings = verdicts_of(targets, until)
    overrides = overrides_of(targets)

    def of_target(target: Target) -> TargetFacts:
        override = overrides.get(target.id)
        return facts.target_facts(
            target,
            standings[target.id],
            shown[target.id],
            year=window.year,
            until=until,
            language=target.commitment.language,
            amendments=[row for row in target.commitment.amendments if row.number is not None],
            override=override if override and override.at.date() <= today else None,
            hiding=None if tier == "public" else OPEN,
        )

    told = tuple(
        _commitment(commitment, number, tuple(of_target(target) for target in _targets(commitment, window)))
        for number, commitment in enumerate(commitments, start=1)
    )
    report = approved_report(champion, window)
    return settled(
        Snapshot(
            year=window.year,
            period_starts=window.period_starts,
            period_ends=window.period_ends,
            organisation=_organisation(champion, language),
            edition=EditionFacts(
                code="",
                number=0,
                taken_at=datetime.combine(today, time(), UTC),
                address=public_address("registry.champion", slug=champion.slug),
                approved_on=report.approved_at.date() if report and report.approved_at else None,
            ),
            settings=_settings(window, threshold),
            leader=_leader(champion, window, language),
            statement=_statement(report, language),
            key_figures=overview.key_figures(told, window.year),
            commitments=told,
            gaps=overview.gaps(told),
            asked=overview.asked(told),
            contacts=_contacts(champion),
            method_notes=_method_notes(targets, shown),
            tier=tier,
        )
    )


def approved_report(champion: Champion, window: ReportingWindow) -> ProgressReport | None:
    """The year's report as it was approved last, corrections included; None before the first approval."""
    return db.session.scalar(
        select(ProgressReport)
        .where(
            ProgressReport.champion_id == champion.id,
            ProgressReport.window_id == window.id,
            ProgressReport.state == "approved",
        )
        .order_by(ProgressReport.correction.desc())
        .limit(1)
    )


def settled(value: T) -> T:
    """The same with every number written in one way: 19, 19.0 and 19.000000 must not be three editions."""
    changed: Any = value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {field.name: settled(getattr(value, field.name)) for field in dataclasses.fields(value)}
        changed = dataclasses.replace(value, **named)
    elif isinstance(value, Decimal):
        changed = Decimal(format(value.normalize() + 0, "f"))
    elif isinstance(value, tuple):
        changed = tuple(settled(one) for one in value)
    elif isinstance(value, dict):
        changed = {name: settled(one) for name, one in value.items()}
    result: T = changed
    return result


def _commitments(champion: Champion, window: ReportingWindow) -> list[Commitment]:
    """Published, begun before the period's end and not ended before its beginning."""
    rows = db.session.scalars(
        published()
        .where(Commitment.champion_id == champion.id)
        .options(
            selectinload(Commitment.amendments),
            selectinload(Commitment.targets).options(
                joinedload(Target.indicator), selectinload(Target.milestones), selectinload(Target.condition_figures)
            ),
        )
        .order_by(Commitment.published_at, Commitment.id)
    ).unique()
    return [
        row
        for row in rows
        if (row.starts_on is None or row.starts_on <= window.period_ends)
        and (row.ended_at is None or row.ended_at.date() >= window.period_starts)
        and _targets(row, window)
    ]


def _targets(commitment: Commitment, window: ReportingWindow) -> list[Target]:
    """The targets whose way had begun in the period, or whose starting point is still to be measured."""
    return [
        target
        for target in commitment.targets
        if target.indicator is not None
        and target.kind
        and (target.baseline_date is None or target.baseline_date < window.period_ends)
    ]


def _last_day(public: Mapping[int, Sequence[PublicFigure]], window: ReportingWindow, today: date) -> date:
    """The period's end, or the day of a figure that was taken a little later but is about this year."""
    of_the_year = [
        figure.on for figures in public.values() for figure in figures if figure.year == window.year and figure.on
    ]
    return min(today, max([window.period_ends, *of_the_year]))


def _is_of_the_time(figure: PublicFigure, window: ReportingWindow, until: date) -> bool:
    return figure.on is not None and figure.on <= until and (figure.year or 0) <= window.year


def _commitment(commitment: Commitment, number: int, targets: tuple[TargetFacts, ...]) -> CommitmentFacts:
    language = commitment.language
    return CommitmentFacts(
        number=number,
        headline=Text(language, commitment.headline),
        targets=targets,
        why=words(commitment.why, language),
        actions=words(commitment.actions, language),
        responsible=words(commitment.responsible, language),
        published_on=commitment.published_at.date() if commitment.published_at else None,
        recorded_source=commitment.recorded_source,
        address=public_address("registry.commitment", public_id=commitment.public_id),
    )


def _organisation(champion: Champion, language: str) -> Organisation:
    return Organisation(
        name=facts.organisation(champion),
        constituency=champion.constituency,
        country=facts.everywhere(dict(by_iso3(champion.country).names)),
        sector=words(champion.sector, language),
        website=champion.website,
        people=champion.size,
        is_demonstration=champion.is_demonstration,
        is_recorded=champion.is_recorded,
    )


def _settings(window: ReportingWindow, threshold: int) -> Settings:
    on_track, slightly_behind = limits()
    return Settings(
        on_track=on_track, slightly_behind=slightly_behind, threshold=threshold, grace_days=window.grace_days
    )


def leader_of(champion: Champion, window: ReportingWindow) -> LeaderTerm | None:
    """Who led at the end of the period: of several the one who began last; the present one where none is known."""
    there = [
        term
        for term in champion.terms
        if (term.since is None or term.since <= window.period_ends)
        and (term.until is None or term.until >= window.period_ends)
    ]
    if there:
        return max(there, key=lambda term: (term.since or date.min, term.id))
    return current_term(champion)


def _leader(champion: Champion, window: ReportingWindow, language: str) -> Leader | None:
    term = leader_of(champion, window)
    return Leader(term.name, Text(language, term.office), term.since) if term else None


def _statement(report: ProgressReport | None, language: str) -> Statement | None:
    said = words(report.statement, language) if report else None
    return Statement(said) if said else None


def _contacts(champion: Champion) -> tuple[Contact, ...]:
    """Addresses that are public already; people's own addresses are nobody's business."""
    home, elsewhere = _addresses("registry.home")
    own = (champion.website, None) if champion.website else _addresses("registry.champion", slug=champion.slug)
    return (
        Contact(N_("Focal point"), champion.name, *own),
        Contact(N_("UN Women, IMPACT 10×10×10"), "", home, elsewhere),
    )


def _addresses(endpoint: str, **values: str) -> tuple[str, dict[str, str]]:
    """Of a page in English and in each other language that the site has."""
    others = [code for code in i18n.available() if code != "en"]
    return public_address(endpoint, **values), {code: public_address(endpoint, code, **values) for code in others}


def _method_notes(targets: Sequence[Target], shown: dict[int, list[PublicFigure]]) -> tuple[Text, ...]:
    notes = []
    for target in targets:
        language = target.commitment.language
        for note in (target.method, *(figure.parts_note for figure in shown[target.id])):
            said = words(note, language)
            if said is not None and said not in notes:
                notes.append(said)
    return tuple(notes)
