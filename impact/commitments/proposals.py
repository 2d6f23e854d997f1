"""What an amendment asks for, read from its changes: old and new side by side, its checks, and its digest.

Nothing here writes. The changes are [{"target": public id or "", "field", "old", "new"}] with JSON texts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from impact import clock
from impact.commitments import checks
from impact.commitments.checks import Problem
from impact.commitments.content import FIELDS, as_json, digest_of, from_json
from impact.commitments.labels import LABELS, ROWS_OF_TARGET, ROWS_OF_TEXT, fields_said, readable
from impact.commitments.models import Amendment, Commitment, Target
from impact.commitments.specs import before_amendment, read_change, sentence_for, spec_of, starting_share, with_values
from impact.indicators.kinds import raised_or_lowered
from impact.messages import gettext_noop as N_

#: What may be amended: of a target; and of the commitment itself, where the target of a change is "".
AMENDABLE = (
    "scope",
    "baseline_numerator",
    "baseline_denominator",
    "baseline_value",
    "baseline_date",
    "baseline_is_year",
    "baseline_source",
    "baseline_due",
    "value",
    "value_denominator",
    "due",
    "due_is_year",
    "milestones",
    "method",
)
#: Beside these, of a conditional target: when it is due at all, and what is due then.
AMENDABLE_CONDITION = ("condition_words", "condition_operator", "condition_threshold", "inner_kind")
AMENDABLE_OF_COMMITMENT = ("headline", "why", "actions", "responsible", "ends_on")

REASON_LABELS: dict[str, str] = {
    "baseline_corrected": N_("The starting point was corrected"),
    "method_changed": N_("The method changed"),
    "scope_changed": N_("The scope changed"),
    "date_moved": N_("The date was moved"),
    "target_raised": N_("The target was raised"),
    "target_lowered": N_("The target was lowered"),
    "new_leader": N_("A new leader decided so"),
    "outside_event": N_("An event outside the organisation"),
    "other": N_("Another reason"),
}
#: Rows that a target's sentence tells already.
_IN_THE_SENTENCE = frozenset({"baseline_value", "value", "due", "inner_kind"})


def amendable(target: Target) -> tuple[str, ...]:
    """The fields of this target that an amendment may change; its indicator and its kind make it this target."""
    return AMENDABLE + AMENDABLE_CONDITION if target.kind == "conditional" else AMENDABLE


def asked_for(amendment: Amendment, side: str = "new") -> dict[str, dict[str, Any]]:
    """{address of the target, or "" for the commitment: {field: JSON value}} of one side of the changes."""
    found: dict[str, dict[str, Any]] = {}
    for change in amendment.changes:
        name, value = str(change["field"]), read_change(change.get(side))
        if value is None and name not in _MAY_BE_NULL:
            value = ""
        found.setdefault(str(change.get("target") or ""), {})[name] = value
    return found


_MAY_BE_NULL = frozenset(
    {"baseline_value", "baseline_numerator", "baseline_denominator", "baseline_date", "baseline_due", "value"}
    | {"value_denominator", "due", "ends_on", "condition_threshold", "inner_kind"}
)


def with_share(target: Target, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the share that follows from two counts, which is then part of what is asked for."""
    whole = dict(values)
    counts = [
        from_json(name, as_json(values[name])) if name in values else getattr(target, name)
        for name in ("baseline_numerator", "baseline_denominator")
    ]
    touched = {"baseline_numerator", "baseline_denominator", "baseline_value"} & set(values)
    if touched and counts[0] is not None and counts[1] and target.indicator is not None:
        whole["baseline_value"] = as_json(starting_share(Decimal(counts[0]), Decimal(counts[1]), target))
    return whole


def proposed(amendment: Amendment, target: Target) -> Target:
    """The target as it would be, with what could not be read yet; a copy outside the database."""
    copy = with_values(target, asked_for(amendment).get(target.public_id, {}))
    copy.typed = dict((amendment.typed or {}).get(target.public_id, {}))
    return copy


def sides(amendment: Amendment, target: Target) -> tuple[Target, Target]:
    """The target before and after this amendment, whatever was amended since."""
    if amendment.number is not None:
        before = before_amendment(target, amendment.number) or target
        return before, before_amendment(target, amendment.number + 1) or target
    old, new = (asked_for(amendment, side).get(target.public_id, {}) for side in ("old", "new"))
    return with_values(target, old), with_values(target, new)


def text_as(commitment: Commitment, values: Mapping[str, Any]) -> Commitment:
    """The commitment's own fields with other JSON values; a copy outside the database, without targets."""
    columns = {name: from_json(name, values[name]) if name in values else getattr(commitment, name) for name in FIELDS}
    return Commitment(public_id=commitment.public_id, typed={}, warning_answers={}, **columns)


@dataclass(frozen=True)
class Line:
    """One line of the comparison. `number` is the target's place, 0 for the commitment itself; sides are for `i18n.show`.

    `field` is named as remarks name it; "target:<public id>:sentence" is the whole target in words.
    """

    field: str
    number: int
    label: str
    before: Any
    after: Any


def lines_of(amendment: Amendment, *, brief: bool = False, without_counts: Collection[str] = ()) -> list[Line]:
    """Everything that changes; `brief` leaves out what a changed sentence tells already.

    `without_counts`: public ids of targets of which no count may be told.
    """
    fields = asked_for(amendment)
    lines: list[Line] = []
    if fields.get(""):
        old = text_as(amendment.commitment, asked_for(amendment, "old")[""])
        new = text_as(amendment.commitment, fields[""])
        lines += [
            Line(name, 0, LABELS[name], readable(old, name), readable(new, name))
            for name in ROWS_OF_TEXT
            if name in fields[""]
        ]
    for target in sorted(amendment.commitment.targets, key=lambda row: row.position):
        if fields.get(target.public_id):
            lines += _lines_of_target(
                amendment, target, fields[target.public_id], brief, target.public_id not in without_counts
            )
    return lines


#: Small groups could be read out of them.
_NO_COUNTS = {"baseline_numerator": None, "baseline_denominator": None, "value_denominator": None}


def _lines_of_target(
    amendment: Amendment, target: Target, fields: Mapping[str, Any], brief: bool, with_counts: bool
) -> list[Line]:
    before, after = sides(amendment, target)
    prefix = f"target:{target.public_id}:"
    said = sentence_for(before, gaps=not brief), sentence_for(after, gaps=not brief)
    speaks = said[0] is not None and said[0] != said[1]
    lines = [Line(f"{prefix}sentence", target.position, N_("In one sentence"), *said)] if speaks else []
    if not with_counts:
        before, after = with_values(before, _NO_COUNTS), with_values(after, _NO_COUNTS)
    for name in ROWS_OF_TARGET:
        if not any(field in fields for field in fields_said(name)) or (brief and speaks and name in _IN_THE_SENTENCE):
            continue
        old, new = readable(before, name), readable(after, name)
        if old != new:
            lines.append(Line(prefix + name, target.position, LABELS[name], old, new))
    return lines


def prechecks(amendment: Amendment, today: date | None = None) -> list[Problem]:
    """What stands in the way of each changed target, and of the changed text, by the rules for new ones; errors first."""
    today = today or clock.today()
    fields, typed = asked_for(amendment), amendment.typed or {}
    found: list[Problem] = []
    if fields.get("") or typed.get(""):
        text = text_as(amendment.commitment, fields.get("", {}))
        text.typed = dict(typed.get("", {}))
        found += checks.of_text(text)
    for target in amendment.commitment.targets:
        if fields.get(target.public_id) or typed.get(target.public_id):
            found += checks.of_target(proposed(amendment, target), today)
    return sorted(found, key=lambda problem: ("error", "warning", "notice").index(problem.rank))


#: {reason: (which way it says that the target went, what is said where it went the other way)}
_DIRECTIONS = {
    "target_raised": (
        1,
        N_(
            "The reason says that the target was raised, but it asks for less than before. Choose the reason that fits."
        ),
    ),
    "target_lowered": (
        -1,
        N_(
            "The reason says that the target was lowered, but it asks for more than before. Choose the reason that fits."
        ),
    ),
}


def missing(amendment: Amendment) -> list[Problem]:
    """What it lacks as a whole: a change, a reason that fits the change, and words for the public."""
    found = []
    if not amendment.changes:
        found.append(Problem("changes", N_("Change at least one value")))
    if not amendment.reason_code:
        found.append(Problem("reason_code", N_("Choose a reason")))
    says, contradiction = _DIRECTIONS.get(amendment.reason_code, (0, ""))
    if says and (went := _directions(amendment)) and says not in went:
        found.append(Problem("reason_code", contradiction))
    if not amendment.note.strip():
        found.append(Problem("note", N_("Say why, in words that the public will read")))
    return found


def _directions(amendment: Amendment) -> set[int]:
    """1 where a target asks for more than before, −1 where one asks for less."""
    changed = asked_for(amendment)
    pairs = [
        tuple(spec_of(side) for side in sides(amendment, target))
        for target in amendment.commitment.targets
        if target.public_id in changed
    ]
    return {raised_or_lowered(old, new) for old, new in pairs if old is not None and new is not None} - {0}


def answers_to(amendment: Amendment) -> dict[str, str]:
    """{field: answer} to warnings: given now, or given to the first text where the field stays as it was."""
    changed = {
        f"target:{address}:{name}" if address else name
        for address, values in asked_for(amendment).items()
        for name in values
    }
    kept = {name: str(text) for name, text in (amendment.commitment.warning_answers or {}).items()}
    return {name: text for name, text in kept.items() if name not in changed} | dict(amendment.warning_answers or {})


def unanswered(amendment: Amendment, problems: list[Problem]) -> list[Problem]:
    answers = answers_to(amendment)
    return [row for row in problems if row.rank == "warning" and not str(answers.get(row.field, "")).strip()]


def present_digest(amendment: Amendment) -> str:
    """What a leader signs: every change with its old side, the reason, the note, and the answers to warnings."""
    return digest_of(
        {
            "commitment": amendment.commitment.public_id,
            "changes": amendment.changes,
            "reason_code": amendment.reason_code,
            "note": amendment.note,
            "warning_answers": amendment.warning_answers or {},
        }
    )


def digest_of_part(amendment: Amendment, address: str) -> str:
    """Of the values that are asked for one target (or for the text) now: a form says on which of them it was typed."""
    return digest_of(
        {"asked": asked_for(amendment).get(address, {}), "typed": (amendment.typed or {}).get(address, {})}
    )
