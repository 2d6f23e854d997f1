"""Entering one figure: what is right is kept, what cannot be right is refused beside its field and not lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from impact import clock
from impact.actor import Actor
from impact.audit.operations import changes, record
from impact.db import db
from impact.errors import InvalidState
from impact.indicators.models import Indicator
from impact.indicators.small_cells import PARTS
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress import steps
from impact.progress.figure_content import NUMBERS, TEXTS, merged
from impact.progress.models import Figure, ProgressReport
from impact.progress.workflow import OPEN_STATES

#: {field: (message id, values)}
Problems = dict[str, tuple[str, Mapping[str, Any]]]

_FACTORS = {"percent": 100, "per_1000": 1000, "rate_per_100k": 100_000, "score_100": 100}
_PLACES = Decimal("0.000001")


def is_share(indicator: Indicator | None) -> bool:
    """Whether values lie between 0 and 100 per cent (a pay gap in per cent may be below 0)."""
    return indicator is not None and indicator.unit == "percent" and indicator.direction != "signed_gap"


def asks_counts(indicator: Indicator | None) -> bool:
    """Whether the figure is given as two counts; a signed gap is given as the gap itself."""
    return indicator is not None and indicator.has_counts and indicator.direction != "signed_gap"


def asks_parts(indicator: Indicator | None) -> bool:
    """Whether women, men and others are asked for: where the catalogue says so, and beside a share of women."""
    if indicator is None:
        return False
    return needs_parts(indicator) or (asks_counts(indicator) and indicator.direction in {"parity", "at_least_40"})


def needs_parts(indicator: Indicator | None) -> bool:
    """Whether an answer without them needs a reason."""
    return indicator is not None and "sex" in (indicator.disaggregation or [])


def value_of(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal:
    """numerator / denominator in the indicator's unit, to six places. `denominator` is above 0."""
    return (numerator * _FACTORS.get(indicator.unit, 1) / denominator).quantize(_PLACES)


def must_be_open(report: ProgressReport | None) -> ProgressReport:
    """Raises InvalidState when the champion may not write in this report now."""
    if report is None or report.state not in OPEN_STATES:
        raise InvalidState(N_("These figures were handed in. They can be changed only when they are returned."))
    return report


def enter_figure(figure: Figure, data: Mapping[str, Any], actor: Actor) -> Problems:
    """Save what was entered; returns the problems, empty when everything was taken.

    `data`: on, value, numerator, denominator (Decimal or None), delivered (bool or None), women, men, other,
    undisclosed (int or None), known_by, method_bridged, the texts, `typed` ({field: text that is no number}),
    `version` (of the figure when the form was opened) and `seen` (`figure_content.seen_of` it then). Names that are
    missing stay as they are. A refused number is not stored as one: its text stays in `figure.typed`, and
    submitting waits until it is put right. Raises InvalidState when the report was handed in, Conflict when a
    colleague changed the same fields since.
    """
    require(actor, Action.PROGRESS_WRITE, figure.target.commitment.champion_id)
    report = must_be_open(figure.report)
    if data.get("version") and int(data["version"]) != figure.version:
        data = merged(figure, data, data.get("seen") or {})
    problems, kept, typed = checked(figure, data, report.window.period_ends)
    kept["steps"], wrong_steps = steps.read(figure, data)
    problems.update(wrong_steps)
    kept["typed"] = typed
    details = changes({name: getattr(figure, name) for name in kept}, kept)
    if details["changed"]:
        for name, value in kept.items():
            setattr(figure, name, value)
        # Together with its entry: a row that says "entered just now" without one could not be explained later.
        figure.entered_at = clock.now()
        figure.entered_by_id = actor.person_id
        record(actor, "figure_entered", report, details={"figure": figure.public_id, **details})
    db.session.flush()
    return problems


def checked(
    figure: Figure, data: Mapping[str, Any], period_ends: date
) -> tuple[Problems, dict[str, Any], dict[str, str]]:
    """(problems, values to store, texts of what was refused) of one entry."""
    target = figure.target
    indicator = target.indicator
    given: dict[str, Any] = {
        name: data.get(name, getattr(figure, name)) for name in (*NUMBERS, "on", "delivered", "known_by")
    }
    for name in NUMBERS:
        given[name] = None if given[name] is None else Decimal(given[name])
    parts = {part: data.get(part, figure.parts.get(part)) for part in PARTS}
    kept: dict[str, Any] = {name: str(data[name]).strip() for name in TEXTS if name in data}
    if "method_bridged" in data:
        kept["method_bridged"] = bool(data["method_bridged"])
    typed = {name: str(text) for name, text in dict(data.get("typed", {})).items() if text}
    problems: Problems = {}
    for name in typed:
        problems[name] = (N_("Write this as a number, in digits"), {})
    not_measured = kept.get("not_measured", figure.not_measured)
    if not_measured:
        _check_not_measured(given, parts, problems)
    else:
        _check_numbers(indicator, given, problems)
        _check_kind(target.inner_kind or target.kind or "", given, problems)
        _check_parts(indicator, given, parts, kept.get("parts_note", figure.parts_note), problems)
    _check_days(target.baseline_date, given, problems)
    if kept.get("method_bridged") is False and not kept.get("method_change", figure.method_change):
        problems["method_change"] = (N_("Say what changed in the method or definition"), {})
    for name in (*NUMBERS, *PARTS):
        number = given[name] if name in given else parts[name]
        if name in problems and number is not None:
            typed.setdefault(name, str(number))
    kept.update({name: None if name in problems else value for name, value in given.items()})
    if not not_measured and asks_counts(indicator) and indicator is not None:
        counted = kept["numerator"] is not None and kept["denominator"] is not None
        if counted:
            kept["value"] = value_of(indicator, kept["numerator"], kept["denominator"])
        elif given["numerator"] is not None or given["denominator"] is not None:
            kept["value"] = None
    kept["parts"] = {part: int(count) for part, count in parts.items() if count is not None and part not in problems}
    return problems, kept, typed


def _check_not_measured(given: dict[str, Any], parts: Mapping[str, Any], problems: Problems) -> None:
    if any(given[name] is not None for name in NUMBERS) or any(count is not None for count in parts.values()):
        problems["not_measured"] = (N_("Give either a figure or the reason why nothing was measured, not both"), {})
    if given["known_by"] is None:
        problems.setdefault("known_by", (N_("Say by when a figure will be known"), {}))
    elif given["known_by"] <= clock.today():
        problems["known_by"] = (N_("Give a date that is still to come"), {})


def _check_numbers(indicator: Indicator | None, given: dict[str, Any], problems: Problems) -> None:
    value, numerator, denominator = (given[name] for name in NUMBERS)
    if denominator is not None and denominator <= 0:
        problems["denominator"] = (N_("This must be more than 0: a share of nobody cannot be worked out"), {})
    if numerator is not None and numerator < 0:
        problems["numerator"] = (N_("A count cannot be below 0"), {})
    if numerator is not None and denominator is None:
        problems.setdefault("denominator", (N_("Give both numbers, or neither"), {}))
    if denominator is not None and numerator is None:
        problems.setdefault("numerator", (N_("Give both numbers, or neither"), {}))
    if not is_share(indicator):
        return
    if numerator is not None and denominator is not None and denominator > 0 and numerator > denominator:
        problems["numerator"] = (
            N_("%(part)s is more than the whole, %(whole)s. Are the two swapped?"),
            {"part": numerator, "whole": denominator},
        )
    if value is not None and not (asks_counts(indicator) and numerator is not None):
        if value > 100:
            problems["value"] = (N_("A share cannot be over 100 per cent"), {})
        if value < 0:
            problems["value"] = (N_("A share cannot be below 0"), {})


def _check_kind(kind: str, given: dict[str, Any], problems: Problems) -> None:
    if kind == "cumulative" and given["value"] is not None and given["value"] < 0:
        problems["value"] = (
            N_("The number of one period cannot be below 0. Give what was added in this period alone"),
            {},
        )
    if kind == "deliverable" and given["value"] is not None:
        problems["value"] = (N_("This target is delivered or not: no number is needed"), {})


def _check_parts(
    indicator: Indicator | None, given: dict[str, Any], parts: Mapping[str, Any], note: str, problems: Problems
) -> None:
    present = {part: count for part, count in parts.items() if count is not None}
    for part, count in present.items():
        if count < 0:
            problems[part] = (N_("A count cannot be below 0"), {})
    if not present or any(part in problems for part in PARTS):
        return
    whole = given["denominator"]
    if whole is None and indicator is not None and indicator.unit == "count":
        whole = given["value"]
    total = sum(present.values())
    if whole is not None and total != whole and not note:
        problems["parts_note"] = (
            N_("The parts add up to %(total)s, the whole is %(whole)s. Put the numbers right, or say why they differ"),
            {"total": total, "whole": whole},
        )


def _check_days(baseline: date | None, given: dict[str, Any], problems: Problems) -> None:
    on = given["on"]
    if on is None:
        problems.setdefault("on", (N_("Give the date that the figure is about"), {}))
    elif on > clock.today():
        problems["on"] = (N_("This date is in the future. Give the date that the figure is about"), {})
    elif baseline is not None and on <= baseline:
        problems["on"] = (N_("This must be after the starting point, %(day)s"), {"day": baseline})


def unanswered(figure: Figure) -> str | None:
    """Why this figure cannot be submitted yet, as a message id; None when it is a full answer."""
    if figure.typed:
        return N_("something typed could not be taken yet")
    if figure.not_measured:
        if figure.value is not None or figure.parts:
            return N_("give either a figure or the reason why nothing was measured")
        return None if figure.known_by else N_("say by when a figure will be known")
    if figure.value is None and figure.delivered is None:
        return N_("give a figure, or say why nothing was measured")
    if figure.on is None:
        return N_("give the date that the figure is about")
    indicator = figure.target.indicator
    whole = figure.denominator
    if whole is None and indicator is not None and indicator.unit == "count":
        whole = figure.value
    if needs_parts(indicator) and whole is not None and not figure.parts and not figure.parts_note:
        return N_("give women and men, or say why they are not known")
    if figure.parts and whole is not None and sum(figure.parts.values()) != whole and not figure.parts_note:
        return N_("the parts do not add up; put them right or say why")
    return None


def write_statement(report: ProgressReport, statement: str, actor: Actor) -> None:
    """The leader's statement on the year, for the annual report."""
    require(actor, Action.PROGRESS_WRITE, report.champion_id)
    must_be_open(report)
    before = report.statement
    report.statement = statement.strip()
    if before != report.statement:
        record(
            actor, "statement_written", report, details=changes({"statement": before}, {"statement": report.statement})
        )
