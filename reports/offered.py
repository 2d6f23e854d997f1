"""What readers are offered of sealed editions: the years of a champion's public page, and the files of one edition."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from impact.champions.models import Champion, Standing
from impact.db import db
from reports.models import Edition, EditionFile
from reports.names import LANGUAGES
from reports.withheld import withheld_of


@dataclass(frozen=True)
class Offered:
    """A sealed edition on a champion's public page: its files that are ready, and the languages whose is not.

    `is_withheld`: it would give a small group away by now, so that it is named and not offered. `because`: why a newer
    one took its place. `is_being_made`: its files are on their way.
    """

    edition: Edition
    files: tuple[EditionFile, ...] = ()
    missing: tuple[str, ...] = ()
    is_being_made: bool = False
    is_withheld: bool = False
    because: str = ""


@dataclass(frozen=True)
class AnnualReport:
    """A year of the public page: its sealed editions, the newest first."""

    year: int
    editions: tuple[Offered, ...]

    @property
    def in_force(self) -> tuple[Offered, ...]:
        return tuple(one for one in self.editions if one.edition.state == "sealed")

    @property
    def superseded(self) -> tuple[Offered, ...]:
        return tuple(one for one in self.editions if one.edition.state != "sealed")


def annual_reports_of(champion: Champion) -> list[AnnualReport]:
    """What was published of the champion's years, the newest first; three queries at most."""
    editions = db.session.scalars(
        select(Edition)
        .where(Edition.champion_id == champion.id, Edition.sealed_at.is_not(None))
        .options(selectinload(Edition.files), defer(Edition.confidential))
        .order_by(Edition.year.desc(), Edition.number.desc())
    ).all()
    withheld = withheld_of(champion, editions)
    years: dict[int, list[Offered]] = {}
    newer: Edition | None = None
    for edition in editions:
        reason = newer.reason if newer is not None and newer.window_id == edition.window_id else ""
        years.setdefault(edition.year, []).append(offered(edition, edition.id in withheld, reason))
        newer = edition
    return [AnnualReport(year, tuple(editions)) for year, editions in years.items()]


def offered(edition: Edition, is_withheld: bool = False, because: str = "") -> Offered:
    """With its public files, as a page for everybody offers them."""
    if is_withheld:
        return Offered(edition, is_withheld=True, because=because)
    files = {file.language: file for file in edition.files if file.tier == "public"}
    ready = {language: file for language, file in files.items() if file.state == "ready"}
    return Offered(
        edition,
        tuple(ready[language] for language in LANGUAGES if language in ready),
        tuple(language for language in LANGUAGES if language not in ready),
        is_being_made=any(file.state == "waiting" for file in files.values()),
        because=because,
    )


def offer_of(edition: Edition) -> Offered | None:
    """Of one sealed edition; None where its organisation has no public page, so that nothing is offered."""
    champion = edition.champion
    if champion is not None and champion.standing == Standing.APPLICANT:
        return None
    return offered(edition, champion is not None and bool(withheld_of(champion, [edition])))
