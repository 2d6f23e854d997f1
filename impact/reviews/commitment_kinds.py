"""Commitments and amendments as things to review: their titles, what changed in them, and what they rest on.

`register_commitments` takes the tables and the publishing of the commitments room, so that this file
depends on its models alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from impact.actor import Actor
from impact.commitments.ambition import Asked
from impact.commitments.labels import LABELS, OF_TARGET, ROWS_OF_TARGET, ROWS_OF_TEXT, SAYS_ALSO, readable
from impact.commitments.models import Amendment, Commitment, Revision, Target
from impact.commitments.proposals import REASON_LABELS, asked_for, lines_of, sides
from impact.commitments.sketches import texts_of
from impact.commitments.specs import sentence_for
from impact.db import db
from impact.messages import gettext_noop as N_
from impact.reviews.models import Review
from impact.reviews.queries import previous_round
from impact.reviews.subjects import Check, Difference, EvidenceItem, SubjectKind, Words, register
from impact.workflow import Table

_PART = N_("Target %(number)s")
_SENTENCE = N_("In one sentence")


def _contents(commitment_id: int, numbers: Sequence[int | None]) -> list[Mapping[str, Any]]:
    """The texts of these revisions, in this order; nothing for one that there is not."""
    found = {
        row.number: row.content
        for row in db.session.scalars(
            select(Revision).where(Revision.commitment_id == commitment_id, Revision.number.in_(numbers))
        )
    }
    return [found.get(number or 0, {}) for number in numbers]


def differences_of_commitment(thing: Commitment, review: Review) -> Sequence[Difference]:
    """The submitted text beside that of the round before: each target, led by its sentence, then the rest of the text."""
    last = previous_round(review)
    numbers = [last.revision, review.revision] if last else [review.revision]
    texts = texts_of(_contents(thing.id, numbers), thing.targets)
    before, after = texts[0] if last else None, texts[-1]
    old = {target.public_id: target for target in before.targets} if before else {}
    rows: list[Difference] = []
    for target in after.targets:
        rows += _of_target(old.pop(target.public_id, None), target, target.position, is_first=before is None)
    for target in old.values():
        rows += _of_target(target, None, target.position, is_first=False)
    for name in ROWS_OF_TEXT:
        sides = readable(before, name) if before else "", readable(after, name)
        if any(side != "" for side in sides):
            rows.append(Difference(name, LABELS[name], *sides, is_first=before is None))
    return rows


def _of_target(before: Target | None, after: Target | None, number: int, *, is_first: bool) -> list[Difference]:
    """What is filled in on either side; a target that was put in or taken out has nothing on the other."""
    prefix = f"target:{(after or before).public_id}:"  # type: ignore[union-attr]
    said = _sentence(before), _sentence(after)
    lines: list[tuple[Any, ...]] = [(_SENTENCE_ROW, _SENTENCE, *said)] if any(said) else []
    for name in ROWS_OF_TARGET:
        sides = [readable(target, name) if target is not None else "" for target in (before, after)]
        if sides != ["", ""]:
            lines.append((name, LABELS[name], *sides))
    return [_line_of_target(prefix, number, *line, is_first=is_first) for line in lines]


_SENTENCE_ROW = "sentence"


def _sentence(target: Target | None) -> Any:
    return (sentence_for(target) or "") if target is not None else ""


def _line_of_target(
    prefix: str, number: int, name: str, label: str, before: Any, after: Any, *, is_first: bool = False
) -> Difference:
    return Difference(
        prefix + name,
        Words(OF_TARGET, {"number": number, "field": Words(label)}),
        before,
        after,
        is_first,
        part=Words(_PART, {"number": number}),
        short=label,
        leads=name == _SENTENCE_ROW,
        says_also=tuple(prefix + field for field in SAYS_ALSO.get(name, ())),
    )


def differences_of_amendment(thing: Amendment, review: Review) -> Sequence[Difference]:
    """What is in force beside what is asked for: each target in its computed sentence, then line by line; and why."""
    reason = Words(REASON_LABELS[thing.reason_code]) if thing.reason_code else ""
    return [
        *_asked_for(thing, brief=False),
        Difference("reason_code", N_("Reason"), "", reason, is_first=True),
        Difference("note", N_("Why it is amended"), "", thing.note, is_first=True),
    ]


def _asked_for(thing: Amendment, *, brief: bool) -> list[Difference]:
    rows = []
    for line in lines_of(thing, brief=brief):
        sides = (line.before or "", line.after or "")
        if line.number:
            prefix, name = line.field.rsplit(":", 1)
            rows.append(_line_of_target(f"{prefix}:", line.number, name, line.label, *sides))
        else:
            rows.append(Difference(line.field, line.label, *sides))
    return rows


def _gist_of_commitment(thing: Commitment) -> Sequence[Difference]:
    """Each target in its sentence."""
    return [
        _line_of_target(f"target:{row.public_id}:", row.position, _SENTENCE_ROW, _SENTENCE, "", said, is_first=True)
        for row in thing.targets
        for said in [_sentence(row) or row.scope]
        if said
    ]


def evidence_of_commitment(thing: Commitment) -> Sequence[EvidenceItem]:
    """The sources that its starting points rest on; links where the source is an address."""
    sources = [(target.baseline_source, target.scope) for target in thing.targets if target.baseline_source]
    if thing.recorded_source:
        sources.append((thing.recorded_source, ""))
    return [
        EvidenceItem(title=source, link=source if source.startswith(("https://", "http://")) else "", note=note)
        for source, note in sources
    ]


def _targets_of_commitment(thing: Commitment) -> Sequence[Asked]:
    return [Asked(target, target if thing.is_public else None) for target in thing.targets]


def _targets_of_amendment(thing: Amendment) -> Sequence[Asked]:
    """Those that it changes, as they would be."""
    changed = asked_for(thing)
    return [Asked(sides(thing, row)[1], row) for row in thing.commitment.targets if row.public_id in changed]


def _commitments(ids: Sequence[int], *, whole: bool = False) -> Mapping[int, Commitment]:
    """With their targets; `whole`: with everything that a target's sentence is made of."""
    rows = db.session.scalars(
        select(Commitment)
        .where(Commitment.id.in_(ids))
        .options(joinedload(Commitment.champion), *_with_targets(joinedload(Commitment.targets), whole))
    )
    return {row.id: row for row in rows.unique()}


def _amendments(ids: Sequence[int], *, whole: bool = False) -> Mapping[int, Amendment]:
    commitment = joinedload(Amendment.commitment)
    targets = _with_targets(commitment.joinedload(Commitment.targets), True) if whole else []
    rows = db.session.scalars(
        select(Amendment).where(Amendment.id.in_(ids)).options(commitment.joinedload(Commitment.champion), *targets)
    )
    return {row.id: row for row in rows.unique()}


def _with_targets(targets: Any, whole: bool) -> list[Any]:
    found = [targets.joinedload(Target.indicator)]
    return (
        [*found, targets.joinedload(Target.milestones), targets.joinedload(Target.condition_figures)]
        if whole
        else found
    )


def register_commitments(
    commitment_table: Table,
    amendment_table: Table,
    *,
    approve_commitment: Callable[[Commitment, Actor, str], None] | None = None,
    approve_amendment: Callable[[Amendment, Actor, str], None] | None = None,
    prechecks: Callable[[Commitment], Sequence[Check]] | None = None,
    amendment_prechecks: Callable[[Amendment], Sequence[Check]] | None = None,
) -> None:
    """Make both kinds reviewable. The two `approve` functions take the move "approve" with what belongs to it."""
    register(
        SubjectKind(
            kind="commitment",
            table=commitment_table,
            load=lambda number: _commitments([number], whole=True).get(number),
            load_many=_commitments,
            load_whole=lambda numbers: _commitments(numbers, whole=True),
            title=lambda thing, language: thing.headline or Words(N_("A commitment without a headline")),
            open_url=lambda thing: ("commitments.show", {"slug": thing.champion.slug, "public_id": thing.public_id}),
            prechecks=prechecks or (lambda thing: ()),
            differences=differences_of_commitment,
            evidence=evidence_of_commitment,
            targets=_targets_of_commitment,
            gist=_gist_of_commitment,
            approve=approve_commitment,
            revision=lambda thing: int(thing.revision),
            label=N_("Commitment"),
        )
    )
    register(
        SubjectKind(
            kind="amendment",
            table=amendment_table,
            load=lambda number: _amendments([number], whole=True).get(number),
            load_many=_amendments,
            load_whole=lambda numbers: _amendments(numbers, whole=True),
            title=lambda thing, language: Words(
                N_("Amendment of “%(headline)s”"), {"headline": thing.commitment.headline}
            ),
            open_url=lambda thing: (
                "commitments.amendment",
                {
                    "slug": thing.commitment.champion.slug,
                    "public_id": thing.commitment.public_id,
                    "amendment_id": thing.public_id,
                },
            ),
            prechecks=amendment_prechecks or (lambda thing: ()),
            differences=differences_of_amendment,
            evidence=lambda thing: evidence_of_commitment(thing.commitment),
            targets=_targets_of_amendment,
            gist=lambda thing: _asked_for(thing, brief=True),
            approve=approve_amendment,
            label=N_("Amendment"),
            language=lambda thing: str(thing.commitment.language),
        )
    )
