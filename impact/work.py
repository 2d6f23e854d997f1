"""Where somebody lands after signing in: the page of what they are there for."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from impact import i18n
from impact.champions.models import Champion
from impact.champions.queries import applications_of, champions_by_slugs, number_of_undecided
from impact.champions.waiting import waiting_for
from impact.guards import signed_in
from impact.i18n import gettext as _
from impact.i18n import ngettext
from impact.messages import gettext_noop as N_
from impact.pages import actor, link, navigation, see_other
from impact.reviews import queries as reviews

blueprint = Blueprint("work", __name__)

#: What is done behind each door of the staff.
DOORS = {
    "reviews.desk": N_("What champions submitted, the longest waiting first."),
    "reviews.approvals": N_("What a reviewer recommended and a second person decides."),
    "champions.applications": N_("Who wants to become a champion: vet, ask, admit or decline; invite somebody."),
    "champions.cohorts": N_("Seats and waiting lists; open a cohort, close one with its evaluation."),
    "progress.windows": N_("Which figures are due when, who is late, and reminders."),
    "reports.many": N_("Each year's report of all champions: draw it up, recommend it, correct it."),
    "indicators.index": N_("The catalogue that targets are set against: add, retire, bring back."),
    "accounts.staff": N_("Who reviews, approves, runs the programme and administers."),
    "administration.jobs": N_("What is done in the background, and the outbox; try again what failed."),
    "administration.history": N_("Who did what to which, when and why."),
}

#: How many wait behind a door, counted up to a bound.
WAITING: dict[str, Callable[[int], int]] = {
    "reviews.desk": reviews.number_waiting,
    "reviews.approvals": reviews.number_to_approve,
    "champions.applications": number_of_undecided,
}
MOST_COUNTED = 99


@blueprint.get("/work")
@signed_in
def start() -> ResponseReturnValue:
    """The champion's overview for its people, one's application for applicants, a list of doors for staff.

    Who belongs to several organisations sees them all, and what waits in each.
    """
    slugs = [slug for slug, _name in actor().champions]
    if len(slugs) == 1:
        return see_other("champions.overview", slug=slugs[0])
    mine = applications_of(current_user.person.email)
    if mine and not actor().staff and not slugs:
        return see_other("champions.own_application", public_id=mine[0].public_id)
    return render_template(
        "work/start.html",
        items=[] if slugs and not actor().staff else _doors(),
        name=actor().name,
        applications=mine,
        organisations=[_organisation(champion) for champion in champions_by_slugs(slugs)],
    )


def _doors() -> list[dict[str, object]]:
    """The items of the navigation but the reader's own account, each with what is done there."""
    endpoints = {link(endpoint): endpoint for endpoint in DOORS}
    doors: list[dict[str, object]] = []
    for item in navigation()[:-1]:
        endpoint = endpoints.get(item.url, "")
        hint = _(DOORS[endpoint]) if endpoint else ""
        doors.append({"label": item.label, "url": item.url, "hint": hint, "waiting": _waiting_behind(endpoint)})
    return doors


def _waiting_behind(endpoint: str) -> str:
    """How much waits behind a door of the staff; nothing where nothing ever waits."""
    if endpoint not in WAITING:
        return ""
    number = WAITING[endpoint](MOST_COUNTED)
    if number > MOST_COUNTED:
        return _("More than %(num)s are waiting", num=i18n.number(MOST_COUNTED))
    return ngettext("%(num)s is waiting", "%(num)s are waiting", number) if number else _("Nothing is waiting")


def _organisation(champion: Champion) -> dict[str, object]:
    """What waits for the reader in one organisation, in finished words with the pages where it is done."""
    return {
        "name": champion.name_in(i18n.current()),
        "url": url_for("champions.overview", slug=champion.slug),
        "waiting": [
            (i18n.say(task.message, task.values), url_for(task.endpoint, **task.address))
            for task in waiting_for(champion, actor())
        ],
    }
