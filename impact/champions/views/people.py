"""The people of a champion: who they are, inviting, roles, removing, joining."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.accounts.forms import NewPasswordForm
from impact.accounts.models import Person
from impact.accounts.operations import open_session
from impact.accounts.queries import person_by_email
from impact.accounts.views import begin_session
from impact.actor import ROLE_LABELS, Role
from impact.champions import operations, queries
from impact.champions.forms import ButtonForm, MemberForm, RolesForm
from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.champions.operations.people import invited_to, open_invitations
from impact.champions.views.own_pages import about
from impact.champions.views.room import blueprint
from impact.db import db, transaction
from impact.errors import Invalid, NotFound
from impact.forms import cleaned
from impact.guards import public
from impact.i18n import gettext as _
from impact.limits import limiter
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may, require


@blueprint.route("/organisations/<slug>/people", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_SEE)
def people(champion: Champion) -> ResponseReturnValue:
    """Who works for the champion here; for coordinators also who is invited, and a form to invite another."""
    may_manage = may(actor(), Action.CHAMPION_PEOPLE, champion.id)
    form = MemberForm(data={"language": i18n.current()})
    form.offer_choices()
    if request.method == "POST":
        # Everybody of the champion may read this page; only who manages its people gets an answer about the form.
        require(actor(), Action.CHAMPION_PEOPLE, champion.id)
    if form.taken():
        try:
            with transaction():
                operations.invite_member(
                    champion,
                    form.email.data or "",
                    form.name.data or "",
                    Role(form.role.data),
                    actor(),
                    language=form.language.data,
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The invitation is on its way."))
            return see_other("champions.people", slug=champion.slug)
    return render_template(
        "champions/people.html",
        form=form,
        members=[(person, roles, mark_of(person)) for person, roles in queries.members_of(champion)],
        invitations=open_invitations(champion) if may_manage else [],
        may_manage=may_manage,
        role_labels=ROLE_LABELS,
        **about(champion),
    ), 422 if form.errors else 200


def mark_of(person: Person) -> str:
    """What stands for a person in an address: neither an id nor an e-mail that would end up in logs."""
    key = current_app.extensions["settings"].secret_key.encode()
    return hmac.new(key, f"person:{person.id}".encode(), hashlib.sha256).hexdigest()[:16]


def _member(champion: Champion) -> tuple[Person, list[Role]]:
    """The person who is asked for, if they belong to this champion."""
    wanted = cleaned(request.args.get("person"))
    for person, roles in queries.members_of(champion):
        if mark_of(person) == wanted:
            return person, roles
    raise NotFound(N_("There is no such person."))


@blueprint.route("/organisations/<slug>/people/roles", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_PEOPLE)
def member_roles(champion: Champion) -> ResponseReturnValue:
    person, roles = _member(champion)
    form = RolesForm(data={"roles": [role.value for role in roles]})
    form.offer_choices()
    if form.taken():
        try:
            with transaction():
                operations.change_roles(champion, person, [Role(role) for role in form.roles.data or []], actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Saved."))
            return see_other("champions.people", slug=champion.slug)
    return render_template(
        "champions/member_roles.html", form=form, person=person, **about(champion)
    ), 422 if form.errors else 200


@blueprint.route("/organisations/<slug>/people/remove", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_PEOPLE)
def remove_member(champion: Champion) -> ResponseReturnValue:
    """A page of its own that says what is lost."""
    person, roles = _member(champion)
    form = ButtonForm()
    if form.taken():
        try:
            with transaction():
                operations.end_membership(champion, person, actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(
                _("%(name)s no longer works for %(organisation)s here.", name=person.name, organisation=champion.name)
            )
            if person.id == actor().person_id:
                return see_other("work.start")
            return see_other("champions.people", slug=champion.slug)
    return render_template(
        "champions/remove_member.html",
        form=form,
        person=person,
        roles=[_(ROLE_LABELS[role]) for role in roles],
        **about(champion),
    ), 422 if form.errors else 200


@blueprint.post("/organisations/<slug>/people/cancel-invitation")
@of_champion(Action.CHAMPION_PEOPLE)
def cancel_invitation(champion: Champion) -> ResponseReturnValue:
    with transaction():
        operations.cancel_invitations(champion, cleaned(request.form.get("email")), actor())
    notice(_("The invitation no longer works."))
    return see_other("champions.people", slug=champion.slug)


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20/minute")
def join(token: str) -> ResponseReturnValue:
    """From a letter: the button takes the role; a new account chooses its password here."""
    link, champion = invited_to(token)
    person = person_by_email(link.email)
    needs_password = person is None or person.password_hash is None
    form = NewPasswordForm() if needs_password else ButtonForm()
    if form.taken():
        password = (form.password.data or "") if isinstance(form, NewPasswordForm) else ""
        try:
            with transaction():
                joined, _champion = operations.join(token, password)
                db.session.flush()
                # Whoever has just chosen a password here holds the letter: asking for it again proves nothing more.
                signed = open_session(joined, request.headers.get("User-Agent", "")) if needs_password else None
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            if signed:
                begin_session(joined, signed)
            notice(_("You work for %(organisation)s here now.", organisation=champion.name))
            return see_other("champions.overview", slug=champion.slug)
    return render_template(
        "champions/join.html",
        form=form,
        needs_password=needs_password,
        email=link.email,
        role=_(ROLE_LABELS[Role(link.payload["role"])]),
        **about(champion),
    ), 422 if form.errors else 200
