"""Doors of signing in, of one's own account, of the roles table and of staff administration."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from impact import i18n, mail
from impact.accounts import operations, queries
from impact.accounts.forms import (
    ButtonForm,
    ChangePasswordForm,
    ForgotForm,
    NewPasswordForm,
    ParticularsForm,
    SignInForm,
    StaffForm,
)
from impact.accounts.letters import ask_for_password
from impact.accounts.models import Person
from impact.actor import CHAMPION_ROLES, ROLE_LABELS, STAFF_ROLES, Actor, Role
from impact.audit.operations import record
from impact.db import db, transaction
from impact.errors import Invalid, NotFound
from impact.forms import cleaned
from impact.guards import own_path, public, signed_in, staff_may
from impact.i18n import gettext as _
from impact.limits import client_network, limiter
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, restore_page, see_other
from impact.permissions import ACTION_LABELS, MAY, Action
from impact.whoami import SignedIn

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """E-mail and password; afterwards to where the person wanted to go, with what they had typed."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = own_path(request.args.get("next")) or ""
    if form.taken():
        with transaction():
            found = operations.sign_in(
                form.email.data or "", form.password.data or "", client_network(), request.headers.get("User-Agent", "")
            )
        if found:
            begin_session(*found)
            return _onwards(own_path(form.next.data))
        form.form_errors.append(
            _(
                "This e-mail and password do not belong together. After several wrong attempts, wait a quarter of an hour."
            )
        )
    form.next.data = own_path(form.next.data) or ""
    status = 422 if form.errors else 200
    return render_template(
        "accounts/sign_in.html", form=form, kept=_kept(), action=own_path(request.form.get("kept_action"))
    ), status


def begin_session(person: Person, token: str) -> None:
    """A new session id at sign-in: nothing of the cookie from before is kept."""
    session.clear()
    # The form's token belonged to the old session; what is put back after signing in needs one of the new.
    g.pop("csrf_token", None)
    login_user(SignedIn(person, token))


def _kept() -> list[tuple[str, str]]:
    """Fields that were typed before the sign-in ended; they travel along as hidden fields, never on the server."""
    return [
        (cleaned(name.removeprefix("kept:")), cleaned(value))
        for name, value in request.form.items(multi=True)
        if name.startswith("kept:")
    ]


def _onwards(target: str | None) -> ResponseReturnValue:
    action = own_path(request.form.get("kept_action"))
    if action and _kept():
        return restore_page(action, _kept())
    if target:
        return redirect(target, 303)
    return see_other("work.start")


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Ends this browser's session on the server too, so that a copied cookie is worth nothing."""
    if current_user.is_authenticated:
        with transaction():
            operations.end_session(current_user.token)
        logout_user()
        session.clear()
    answer = see_other("registry.home")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # type: ignore[union-attr]
    return answer


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@public
@limiter.limit("5/minute", methods=["POST"])
def forgotten_password() -> ResponseReturnValue:
    """The same answer whether there is such an account or not."""
    form = ForgotForm()
    if form.taken():
        with transaction():
            ask_for_password(form.email.data or "")
        return render_template("accounts/look_in_your_mail.html", email=form.email.data)
    return render_template("accounts/forgotten_password.html", form=form), 422 if form.errors else 200


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20/minute")
def new_password(token: str) -> ResponseReturnValue:
    """From a letter: choose a password. Opening the page uses nothing up; the button does."""
    link = operations.find_link("set_password", token)
    form = NewPasswordForm()
    if form.taken():
        try:
            with transaction():
                operations.use_link("set_password", token)
                person = queries.person_by_email(link.email)
                if person is None or not person.is_active:
                    raise NotFound(N_("This link has been used or is too old. Ask for a new one."))
                operations.set_password(person, form.password.data or "", Actor(person.id, person.name))
                db.session.flush()
                signed = operations.open_session(person, request.headers.get("User-Agent", ""))
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            begin_session(person, signed)
            notice(_("Your password is set and you are signed in."))
            return see_other("work.start")
    return render_template("accounts/new_password.html", form=form, email=link.email), 422 if form.errors else 200


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """Name, language of letters, password, and where one is signed in."""
    person: Person = current_user.person
    form = ParticularsForm(data={"name": person.name, "language": person.language})
    form.language.choices = [(code, i18n.OWN_NAMES[code]) for code in i18n.available()]
    if form.taken():
        with transaction():
            operations.change_particulars(person, form.name.data or "", form.language.data, actor())
        notice(_("Saved."))
        return see_other("accounts.account")
    return render_template(
        "accounts/account.html",
        form=form,
        person=person,
        password_form=ChangePasswordForm(formdata=None),
        button=ButtonForm(formdata=None),
        sessions=[(browser_words(found.browser), found) for found in queries.open_sessions(person.id)],
        roles=[_(ROLE_LABELS[Role(given.role)]) for given in person.staff_roles],
    ), 422 if form.errors else 200


#: (what stands in the name that a browser gives itself, what people call it): the first that is found counts.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_words(given: str) -> str:
    """ "Firefox on Windows" for the long name that a browser gives itself; the name itself where it is not known."""
    browser = next((words for mark, words in _BROWSERS if mark in given), "")
    system = next((words for mark, words in _SYSTEMS if mark in given), "")
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or given or _("Unknown browser")


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
@limiter.limit("10/minute", methods=["POST"])
def change_password() -> ResponseReturnValue:
    """Asks for the present password; every other browser is signed out."""
    person: Person = current_user.person
    form = ChangePasswordForm()
    if form.taken():
        try:
            with transaction():
                operations.change_password(person, form.present.data or "", form.password.data or "", actor())
                db.session.flush()
                token = operations.open_session(person, request.headers.get("User-Agent", ""))
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            begin_session(person, token)
            notice(_("Your password is changed. Every other browser was signed out."))
            return see_other("accounts.account")
    return render_template("accounts/change_password.html", form=form), 422 if form.errors else 200


@blueprint.post("/account/end-sessions")
@signed_in
def end_sessions() -> ResponseReturnValue:
    """Signs out everywhere, here too."""
    with transaction():
        operations.end_all_sessions(current_user.person)
        record(actor(), "sessions_ended", current_user.person)
    logout_user()
    session.clear()
    return see_other("accounts.sign_in")


@blueprint.get("/roles")
@public
def roles() -> ResponseReturnValue:
    """What each role may do: the very table that the operations ask."""
    return render_template(
        "accounts/roles.html",
        champion_roles=[(role, _(ROLE_LABELS[role])) for role in CHAMPION_ROLES],
        staff_roles=[(role, _(ROLE_LABELS[role])) for role in STAFF_ROLES],
        actions=[(action, _(ACTION_LABELS[action]), MAY[action]) for action in Action],
    )


@blueprint.route("/staff", methods=["GET", "POST"])
@staff_may(Action.STAFF_MANAGE)
def staff() -> ResponseReturnValue:
    """Everybody with a staff role; invite another."""
    form = StaffForm()
    form.offer_roles()
    if form.taken():
        with transaction():
            person = operations.person_for(form.email.data or "", form.name.data or "", i18n.current())
            for role in form.roles.data or []:
                operations.give_staff_role(person, Role(role), actor())
            if person.password_hash is None:
                _link, token = operations.new_link("set_password", person.email, actor=actor())
                mail.send(
                    person.email,
                    person.language,
                    "staff_invitation",
                    {"name": person.name, "token": token},
                    secret=True,
                )
        notice(_("%(name)s was given these roles.", name=person.name))
        return see_other("accounts.staff")
    return render_template(
        "accounts/staff.html", form=form, people=queries.staff(), button=ButtonForm(formdata=None), labels=ROLE_LABELS
    ), 422 if form.errors else 200


@blueprint.post("/staff/<int:person_id>/take/<role>")
@staff_may(Action.STAFF_MANAGE)
def take_role(person_id: int, role: str) -> ResponseReturnValue:
    with transaction():
        operations.take_staff_role(_person(person_id), _role(role), actor())
    notice(_("The role was taken back."))
    return see_other("accounts.staff")


@blueprint.post("/staff/<int:person_id>/active/<word>")
@staff_may(Action.STAFF_MANAGE)
def set_active(person_id: int, word: str) -> ResponseReturnValue:
    with transaction():
        operations.set_active(_person(person_id), word == "yes", actor())
    notice(_("Done."))
    return see_other("accounts.staff")


def _person(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(N_("There is no such person."))
    return person


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise NotFound(N_("There is no such role.")) from None
