"""Take what the report of a constituency or of a year says out of the database, in a fixed number of questions.

Only what is public is read: listed organisations, published commitments, approved figures with small groups hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from impact.champions.models import Champion, Constituency
from impact.commitments.models import Commitment, Target
from impact.commitments.queries import published
from impact.db import db
from impact.economies import queries as economies
from impact.indicators.catalogue import by_code
from impact.indicators.small_cells import coarse
from impact.mail import public_address
from impact.places.countries import by_iso3
from impact.progress.models import ReportingWindow
from impact.progress.queries import PublicFigure, overrides_of, public_figures, standings_in
from impact.progress.verdicts import Standing, limits, verdicts_of
from reports import facts
from reports.amended import amendment_facts, words
from reports.group.spread import five
from reports.group.types import Amended, CountryScores, GroupSnapshot, Member, Missing, Promised, Spread, Stand
from reports.snapshot import settled
from reports.snapshot_types import EditionFacts, Settings
from reports.target_facts import Change
from reports.values import Text

#: The four figures that every champion of the constituency opens.
COMMON = {
    Constituency.CORPORATION: ("HFS-C1", "HFS-C2", "HFS-C3", "HFS-C4"),
    Constituency.UNIVERSITY: ("HFS-U1", "HFS-U2", "HFS-U3", "HFS-U4"),
}
LISTED = ("active", "suspended", "withdrawn", "completed")
AREAS = ("economic", "education", "health", "political")


def take_group(kind: str, constituency: str, year: int, today: date) -> GroupSnapshot:
    """The year as it is published on this day. The edition it will be is filled in by the operation that draws it up."""
    windows = list(db.session.scalars(select(ReportingWindow).where(ReportingWindow.year == year)))
    until = min(today, max([window.period_ends for window in windows], default=date(year, 12, 31)))
    champions = _champions(constituency, until)
    commitments = _commitments(champions, until)
    targets = [target for row in commitments for target in row.targets if target.indicator is not None and target.kind]
    threshold = int(current_app.extensions["settings"].suppression_threshold)
    standings, figures = verdicts_of(targets, until), public_figures(targets, threshold)
    overrides = {target: row.status for target, row in overrides_of(targets).items() if row.at.date() <= today}
    reported = _reported(windows, today)
    members = tuple(
        _member(champion, commitments, standings, overrides, reported.get(champion.id)) for champion in champions
    )
    on_track, slightly_behind = limits()
    index_year, index_source, countries = _index(champions, year)
    return settled(
        GroupSnapshot(
            kind=kind,
            constituency=constituency,
            year=year,
            until=until,
            edition=EditionFacts(
                code="",
                number=0,
                taken_at=datetime.combine(today, time(), UTC),
                address=public_address("registry.champions"),
            ),
            settings=Settings(
                on_track=on_track,
                slightly_behind=slightly_behind,
                threshold=threshold,
                grace_days=max([window.grace_days for window in windows], default=90),
            ),
            members=members,
            spreads=tuple(_spreads(members, targets, figures, year)),
            countries=countries,
            index_year=index_year,
            index_source=index_source,
            promised=tuple(_promised(commitments, year)),
            amended=tuple(_amended(commitments, year)),
            missing=tuple(_missing(targets, figures, year)),
        )
    )


def _champions(constituency: str, until: date) -> list[Champion]:
    question = select(Champion).where(Champion.standing.in_(LISTED))
    if constituency:
        question = question.where(Champion.constituency == constituency)
    rows = db.session.scalars(
        question.options(selectinload(Champion.places)).order_by(
            Champion.is_demonstration, Champion.constituency, Champion.name, Champion.id
        )
    )
    return [row for row in rows if not row.places or min(place.admitted_on for place in row.places) <= until]


def _commitments(champions: Sequence[Champion], until: date) -> list[Commitment]:
    """Published by that day, with what is said of each."""
    rows = db.session.scalars(
        published()
        .where(Commitment.champion_id.in_([champion.id for champion in champions]))
        .options(
            selectinload(Commitment.amendments),
            selectinload(Commitment.targets).options(
                joinedload(Target.indicator), selectinload(Target.milestones), selectinload(Target.condition_figures)
            ),
        )
        .order_by(Commitment.published_at, Commitment.id)
    ).unique()
    return [row for row in rows if row.starts_on is None or row.starts_on <= until]


def _reported(windows: Sequence[ReportingWindow], today: date) -> dict[int, str]:
    """{champion id: whether its report of the year came}, of those that owe one."""
    return (
        {row.champion.id: row.lateness.state for _window, rows in standings_in(windows, today) for row in rows}
        if windows
        else {}
    )


def _member(
    champion: Champion,
    commitments: Sequence[Commitment],
    standings: Mapping[int, Standing],
    overrides: Mapping[int, str],
    report: str | None,
) -> Member:
    return Member(
        name=facts.organisation(champion),
        constituency=champion.constituency,
        country=facts.everywhere(dict(by_iso3(champion.country).names)) or Text("en", champion.country),
        address=public_address("registry.champion", slug=champion.slug),
        report="exempt" if champion.is_recorded else report or "none",
        is_demonstration=champion.is_demonstration,
        is_recorded=champion.is_recorded,
        stands=tuple(
            _stand(row, target, standings[target.id], overrides.get(target.id, ""))
            for row in commitments
            if row.champion_id == champion.id
            for target in row.targets
            if target.id in standings
        ),
    )


def _stand(commitment: Commitment, target: Target, standing: Standing, override: str) -> Stand:
    indicator, verdict = target.indicator, standing.verdict
    assert indicator is not None
    return Stand(
        headline=Text(commitment.language, commitment.headline),
        sentence=facts.promise(target),
        indicator=facts.everywhere(indicator.name) or Text("en", indicator.code),
        code=indicator.code,
        unit=indicator.unit,
        kind=target.kind or "",
        status=str(verdict.status),
        value=_rounded(verdict.latest, target),
        value_on=verdict.latest_on,
        override=override,
    )


def _rounded(value: Decimal | None, target: Target) -> Decimal | None:
    """A figure that counts people, rounded as public pages do where the counts are hidden."""
    if value is None or target.indicator is None or not target.indicator.has_counts:
        return value
    return coarse(value, target.baseline_value, target.indicator.unit)


def _spreads(
    members: Sequence[Member],
    targets: Sequence[Target],
    figures: Mapping[int, Sequence[PublicFigure]],
    year: int,
) -> Iterator[Spread]:
    """The common indicators, over the organisations that opened a figure of the year; each counts once."""
    only_real = any(not member.is_demonstration for member in members)
    for constituency, codes in COMMON.items():
        if not any(member.constituency == constituency for member in members):
            continue
        for code in codes:
            known = {
                target.commitment.champion_id: value
                for target in targets
                if target.indicator is not None
                and target.indicator.code == code
                and not (only_real and target.commitment.champion.is_demonstration)
                and (value := _of_year(figures.get(target.id, ()), target, year)) is not None
            }
            found = five(list(known.values()))
            entry = by_code(code)
            name = facts.everywhere(dict(entry.name)) or Text("en", code)
            yield Spread(code, name, entry.unit, len(known), **(vars(found) if found else {}))


def _of_year(figures: Sequence[PublicFigure], target: Target, year: int) -> Decimal | None:
    of_year = [figure.value for figure in figures if figure.year == year and figure.value is not None]
    return _rounded(of_year[-1], target) if of_year else None


def _index(champions: Sequence[Champion], year: int) -> tuple[int | None, str, tuple[CountryScores, ...]]:
    """The gap index of the governments' countries, of its newest edition up to the year that covers most countries."""
    governments = {row.country: row for row in champions if row.constituency == Constituency.GOVERNMENT}
    known = {one: count for one, count in economies.countries_in().items() if one <= year}
    newest = economies.usual_year(known) if known else None
    if newest is None or not governments:
        return None, "", ()
    results = economies.results(newest)
    there = [results[iso3] for iso3 in sorted(governments) if iso3 in results]
    named = economies.sources({one.import_id for one in there})
    return (
        newest,
        "; ".join(sorted({source.source for source in named.values()})),
        tuple(
            CountryScores(
                name=facts.everywhere(dict(by_iso3(one.iso3).names)) or Text("en", one.iso3),
                iso3=one.iso3,
                overall=_score(one.overall),
                **{area: _score(one.subindexes.get(area)) for area in AREAS},
            )
            for one in there
        ),
    )


def _score(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 4)))


def _promised(commitments: Sequence[Commitment], year: int) -> Iterator[Promised]:
    for row in commitments:
        on = row.published_at.date() if row.published_at and not row.champion.is_recorded else row.starts_on
        if on is not None and on.year == year:
            yield Promised(
                facts.organisation(row.champion), Text(row.language, row.headline), on, row.champion.is_demonstration
            )


def _amended(commitments: Sequence[Commitment], year: int) -> Iterator[Amended]:
    for row in commitments:
        for amendment in row.amendments:
            told = [
                said
                for target in row.targets
                if target.indicator is not None and (said := amendment_facts(amendment, target, row.language))
            ]
            if not told or told[0].approved_on is None or told[0].approved_on.year != year:
                continue
            changes: list[Change] = []
            for said in told:
                changes += [change for change in said.changes if change not in changes]
            yield Amended(
                facts.organisation(row.champion),
                Text(row.language, row.headline),
                told[0].number,
                told[0].approved_on,
                tuple(changes),
                told[0].reason,
                row.champion.is_demonstration,
            )


def _missing(targets: Sequence[Target], figures: Mapping[int, Sequence[PublicFigure]], year: int) -> Iterator[Missing]:
    for target in targets:
        for figure in figures.get(target.id, ()):
            why = words(figure.not_measured, target.commitment.language)
            if figure.year == year and figure.value is None and why is not None and target.indicator is not None:
                yield Missing(
                    facts.organisation(target.commitment.champion),
                    facts.everywhere(target.indicator.name) or Text("en", target.indicator.code),
                    why,
                    figure.known_by,
                    target.commitment.champion.is_demonstration,
                )
