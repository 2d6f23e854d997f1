"""Where somebody lands after signing in: the page of what they are there for."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from impact import i18n
from impact.champions.models import Champion
from impact.champions.queries import applications_of, champions_by_slugs
from impact.champions.waiting import waiting_for
from impact.guards import signed_in
from impact.pages import actor, navigation, see_other

blueprint = Blueprint("work", __name__)


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
        items=[] if slugs and not actor().staff else navigation()[:-1],
        name=actor().name,
        applications=mine,
        organisations=[_organisation(champion) for champion in champions_by_slugs(slugs)],
    )


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
