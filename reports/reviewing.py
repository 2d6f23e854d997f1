"""An edition on the reviewer's desk: what the review room needs to know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from impact import i18n
from impact.db import db
from impact.indicators.kinds import Value
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.progress.workflow import STATUS_LABELS
from impact.reviews.criteria import OF_A_YEAR
from impact.reviews.models import Review
from impact.reviews.subjects import Difference, SubjectKind, Words, register
from reports import operations, prechecks, queries
from reports.models import Edition
from reports.said import Said
from reports.snapshot_types import Snapshot
from reports.tiers import read
from reports.workflow import EDITION


def _load(edition_id: int) -> Edition | None:
    return _load_many([edition_id]).get(edition_id)


def _load_many(ids: Sequence[int]) -> Mapping[int, Edition]:
    rows = db.session.scalars(
        select(Edition).where(Edition.id.in_(ids)).options(joinedload(Edition.champion), joinedload(Edition.window))
    )
    return {edition.id: edition for edition in rows}


def _title(edition: Edition, language: str) -> Words:
    values = {"year": str(edition.year), "number": edition.number}
    return Words(N_("Annual report %(year)s, edition %(number)s"), values)


def _open_url(edition: Edition) -> tuple[str, Mapping[str, Any]]:
    assert edition.champion is not None
    return "reports.edition", {"slug": edition.champion.slug, "code": edition.code}


def _read_url(edition: Edition) -> tuple[str, Mapping[str, Any]]:
    return "editions.page", {"code": edition.code, "lang": i18n.current()}


def _language(edition: Edition) -> str:
    snapshot = read(edition)
    return snapshot.commitments[0].headline.language if snapshot and snapshot.commitments else "en"


def _differences(edition: Edition, review: Review) -> Sequence[Difference]:
    """What the edition says, line by line; in a correction beside what the edition before says."""
    snapshot = read(edition)
    before = read(queries.edition_before(edition)) if edition.number > 1 else None
    if snapshot is None:
        return []
    old = {line.field: line.after for line in _lines(before)} if before is not None else {}
    lines = [
        Difference(line.field, line.label, old.get(line.field, ""), line.after, before is None, line.part, line.short)
        for line in _lines(snapshot)
    ]
    if edition.reason:
        lines.insert(0, Difference("reason", N_("Why there is a correction"), "", edition.reason, is_first=True))
    return lines


def _lines(snapshot: Snapshot) -> Iterator[Difference]:
    if snapshot.statement is not None:
        yield Difference("statement", N_("Statement of the leader"), "", Said(snapshot.statement.text))
    for commitment in snapshot.commitments:
        for number, target in enumerate(commitment.targets, start=1):
            field = f"commitment:{commitment.number}:{number}"
            name = Said(target.indicator.name)
            # Of several targets each says which it is.
            part = name if len(commitment.targets) > 1 else Said(commitment.headline)
            status = Words(STATUS_LABELS[target.verdict.status])
            yield Difference(f"{field}:status", name, "", status, part=part, short=N_("Status"))
            now = next((figure for figure in target.figures if figure.year == snapshot.year), None)
            if now is not None and now.value is not None:
                value = Value(now.value, target.indicator.unit)
                yield Difference(f"{field}:value", name, "", value, part=part, short=N_("Figure of the year"))
            for key, label, text in (
                ("narrative", N_("What was done"), target.narrative),
                ("worked", N_("What worked"), target.worked),
                ("obstacles", N_("Obstacles"), target.obstacles),
                ("next_steps", N_("Next steps"), target.next_steps),
            ):
                if text is not None:
                    yield Difference(f"{field}:{key}", name, "", Said(text), part=part, short=label)


def _gist(edition: Edition) -> Sequence[Difference]:
    """Each status, in a list of several things."""
    snapshot = read(edition)
    lines = _lines(snapshot) if snapshot is not None else iter(())
    return [replace(line, is_first=True) for line in lines if line.field.endswith(":status")]


EDITION_KIND = register(
    SubjectKind(
        kind="edition",
        table=EDITION,
        criteria=OF_A_YEAR,
        load=_load,
        load_many=_load_many,
        title=_title,
        open_url=_open_url,
        read_url=_read_url,
        prechecks=prechecks.for_the_desk,
        differences=_differences,
        gist=_gist,
        on_returned=operations.returned,
        approve=operations.seal,
        approving=N_(
            "Approving seals the report. It is public at once, and from then on only a new edition corrects it."
        ),
        label=N_("Annual report"),
        language=_language,
        writing=Action.PROGRESS_WRITE,
    )
)
