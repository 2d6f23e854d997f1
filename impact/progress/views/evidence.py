"""Evidence: add a file or a link, remove it, open it."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact.champions.guards import of_champion
from impact.champions.models import Champion
from impact.db import db, transaction, writing
from impact.downloads import file_response
from impact.errors import Invalid, NotFound
from impact.guards import public
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action, require_sight
from impact.progress import operations, queries
from impact.progress.forms import EvidenceForm
from impact.progress.models import Figure
from impact.progress.views.figures import figure_form, figure_of, figure_page
from impact.progress.views.room import blueprint


@blueprint.post("/organisations/<slug>/figures/<int:year>/<target_public_id>/evidence")
@of_champion(Action.PROGRESS_WRITE)
def add_evidence(champion: Champion, year: int, target_public_id: str) -> ResponseReturnValue:
    """A file or a link."""
    form = EvidenceForm()
    found = figure_of(champion, year, target_public_id)
    if form.taken():
        upload = request.files.get("file")
        is_public = form.seen_by.data == "public"
        try:
            with transaction():
                if upload is not None and upload.filename:
                    operations.add_evidence_file(
                        found, upload.stream, upload.filename, form.title.data or "", is_public, actor()
                    )
                elif form.url.data:
                    operations.add_evidence_link(found, form.url.data, form.title.data or "", is_public, actor())
                else:
                    raise Invalid(
                        N_("Choose a file or give a web address."),
                        {"file": (N_("Choose a file or give a web address"), {})},
                    )
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            notice(_("The evidence is added."))
            return redirect(
                url_for("progress.figure", slug=champion.slug, year=year, target_public_id=target_public_id)
                + "#evidence",
                303,
            )
    found = figure_of(champion, year, target_public_id)
    return figure_page(champion, found, figure_form(found, stored_only=True), form)


@blueprint.post("/organisations/<slug>/evidence/<public_id>/remove")
@of_champion(Action.PROGRESS_WRITE)
def remove_evidence(champion: Champion, public_id: str) -> ResponseReturnValue:
    piece, _is_public = queries.evidence_by_public_id(public_id)
    if piece.champion_id != champion.id or piece.figure_id is None:
        raise NotFound(N_("There is no such file."))
    figure = db.session.get_one(Figure, piece.figure_id)
    with transaction():
        operations.remove_evidence(piece, actor())
    notice(_("The evidence is removed."))
    assert figure.report is not None
    return see_other(
        "progress.figure",
        slug=champion.slug,
        year=figure.report.window.year,
        target_public_id=figure.target.public_id,
    )


@blueprint.get("/evidence/<public_id>")
@public
def evidence(public_id: str) -> ResponseReturnValue:
    """A download, or where the link leads. Confidential evidence exists only for the organisation's people and for those who review."""
    piece, is_public = queries.evidence_by_public_id(public_id)
    if not is_public:
        g.is_private = True
        require_sight(actor(), Action.EVIDENCE_SEE_CONFIDENTIAL, piece.champion_id)
        if piece.champion_id not in actor().champion_ids:
            # The request only reads so far; the entry is a write of its own, in a transaction of its own.
            db.session.rollback()
            with writing(), transaction():
                operations.note_opening(piece, actor())
    if piece.url:
        # Not sent on at once: an address of ours that leads elsewhere by itself would lend others our good name.
        return render_template("progress/outside.html", piece=piece)
    return file_response(piece.sha256, piece.file_name, piece.content_type, public=is_public)
