"""One edition as its people see it, and the steps it can take."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import transaction
from impact.errors import Invalid, InvalidState
from impact.i18n import gettext as _
from impact.pages import actor, notice, see_other
from impact.permissions import Action, may
from impact.workflow import available
from reports import operations, prechecks, queries
from reports.asking import ask_for_all, ask_for_file
from reports.forms import CorrectionForm, ReturnForm
from reports.models import Edition
from reports.names import LANGUAGES
from reports.shown import shown
from reports.tiers import is_unchanged, tiers_of
from reports.views.room import blueprint, champion_page, check_in_words, files_of
from reports.withheld import withheld_of
from reports.workflow import EDITION

ONE = "/organisations/<slug>/editions/<code>"


@blueprint.get(ONE)
@of_champion(Action.CHAMPION_SEE)
def edition(champion: Champion, code: str) -> ResponseReturnValue:
    """What the edition says, where it stands, and what the reader may do with it."""
    return _page(champion, queries.edition_of(champion, code))


def _page(
    champion: Champion, found: Edition, *, returning: ReturnForm | None = None, correcting: CorrectionForm | None = None
) -> ResponseReturnValue:
    may_correct = found.state == "sealed" and may(actor(), Action.REPORT_MAKE, champion.id)
    missing = prechecks.of_edition(found) if not found.is_sealed else []
    page = champion_page(
        "reports/edition.html",
        champion,
        edition=found,
        shown=shown(found),
        checks=[check_in_words(one) for one in missing],
        has_errors=any(one.is_error for one in missing),
        actions=available(EDITION, found, actor()),
        files=files_of(found, queries.jobs_of(found.files)),
        is_withheld=found.is_sealed and bool(withheld_of(champion, [found])),
        signed_by=queries.name_of_leader(found),
        newer=queries.newer_than(found),
        is_outdated=may_correct
        and found.window is not None
        and not is_unchanged(found, tiers_of(champion, found.window)),
        languages_of_reports=LANGUAGES,
        may_read=found.is_sealed or may(actor(), Action.REPORT_SEE_CONFIDENTIAL, champion.id),
        returning=returning or ReturnForm(formdata=None, prefix="return-"),
        correcting=correcting or CorrectionForm(formdata=None, prefix="correct-"),
    )
    refused = bool(returning and returning.errors) or bool(correcting and correcting.errors)
    return page, 422 if refused else 200


def _back(champion: Champion, code: str, said: str) -> ResponseReturnValue:
    notice(said)
    return see_other("reports.edition", slug=champion.slug, code=code)


@blueprint.post(f"{ONE}/anew")
@of_champion(Action.REPORT_MAKE)
def anew(champion: Champion, code: str) -> ResponseReturnValue:
    """The draft again from what is published now, under the same number."""
    with transaction():
        found = queries.edition_of(champion, code)
        if found.state != "draft" or found.window is None:
            raise InvalidState(operations.ON_ITS_WAY)
        operations.draw_up(champion, found.window, actor())
    return _back(champion, code, _("The edition is drawn up anew, from what is published now."))


@blueprint.post(f"{ONE}/send")
@of_champion(Action.REPORT_MAKE)
def send(champion: Champion, code: str) -> ResponseReturnValue:
    with transaction():
        operations.send_to_leader(queries.edition_of(champion, code), actor())
    return _back(champion, code, _("The edition is with the leader."))


@blueprint.post(f"{ONE}/take-back")
@of_champion(Action.REPORT_MAKE)
def take_back(champion: Champion, code: str) -> ResponseReturnValue:
    with transaction():
        operations.take_back(queries.edition_of(champion, code), actor())
    return _back(champion, code, _("The edition is a draft again."))


@blueprint.post(f"{ONE}/sign")
@of_champion(Action.REPORT_SIGN_OFF)
def sign(champion: Champion, code: str) -> ResponseReturnValue:
    """The leader signs off the edition with the digest that was shown."""
    with transaction():
        operations.sign_off(queries.edition_of(champion, code), request.form.get("digest", ""), actor())
    return _back(champion, code, _("Signed off. UN Women reviews the edition now."))


@blueprint.post(f"{ONE}/return")
@of_champion(Action.REPORT_SIGN_OFF)
def give_back(champion: Champion, code: str) -> ResponseReturnValue:
    form = ReturnForm(prefix="return-")
    if form.taken():
        try:
            with transaction():
                operations.return_to_writers(queries.edition_of(champion, code), form.reason.data or "", actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _back(champion, code, _("The edition is back with its writers."))
    return _page(champion, queries.edition_of(champion, code), returning=form)


@blueprint.post(f"{ONE}/correct")
@of_champion(Action.REPORT_MAKE)
def correct(champion: Champion, code: str) -> ResponseReturnValue:
    """The next edition, with a reason and the list of what it changes."""
    form = CorrectionForm(prefix="correct-")
    if form.taken():
        try:
            with transaction():
                found = queries.edition_of(champion, code)
                if found.window is None:
                    raise InvalidState(operations.ON_ITS_WAY)
                made = operations.draw_up(champion, found.window, actor(), form.reason.data or "").code
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _back(champion, made, _("The correction is drawn up. Read it, then send it to the leader."))
    return _page(champion, queries.edition_of(champion, code), correcting=form)


@blueprint.post(f"{ONE}/files/<tier>/<language>")
@of_champion(Action.REPORT_MAKE)
def again(champion: Champion, code: str, tier: str, language: str) -> ResponseReturnValue:
    """Try a file again that could not be made, of this very edition."""
    with transaction():
        ask_for_file(queries.edition_of(champion, code), language, actor(), tier)
    return _back(champion, code, _("The file is being made. You get a letter when it is ready."))


@blueprint.post(f"{ONE}/files")
@of_champion(Action.REPORT_MAKE)
def files(champion: Champion, code: str) -> ResponseReturnValue:
    """Every file that is missing, for instance in a language that was added since."""
    with transaction():
        ask_for_all(queries.edition_of(champion, code), actor())
    return _back(champion, code, _("The missing files are being made."))
