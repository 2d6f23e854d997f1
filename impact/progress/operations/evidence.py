"""Evidence of a figure: a file kept under its digest, or a link."""

from __future__ import annotations

from typing import IO
from urllib.parse import urlsplit

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.db import db
from impact.errors import Invalid, InvalidState
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import Evidence, Figure, ProgressReport
from impact.progress.operations.figures import must_be_open
from impact.uploads import check_upload, keep

#: More than this is a sign that a list should be one file.
MOST_PIECES = 20


def add_evidence_file(
    figure: Figure, stream: IO[bytes], filename: str, title: str, is_public: bool, actor: Actor
) -> Evidence:
    """Look into the file and keep it. Raises Invalid with a sentence naming the file and the rule."""
    report = _may_add(figure, actor)
    checked = check_upload(stream, filename)
    digest = keep(checked)
    piece = Evidence(
        title=(title.strip() or checked.file_name)[:200],
        sha256=digest,
        file_name=checked.file_name,
        content_type=checked.content_type,
        size=checked.size,
        is_public=is_public,
    )
    return _added(figure, report, piece, actor)


def add_evidence_link(figure: Figure, url: str, title: str, is_public: bool, actor: Actor) -> Evidence:
    """A web address as evidence; only http and https."""
    report = _may_add(figure, actor)
    address = url.strip()
    parts = urlsplit(address)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or len(address) > 500
        or any(c.isspace() for c in address)
    ):
        raise Invalid(
            N_("Give a full web address."), {"url": (N_("Give a full web address that begins with https://"), {})}
        )
    return _added(
        figure, report, Evidence(title=(title.strip() or address)[:200], url=address, is_public=is_public), actor
    )


def _may_add(figure: Figure, actor: Actor) -> ProgressReport:
    require(actor, Action.PROGRESS_WRITE, figure.target.commitment.champion_id)
    report = must_be_open(figure.report)
    if sum(1 for piece in figure.evidence if piece.removed_at is None) >= MOST_PIECES:
        raise Invalid(N_("There are 20 pieces of evidence already. Put several into one file."))
    return report


def _added(figure: Figure, report: ProgressReport, piece: Evidence, actor: Actor) -> Evidence:
    piece.champion_id = report.champion_id
    piece.added_at = clock.now()
    piece.added_by_id = actor.person_id
    figure.evidence.append(piece)
    db.session.flush()
    record(
        actor,
        "evidence_added",
        report,
        details={
            "figure": figure.public_id,
            "evidence": piece.public_id,
            "title": piece.title,
            "sha256": piece.sha256,
            "url": piece.url,
            "is_public": piece.is_public,
        },
    )
    return piece


def remove_evidence(piece: Evidence, actor: Actor) -> None:
    """Only while the report is open; the row stays and says when it was removed."""
    figure = db.session.get(Figure, piece.figure_id) if piece.figure_id else None
    if figure is None:
        raise InvalidState(N_("This evidence does not belong to a figure."))
    require(actor, Action.PROGRESS_WRITE, piece.champion_id)
    report = must_be_open(figure.report)
    if piece.removed_at is not None:
        return
    piece.removed_at = clock.now()
    record(actor, "evidence_removed", report, details={"figure": figure.public_id, "evidence": piece.public_id})


def note_opening(piece: Evidence, actor: Actor) -> None:
    """A member of staff opened confidential evidence: it stays in the history of the year's figures."""
    require(actor, Action.EVIDENCE_SEE_CONFIDENTIAL, piece.champion_id)
    figure = db.session.get(Figure, piece.figure_id) if piece.figure_id else None
    subject = figure.report if figure is not None else piece
    record(actor, "evidence_opened", subject, details={"evidence": piece.public_id, "title": piece.title})
