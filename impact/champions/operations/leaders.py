"""A champion's particulars and the dated terms of its leaders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from impact import clock
from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.audit.operations import changes, record
from impact.champions.models import Champion, LeaderTerm, Membership
from impact.champions.operations.people import add_member
from impact.champions.rules import require_words
from impact.db import db
from impact.errors import Invalid
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require

#: Called with (term, actor) when a term has begun, in its transaction: later rooms make the new leader's tasks here.
ON_NEW_TERM: list[Callable[[LeaderTerm, Actor], Any]] = []


def start_term(
    champion: Champion,
    name: str,
    office: str,
    since: date,
    actor: Actor,
    person: Person | None = None,
    *,
    statement: str = "",
    statement_language: str = "en",
) -> LeaderTerm:
    """A new leader from `since` on; the former term ends the day before and stays in the history.

    Accounts that signed off for the former leader lose that role at once. The new leader gets a task for each
    commitment in force.
    """
    require(actor, Action.CHAMPION_EDIT, champion.id)
    require_words(name=(name, N_("Give the leader's name")), office=(office, N_("Give the leader's office")))
    if since > clock.today():
        raise Invalid(N_("Check the date."), {"since": (N_("Give a day that is not in the future"), {})})
    former = db.session.scalars(
        select(LeaderTerm).where(LeaderTerm.champion_id == champion.id, LeaderTerm.until.is_(None))
    ).all()
    for term in former:
        if term.since is not None and since <= term.since:
            raise Invalid(
                N_("Check the date."), {"since": (N_("The new term must begin after the former one did"), {})}
            )
        term.until = since - timedelta(days=1)
    _end_leader_roles(champion, actor, but=person)
    term = LeaderTerm(
        champion_id=champion.id,
        name=name.strip(),
        office=office.strip(),
        since=since,
        statement=statement.strip(),
        statement_language=statement_language,
    )
    db.session.add(term)
    db.session.flush()
    record(actor, "leader_term_started", term, details={"name": name, "office": office, "since": since})
    if person is not None:
        term.person_id = person.id
        add_member(champion, person, Role.LEADER, actor)
    db.session.expire(champion, ["terms"])
    for told in ON_NEW_TERM:
        told(term, actor)
    return term


def _end_leader_roles(champion: Champion, actor: Actor, but: Person | None) -> None:
    roles = db.session.scalars(
        select(Membership).where(
            Membership.champion_id == champion.id,
            Membership.role == Role.LEADER.value,
            Membership.ended_at.is_(None),
        )
    ).all()
    for membership in roles:
        if but is None or membership.person_id != but.id:
            membership.ended_at = clock.now()
            record(actor, "member_removed", membership, details={"role": Role.LEADER.value})


def change_statement(term: LeaderTerm, statement: str, language: str, actor: Actor) -> None:
    """The leader's words, as they are published."""
    require(actor, Action.CHAMPION_EDIT, term.champion_id)
    before = {"statement": term.statement, "statement_language": term.statement_language}
    term.statement, term.statement_language = statement.strip(), language
    record(
        actor,
        "statement_changed",
        term,
        details=changes(before, {"statement": term.statement, "statement_language": language}),
    )


def change_particulars(
    champion: Champion,
    *,
    name: str,
    names: Mapping[str, str],
    sector: str,
    size: int | None,
    website: str,
    actor: Actor,
) -> None:
    """Name (and its translations), sector, size in people, website. The address of the pages stays."""
    require(actor, Action.CHAMPION_EDIT, champion.id)
    require_words(name=(name, N_("Give the official name")))
    if size is not None and size <= 0:
        raise Invalid(N_("Check the size."), {"size": (N_("Give a number of people above 0"), {})})
    after = {
        "name": name.strip(),
        "names": {language: words.strip() for language, words in names.items() if words.strip()},
        "sector": sector.strip(),
        "size": size,
        "website": website.strip(),
    }
    before = {field: getattr(champion, field) for field in after}
    if before == after:
        return
    for field, value in after.items():
        setattr(champion, field, value)
    record(actor, "particulars_changed", champion, details=changes(before, after))
