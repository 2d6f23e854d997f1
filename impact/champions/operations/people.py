"""The people of a champion: invited by a link that works once, each with one or several roles."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from impact import clock, mail
from impact.accounts.models import OneTimeLink, Person
from impact.accounts.operations import (
    canonical_email,
    find_link,
    may_be_written_to,
    new_link,
    person_for,
    set_password,
    use_link,
)
from impact.actor import CHAMPION_ROLES, Actor, Role
from impact.audit.operations import record
from impact.champions.models import Champion, ConflictOfInterest, LeaderTerm, Membership
from impact.champions.rules import require_words
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, NotAllowed, NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require


def invite_member(champion: Champion, email: str, name: str, role: Role, actor: Actor, *, language: str = "en") -> str:
    """Write a letter with a link that works once; returns its token."""
    require(actor, Action.CHAMPION_PEOPLE, champion.id)
    _require_role(role)
    require_words(name=(name, N_("Give the person's name")), email=(email, N_("Give an e-mail address")))
    if not may_be_written_to("join", email):
        raise Invalid(
            N_("The letter was not sent."),
            {"email": (N_("Five letters went to this address within an hour. Wait before you send another"), {})},
        )
    _link, token = new_link(
        "join",
        email,
        {"champion": champion.id, "role": role.value, "name": name.strip(), "language": language},
        actor,
    )
    record(actor, "member_invited", champion, details={"name": name, "role": role.value})
    mail.send(
        canonical_email(email),
        language,
        "join_champion",
        {"name": name.strip(), "organisation": champion.name, "inviter": actor.name, "token": token},
        secret=True,
        champion_id=champion.id,
    )
    return token


def open_invitations(champion: Champion) -> list[OneTimeLink]:
    """Invitations that were neither taken nor cancelled nor are too old, oldest first."""
    links = db.session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == "join",
            OneTimeLink.used_at.is_(None),
            OneTimeLink.cancelled_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            OneTimeLink.payload["champion"].as_integer() == champion.id,
        )
        .order_by(OneTimeLink.id)
    )
    return list(links)


def cancel_invitations(champion: Champion, email: str, actor: Actor) -> None:
    """Open invitations of this champion to this address stop working at once."""
    require(actor, Action.CHAMPION_PEOPLE, champion.id)
    for link in open_invitations(champion):
        if link.email == canonical_email(email):
            link.cancelled_at = clock.now()
            record(actor, "invitation_cancelled", champion, details={"email": link.email})


def invited_to(token: str) -> tuple[OneTimeLink, Champion]:
    """The unused link and its champion; asking does not use it. Raises NotFound."""
    link = find_link("join", token)
    champion = db.session.get(Champion, link.payload["champion"])
    if champion is None:
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    return link, champion


def join(token: str, password: str = "") -> tuple[Person, Champion]:
    """Take the invitation: an account where there is none (`password` is required then), and the role."""
    _link, champion = invited_to(token)
    link = use_link("join", token)
    payload = link.payload
    person = person_for(link.email, payload["name"], payload.get("language", "en"), champion.is_demonstration)
    if not person.is_active:
        raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
    own = Actor(person.id, person.name)
    if person.password_hash is None:
        set_password(person, password, own)
    role = Role(payload["role"])
    _give(champion, person, role, own)
    return person, champion


def add_member(champion: Champion, person: Person, role: Role, actor: Actor) -> Membership:
    """Give a person with an account a role at once, without a letter."""
    require(actor, Action.CHAMPION_PEOPLE, champion.id)
    _require_role(role)
    return _give(champion, person, role, actor)


def _give(champion: Champion, person: Person, role: Role, actor: Actor) -> Membership:
    present = db.session.scalar(
        select(Membership).where(
            Membership.champion_id == champion.id,
            Membership.person_id == person.id,
            Membership.role == role.value,
            Membership.ended_at.is_(None),
        )
    )
    if present is not None:
        return present
    membership = Membership(person_id=person.id, champion_id=champion.id, role=role.value, since=clock.now())
    db.session.add(membership)
    flush_or_conflict(N_("Somebody else gave this person the role at the same moment."))
    record(actor, "member_added", membership, details={"person": person.name, "role": role.value})
    if role == Role.LEADER:
        _tie_to_term(champion, person)
    return membership


def _tie_to_term(champion: Champion, person: Person) -> None:
    """The present leader's term knows the account that signs off for it."""
    term = db.session.scalar(
        select(LeaderTerm)
        .where(LeaderTerm.champion_id == champion.id, LeaderTerm.until.is_(None))
        .order_by(LeaderTerm.id.desc())
        .limit(1)
    )
    if term is not None and term.person_id is None:
        term.person_id = person.id


def change_roles(champion: Champion, person: Person, roles: Collection[Role], actor: Actor) -> None:
    """The person has exactly these roles from now on; there must be at least one."""
    require(actor, Action.CHAMPION_PEOPLE, champion.id)
    for role in roles:
        _require_role(role)
    if not roles:
        raise Invalid(N_("Choose a role."), {"roles": (N_("Choose at least one role, or remove the person"), {})})
    present = _memberships_of(champion, person)
    if not present:
        raise NotFound(N_("There is no such person."))
    for role in roles:
        _give(champion, person, role, actor)
    for membership in present:
        if Role(membership.role) not in roles:
            _end(membership, actor)


def end_membership(champion: Champion, person: Person, actor: Actor) -> None:
    """End every role of this person here, at once; one may always leave oneself. The last coordinator stays."""
    if actor.person_id != person.id:
        require(actor, Action.CHAMPION_PEOPLE, champion.id)
    present = _memberships_of(champion, person)
    if not present:
        raise NotFound(N_("There is no such person."))
    for membership in present:
        _end(membership, actor)


def _memberships_of(champion: Champion, person: Person) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .where(
                Membership.champion_id == champion.id,
                Membership.person_id == person.id,
                Membership.ended_at.is_(None),
            )
            .order_by(Membership.id)
        )
    )


def _end(membership: Membership, actor: Actor) -> None:
    if membership.role == Role.COORDINATOR:
        # Locked, so that two coordinators who remove each other at the same moment are not both gone.
        db.session.flush()
        db.session.execute(select(Champion.id).where(Champion.id == membership.champion_id).with_for_update())
        another = db.session.scalar(
            select(Membership.id)
            .where(
                Membership.champion_id == membership.champion_id,
                Membership.role == Role.COORDINATOR.value,
                Membership.ended_at.is_(None),
                Membership.id != membership.id,
            )
            .limit(1)
        )
        if another is None:
            raise Invalid(N_("This is the last coordinator. Make somebody else a coordinator first."))
    membership.ended_at = clock.now()
    record(actor, "member_removed", membership, details={"role": membership.role})


def declare_conflict(person: Person, champion: Champion, reason: str) -> ConflictOfInterest:
    """A member of staff declares a tie and decides nothing about this champion from then on."""
    if not person.staff_roles:
        raise NotAllowed(N_("Your role does not allow this. The page about roles says who may."))
    present = db.session.scalar(
        select(ConflictOfInterest).where(
            ConflictOfInterest.person_id == person.id, ConflictOfInterest.champion_id == champion.id
        )
    )
    if present is not None:
        return present
    require_words(reason=(reason, N_("Say what the tie is")))
    conflict = ConflictOfInterest(
        person_id=person.id, champion_id=champion.id, reason=reason.strip(), declared_at=clock.now()
    )
    db.session.add(conflict)
    flush_or_conflict(N_("This tie is declared already."))
    record(Actor(person.id, person.name), "conflict_declared", conflict)
    return conflict


def _require_role(role: Role) -> None:
    if role not in CHAMPION_ROLES:
        raise Invalid(N_("Choose a role."), {"role": (N_("Choose one of the roles of a champion"), {})})
