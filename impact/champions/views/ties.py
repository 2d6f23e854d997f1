"""Ties: what a member of staff declares about an organisation, and then decides nothing about it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from impact import i18n
from impact.champions import operations, queries
from impact.champions.forms import ConflictForm, TieForm
from impact.champions.views.room import blueprint
from impact.db import transaction
from impact.errors import Invalid
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may


@blueprint.route("/ties", methods=["GET", "POST"])
@staff_may(Action.REVIEW_SEE)
def ties() -> ResponseReturnValue:
    """One's own ties, and a form to declare another; administrators see everybody's declarations."""
    form = TieForm()
    known = {champion.slug: champion for champion in queries.champions_by_name()}
    form.champion.choices = [("", _("Choose the organisation"))] + [
        (slug, champion.name_in(i18n.current())) for slug, champion in known.items()
    ]
    if form.taken():
        try:
            with transaction():
                operations.declare_conflict(current_user.person, known[form.champion.data], form.reason.data or "")
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Your tie is noted. You decide nothing about this organisation from now on."))
            return see_other("champions.ties")
    sees_all = may(actor(), Action.STAFF_MANAGE)
    return render_template(
        "champions/ties.html",
        form=form,
        declared=queries.conflicts_of(current_user.person),
        memberships=queries.memberships_of(current_user.person),
        everybody=queries.all_conflicts() if sees_all else [],
        sees_all=sees_all,
    ), 422 if form.errors else 200


@blueprint.route("/programme/champions/<champion_slug>/tie", methods=["GET", "POST"])
@staff_may(Action.REVIEW_SEE)
def declare_conflict(champion_slug: str) -> ResponseReturnValue:
    """A member of staff says that they have a tie to this organisation."""
    champion = queries.champion_by_slug(champion_slug)
    form = ConflictForm()
    if form.taken():
        try:
            with transaction():
                operations.declare_conflict(current_user.person, champion, form.reason.data or "")
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Your tie is noted. You decide nothing about this organisation from now on."))
            return see_other("champions.ties")
    return render_template("champions/conflict.html", form=form, champion=champion), 422 if form.errors else 200
