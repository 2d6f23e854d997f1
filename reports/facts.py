"""From the rows of one target to what the report says of it. Reads what is loaded; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from impact.champions.models import Champion
from impact.commitments.models import Amendment, Target
from impact.commitments.specs import spec_of
from impact.indicators.models import Indicator
from impact.indicators.sentences import Sentence as KindSentence
from impact.indicators.sentences import sentence as sentence_of
from impact.indicators.small_cells import PARTS, Hiding
from impact.mail import public_address
from impact.messages import gettext_noop as N_
from impact.progress import rules
from impact.progress.cases import CaseInputs
from impact.progress.models import Evidence, StatusOverride
from impact.progress.queries import PublicFigure
from impact.progress.verdicts import Standing
from reports import typed
from reports.amended import amendment_facts, words
from reports.target_facts import (
    PROTECTING,
    Baseline,
    EvidenceFacts,
    FigureFacts,
    IndicatorFacts,
    MilestoneFacts,
    Original,
    Override,
    TargetFacts,
)
from reports.values import Sentence, Text, Value
from reports.words import catalogued

_PLACES = Decimal("0.000001")
MEDIA = (
    ("application/pdf", "pdf"),
    ("image/", "image"),
    ("text/csv", "spreadsheet"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", "spreadsheet"),
    ("text/", "text"),
)


def everywhere(texts: Mapping[str, Any]) -> Text | None:
    """A text of the catalogue in all its languages, English first; None where there is none."""
    given = {language: str(text) for language, text in texts.items() if text}
    if not given:
        return None
    first = "en" if "en" in given else min(given)
    text = given.pop(first)
    # What ships with the platform is said in every language of the report; its own columns have some of them.
    more = catalogued(text) if first == "en" else {}
    return Text(first, text, {**more, **given})


def organisation(champion: Champion) -> Text:
    """What an organisation is called, English first."""
    return Text("en", champion.name, {code: name for code, name in champion.all_names.items() if code != "en"})


def indicator_facts(indicator: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        code=indicator.code,
        name=everywhere(indicator.name) or Text("en", indicator.code),
        unit=indicator.unit,
        direction=indicator.direction,
        definition=everywhere(indicator.definition or {}),
        formula=indicator.formula,
        framework=indicator.source_framework,
        numerator=everywhere(indicator.numerator or {}),
        denominator=everywhere(indicator.denominator or {}),
    )


def promise(target: Target) -> Sentence:
    """The sentence of the target as it is in force, with the indicator's name in every language."""
    spec = spec_of(target)
    if spec is None or target.indicator is None:
        return Sentence("%(words)s", {"words": Text("en", target.scope)})
    what = everywhere(target.indicator.short_what or {}) or everywhere(target.indicator.name) or Text("en", "")
    return _said(sentence_of(spec, what.text), what)


def _said(said: KindSentence, what: Text) -> Sentence:
    values: dict[str, Value] = {}
    for name, given in said.values.items():
        if given is what.text:
            values[name] = what
        else:
            values[name] = _said(given, what) if isinstance(given, KindSentence) else typed.value(given)
    return Sentence(said.message, values)


def path_value(case: CaseInputs, on: date) -> Decimal | None:
    """The value of the path on that day; None where there is no path."""
    b, d0 = case.baseline, case.baseline_date
    if case.kind == "deliverable" or case.condition or b is None or d0 is None or case.target_date is None or on < d0:
        return None
    try:
        rules.check(case)
    except rules.Refused:
        return None
    goal = rules.goal_of(case)
    if case.kind == "parity":
        goal = 50 + case.band if b > 50 else 50 - case.band
    if goal is None:
        return None
    if case.kind == "signed_gap":
        goal = abs(goal).copy_sign(b)
    value = Fraction(b) + (Fraction(goal) - Fraction(b)) * rules.expected(case, on)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)


def marked(shown: PublicFigure) -> dict[str, int | str]:
    """The parts in their order, with one mark for all that are hidden: two marks would say which is the small one."""
    return {
        part: PROTECTING if (count := shown.parts[part]) is None else count for part in PARTS if part in shown.parts
    }


def figure_facts(shown: PublicFigure, case: CaseInputs, language: str) -> FigureFacts | None:
    """One answer; None for one without a day."""
    if shown.on is None:
        return None
    return FigureFacts(
        year=shown.year or shown.on.year,
        on=shown.on,
        value=shown.value,
        numerator=shown.numerator,
        denominator=shown.denominator,
        parts=marked(shown),
        expected=path_value(case, shown.on),
        delivered=shown.delivered,
        not_measured=words(shown.not_measured, language),
        known_by=shown.known_by,
        method_change=words(shown.method_change, language),
    )


def evidence_facts(piece: Evidence, language: str) -> EvidenceFacts:
    """A piece, with the address where it can be opened by whoever may."""
    medium = next((name for begin, name in MEDIA if piece.content_type.startswith(begin)), "text")
    return EvidenceFacts(
        title=Text(language, piece.title),
        medium="link" if piece.url else medium,
        on=piece.added_at.date(),
        is_public=piece.is_public,
        address=public_address("progress.evidence", public_id=piece.public_id),
    )


def baseline_facts(target: Target, hiding: Hiding, language: str) -> Baseline:
    """Where it starts; its two counts are left out where the yearly ones are."""
    return Baseline(
        value=target.baseline_value,
        on=target.baseline_date,
        only_year=target.baseline_is_year,
        numerator=None if hiding.counts else target.baseline_numerator,
        denominator=None if hiding.counts else target.baseline_denominator,
        source=words(target.baseline_source, language),
        due=target.baseline_due,
    )


def original_facts(case: CaseInputs | None) -> Original | None:
    """The target as first approved, where an amendment changed it."""
    if case is None or case.target_date is None:
        return None
    return Original(
        rules.goal_of(case), case.target_date, baseline=Baseline(value=case.baseline, on=case.baseline_date)
    )


def target_facts(
    target: Target,
    standing: Standing,
    shown: Sequence[PublicFigure],
    *,
    year: int,
    until: date,
    language: str,
    amendments: Sequence[Amendment] = (),
    override: StatusOverride | None = None,
    hiding: Hiding | None = None,
) -> TargetFacts:
    """Everything of one target up to the end of the year. `shown` are its figures, oldest first.

    `hiding`: what the starting point does not show; by default what the public does not see.
    """
    assert target.indicator is not None
    case = rules.begun(standing.found.inputs)
    is_begun = standing.found.inputs.condition is not None and case.condition is None
    now = next((figure for figure in reversed(shown) if figure.year == year), None)
    verdict = standing.verdict
    steps = []
    if verdict.not_held:
        steps.append(Sentence(N_("It was met once, and is no longer.")))
    if verdict.at_least:
        steps.append(Sentence(N_("A year is missing, so the sum is the least there can be.")))
    paced = any(step.value is not None for step in target.milestones)
    against = standing.against_original
    pieces = [piece for figure in reversed(shown) for piece in figure.evidence]
    told = [amendment_facts(amendment, target, language) for amendment in amendments]
    figures = [figure_facts(figure, case, language) for figure in shown]
    return TargetFacts(
        kind=target.kind or "",
        sentence=promise(target),
        indicator=indicator_facts(target.indicator),
        verdict=typed.verdict(verdict, by_milestones=paced, steps=tuple(steps), language=language),
        value=rules.goal_of(case),
        on=target.due,
        only_year=target.due_is_year,
        scope=words(target.scope, language),
        baseline=baseline_facts(target, standing.found.hiding if hiding is None else hiding, language),
        milestones=tuple(
            MilestoneFacts(
                step.on,
                step.value,
                words(step.title, language),
                step.done_on if step.done_on and step.done_on <= until else None,
            )
            for step in target.milestones
        ),
        figures=tuple(figure for figure in figures if figure is not None),
        delivered_on=verdict.first_met_on if target.kind == "deliverable" and verdict.status == "reached" else None,
        original=original_facts(standing.found.original),
        original_verdict=typed.verdict(against, by_milestones=paced, language=language) if against else None,
        override=Override(override.status, Text("en", override.reason), override.at.date()) if override else None,
        narrative=words(now.narrative, language) if now else None,
        worked=words(now.worked, language) if now else None,
        obstacles=words(now.obstacles, language) if now else None,
        next_steps=words(now.next_steps, language) if now else None,
        source=words(now.source, language) if now else None,
        evidence=tuple(evidence_facts(piece, language) for piece in pieces),
        amendments=tuple(facts for facts in told if facts is not None),
        begins=Baseline(case.baseline, case.baseline_date) if is_begun else None,
    )
