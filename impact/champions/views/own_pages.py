"""A champion's own pages: overview, particulars, leaders."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.actor import ROLE_LABELS
from impact.champions import operations, queries
from impact.champions.forms import ChampionForm, LeaderForm, StatementForm
from impact.champions.guards import of_champion
from impact.champions.models import CONSTITUENCY_LABELS, STANDING_LABELS, Champion, Constituency, Standing
from impact.champions.views.room import blueprint
from impact.champions.waiting import waiting_for
from impact.db import transaction
from impact.errors import Invalid, NotFound
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.places.countries import by_iso3


def about(champion: Champion) -> dict[str, Any]:
    """What every page of a champion is given: the champion, and the strip where it is invented."""
    return {
        "champion": champion,
        "is_demonstration": champion.is_demonstration,
        "demonstration_sentence": _("%(name)s and every figure on this page are made up.", name=champion.name),
    }


@blueprint.get("/organisations/<slug>/")
@of_champion(Action.CHAMPION_SEE)
def overview(champion: Champion) -> ResponseReturnValue:
    """Particulars, standing, leader, and the doors to the other rooms."""
    return render_template(
        "champions/overview.html",
        **about(champion),
        country=by_iso3(champion.country).name(i18n.current()),
        constituency=_(CONSTITUENCY_LABELS[Constituency(champion.constituency)]),
        standing=_(STANDING_LABELS[Standing(champion.standing)]),
        waiting=[
            (i18n.say(task.message, task.values), url_for(task.endpoint, **task.address))
            for task in waiting_for(champion, actor())
        ],
        term=queries.current_term(champion),
        members=queries.members_of(champion),
        changes=queries.standing_changes(champion),
        may_edit=may(actor(), Action.CHAMPION_EDIT, champion.id),
        may_compare=may(actor(), Action.BENCHMARK_SEE, champion.id),
        may_change_standing=may(actor(), Action.STANDING_CHANGE, champion.id),
        role_labels=ROLE_LABELS,
        standing_labels=STANDING_LABELS,
    )


@blueprint.route("/organisations/<slug>/particulars", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_EDIT)
def particulars(champion: Champion) -> ResponseReturnValue:
    form = ChampionForm(
        data={
            "name": champion.name,
            "name_fr": champion.names.get("fr", ""),
            "name_ar": champion.names.get("ar", ""),
            "sector": champion.sector,
            "size": champion.size,
            "website": champion.website,
        }
    )
    if form.taken():
        names = {
            **champion.names,
            "fr": form.name_fr.data or "",
            "ar": form.name_ar.data or "",
        }
        try:
            with transaction():
                operations.change_particulars(
                    champion,
                    name=form.name.data or "",
                    names=names,
                    sector=form.sector.data or "",
                    size=int(form.size.data) if form.size.data is not None else None,
                    website=form.website.data or "",
                    actor=actor(),
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("Saved."))
            return see_other("champions.overview", slug=champion.slug)
    return render_template("champions/particulars.html", form=form, **about(champion)), 422 if form.errors else 200


@blueprint.route("/organisations/<slug>/leaders", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_EDIT)
def leaders(champion: Champion) -> ResponseReturnValue:
    """Every term so far; a new leader begins one."""
    form = LeaderForm()
    people = {person.email: person for person, _roles in queries.members_of(champion)}
    form.person.choices = [("", _("Nobody yet"))] + [(email, person.name) for email, person in people.items()]
    if form.taken():
        try:
            with transaction():
                operations.start_term(
                    champion,
                    form.name.data or "",
                    form.office.data or "",
                    form.since.data,
                    actor(),
                    people.get(form.person.data),
                    statement=form.statement.data or "",
                    statement_language=i18n.current(),
                )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The new leader’s term has begun. The former one stays in the history."))
            return see_other("champions.leaders", slug=champion.slug)
    return render_template(
        "champions/leaders.html", form=form, term=queries.current_term(champion), **about(champion)
    ), 422 if form.errors else 200


@blueprint.route("/organisations/<slug>/statement", methods=["GET", "POST"])
@of_champion(Action.CHAMPION_EDIT)
def statement(champion: Champion) -> ResponseReturnValue:
    """The present leader's words."""
    term = queries.current_term(champion)
    if term is None:
        raise NotFound(N_("No leader is recorded yet."))
    form = StatementForm(data={"statement": term.statement, "language": term.statement_language})
    form.offer_choices()
    if form.taken():
        with transaction():
            operations.change_statement(term, form.statement.data or "", form.language.data, actor())
        notice(_("Saved."))
        return see_other("champions.leaders", slug=champion.slug)
    return render_template(
        "champions/statement.html", form=form, term=term, **about(champion)
    ), 422 if form.errors else 200
