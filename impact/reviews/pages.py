"""What the pages of one review show, gathered in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from impact.i18n import gettext, say, show
from impact.reviews import queries
from impact.reviews.criteria import CRITERIA, OUTCOMES, STEPS
from impact.reviews.marking import Pieces, marked
from impact.reviews.models import Remark, Review
from impact.reviews.subjects import Difference, kind_named, subject_of


@dataclass(frozen=True)
class Row:
    """One field as the page prints it."""

    field: str
    label: str
    before: Pieces
    after: Pieces
    changed: bool
    remarks: list[Remark]


def printed(value: Any) -> str:
    """A side of a difference or a title in the reader's language; nothing for None."""
    return "" if value is None else show(value)


def row(difference: Difference, remarks: dict[str, list[Remark]]) -> Row:
    before, after = printed(difference.before), printed(difference.after)
    sides: tuple[Pieces, Pieces] = ([("same", before)], [("same", after)])
    if difference.changed:
        sides = marked(before, after)
    label = say(difference.label) if isinstance(difference.label, str) else show(difference.label)
    return Row(difference.field, label, *sides, difference.changed, remarks.get(difference.field, []))


def everything(review: Review, *, told_only: bool = False) -> dict[str, Any]:
    """The names of the templates item.html, approval.html and outcome.html."""
    kind = kind_named(review.subject_kind)
    thing = subject_of(review)
    rounds = queries.rounds(review.subject_kind, review.subject_id)
    remarks = queries.remarks_by_field(rounds, told_only=told_only)
    differences = kind.differences(thing, review)
    rows = [row(difference, remarks) for difference in differences]
    known = {item.field for item in rows}
    history = queries.history(review)
    hidden = {"remark_added", "remark_settled", "scored"} if told_only else set()
    endpoint, values = kind.open_url(thing)
    return {
        "review": review,
        "thing": thing,
        "champion": review.champion,
        "title": printed(kind.title(thing, "")),
        "written_in": kind.language(thing),
        "kind_label": gettext(kind.label),
        "rounds": rounds,
        "previous": next((item for item in rounds if item.round == review.round - 1), None),
        "rows": rows,
        # An amendment has two sides at its first round already: what is in force, and what is asked for.
        "two_sides": any(not difference.is_first for difference in differences),
        "changed_rows": [item for item in rows if item.changed or item.remarks or review.round == 1],
        "same_rows": [item for item in rows if not (item.changed or item.remarks or review.round == 1)],
        "other_remarks": [remark for field, found in remarks.items() if field not in known for remark in found],
        "remarks": remarks,
        "labels": {item.field: item.label for item in rows},
        "checks": kind.prechecks(thing),
        "evidence": kind.evidence(thing),
        "history": [entry for entry in history if entry.action not in hidden],
        "steps": STEPS,
        "criteria": CRITERIA,
        "outcomes": OUTCOMES,
        "own_page": (endpoint, values),
        "age": queries.age_of(review),
        "is_claimed": queries.is_claimed(review),
        "answerers": queries.names_of(
            {remark.answered_by_id for found in remarks.values() for remark in found if remark.answered_by_id}
        ),
        "is_demonstration": review.champion.is_demonstration,
        "demonstration_sentence": gettext(
            "%(name)s and every figure on this page are made up.", name=review.champion.name
        ),
    }
