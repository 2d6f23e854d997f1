"""`flask status explain`: the sum behind a status, for a target of the platform or for a case from a file."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from impact import clock
from impact.errors import NotFound
from impact.progress import queries
from impact.progress.cases import BAND, GRACE_DAYS, CaseFigure, CaseInputs
from impact.progress.rules import Refused, Verdict, check, status
from impact.progress.verdicts import limits, verdict_of

status_cli = AppGroup("status", help="How a status is worked out.")


@status_cli.command("explain")
@click.argument("target_public_id", required=False)
@click.option("--case", "case_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def explain(target_public_id: str | None, case_file: Path | None) -> None:
    """Print inputs and result of a target, or only the result of a case from a JSON file."""
    if case_file is not None:
        try:
            case = case_from(json.loads(case_file.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal))
            check(case)
            click.echo(json.dumps(_result(status(case, *limits()))))
        except (Refused, ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as why:
            click.echo(str(why) if isinstance(why, Refused) else f"This case cannot be read: {why!r}", err=True)
            sys.exit(2)
        return
    if target_public_id is None:
        raise click.UsageError("Give the public id of a target, or --case FILE.json.")
    try:
        standing = verdict_of(queries.target_by_public_id(target_public_id), clock.today())
    except NotFound as why:
        raise click.ClickException(str(why)) from None
    shown: dict[str, Any] = {"inputs": standing.found.inputs.as_file(), "result": _result(standing.verdict)}
    verdict = standing.verdict
    shown["steps"] = {
        "value to reach": None if verdict.goal is None else str(verdict.goal.normalize()),
        "latest figure": None if verdict.latest is None else str(verdict.latest.normalize()),
        "on": verdict.latest_on.isoformat() if verdict.latest_on else None,
        "first met on": verdict.first_met_on.isoformat() if verdict.first_met_on else None,
    }
    if standing.against_original is not None:
        shown["against the original target"] = _result(standing.against_original)
    if standing.override:
        shown["set by a reviewer"] = {"status": standing.override, "reason": standing.found.override_reason}
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def case_from(data: dict[str, Any]) -> CaseInputs:
    """The case of a file in the published form. Raises ValueError, KeyError or TypeError where it cannot be read."""
    return CaseInputs(
        kind=str(data["kind"]),
        direction=str(data.get("direction", "")),
        baseline=_number(data.get("baseline")),
        baseline_date=_day(data.get("baseline_date")),
        target=_number(data.get("target")),
        target_date=_day(data.get("target_date")),
        milestones=tuple((date.fromisoformat(day), _number(value), None) for day, value in data.get("milestones", [])),
        figures=tuple(
            CaseFigure(
                date.fromisoformat(figure[0]), _number(figure[1]), str(figure[2] or "") if len(figure) > 2 else ""
            )
            for figure in data.get("figures", [])
        ),
        due=tuple(date.fromisoformat(day) for day in data.get("due", [])),
        today=_day(data.get("today")) or clock.today(),
        band=_number(data.get("band")) or BAND,
        grace_days=int(data.get("grace_days", GRACE_DAYS)),
    )


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        raise ValueError("yes and no are no numbers")
    return None if value is None else Decimal(value)


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _result(verdict: Verdict) -> dict[str, Any]:
    def plain(number: Decimal | None) -> float | None:
        return None if number is None else float(number)

    reason = (verdict.reason % verdict.values if verdict.values else verdict.reason) or None
    return {
        "p": plain(verdict.p),
        "e": plain(verdict.e),
        "r": plain(verdict.r),
        "status": verdict.status,
        "reason": reason,
    }
