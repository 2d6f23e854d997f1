"""What the facts of a year add up to: key figures, gaps, and the state of every figure that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from impact.messages import gettext_noop as N_
from reports.snapshot_types import CommitmentFacts, Gap, KeyFigure
from reports.values import Sentence

MOST_KEY_FIGURES = 4
WITHHELD = N_("Cells that describe very few people, and those that would give them away, are left out of its table.")


def key_figures(commitments: Sequence[CommitmentFacts], year: int) -> tuple[KeyFigure, ...]:
    """This year's values of the first few indicators, each once, with the value before."""
    found: dict[str, KeyFigure] = {}
    for target in (target for commitment in commitments for target in commitment.targets):
        now = next((figure for figure in target.figures if figure.year == year and figure.value is not None), None)
        if now is None or target.kind in {"cumulative", "deliverable"} or target.indicator.code in found:
            continue
        earlier = [figure for figure in target.figures if figure.year < year and figure.value is not None]
        before = earlier[-1] if earlier else None
        indicator = target.indicator
        found[indicator.code] = KeyFigure(
            label=indicator.name,
            unit=indicator.unit,
            now=now.value,
            now_year=year,
            before=before.value if before else None,
            before_year=before.year if before else None,
            is_share=indicator.unit == "percent" and indicator.direction != "signed_gap",
        )
    return tuple(found.values())[:MOST_KEY_FIGURES]


def gaps(commitments: Sequence[CommitmentFacts]) -> tuple[Gap, ...]:
    """What was not measured, the newest first; what cannot be judged; what is withheld."""
    unmeasured, unjudged, withheld = [], [], []
    for commitment in commitments:
        for target in commitment.targets:
            name = target.indicator.name
            missing = [figure for figure in target.figures if figure.value is None and figure.not_measured]
            unmeasured += [
                Gap(
                    "not_measured",
                    name,
                    figure.year,
                    figure.not_measured,
                    known_by=figure.known_by,
                    answers=commitment.responsible,
                )
                for figure in missing
            ]
            if target.verdict.status == "cannot_say":
                unjudged.append(Gap("cannot_say", name, reason=target.verdict.reason, answers=commitment.responsible))
            if any(isinstance(part, str) for figure in target.figures for part in figure.parts.values()):
                withheld.append(Gap("withheld", name, reason=Sentence(WITHHELD)))
    unmeasured.sort(key=lambda gap: -(gap.year or 0))
    return (*unmeasured, *unjudged, *withheld)


def asked(commitments: Sequence[CommitmentFacts]) -> tuple[str, ...]:
    """The state of every figure asked for, in the order of the report: each part where parts were asked for."""
    states: list[str] = []
    for target in (target for commitment in commitments for target in commitment.targets):
        for figure in target.figures:
            if figure.not_measured and figure.value is None:
                states.append("not_measured")
            elif figure.parts:
                states += ["withheld" if isinstance(part, str) else "reported" for part in figure.parts.values()]
            else:
                states.append("reported")
    return tuple(states)
