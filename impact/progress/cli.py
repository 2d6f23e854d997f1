"""`flask status explain`: the sum behind a status, for a target of the platform or for a case from a file."""

from __future__ import annotations

import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from impact import clock
from impact.errors import NotFound
from impact.progress import queries
from impact.progress.case_files import case_from, check_file
from impact.progress.cases import CaseInputs
from impact.progress.forecast import forecast, words_of
from impact.progress.pace import pace
from impact.progress.rules import Refused, Verdict, begun, status
from impact.progress.verdicts import limits, verdict_of

status_cli = AppGroup("status", help="How a status is worked out.")


@status_cli.command("explain")
@click.argument("target_public_id", required=False)
@click.option(
    "--case",
    "case_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A case as JSON; prints the result alone.",
)
@click.option(
    "--forecast",
    "with_forecast",
    is_flag=True,
    help="With --case: pace and forecast as well. Of a target of the platform they are always printed.",
)
def explain(target_public_id: str | None, case_file: Path | None, with_forecast: bool) -> None:
    """Print inputs, result, pace and forecast of a target, or only the result of a case from a JSON file."""
    if case_file is not None:
        try:
            data = json.loads(case_file.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
            case = case_from(data, clock.today())
            check_file(data, case)
            # Scripts read exactly the five keys of the published rule; the rest is asked for.
            more = _outlook(case) if with_forecast else {}
            click.echo(json.dumps({**_result(status(case, *limits())), **more}))
        except (Refused, ValueError, KeyError, TypeError, AttributeError, IndexError, InvalidOperation) as why:
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
        "value to reach": None if verdict.goal is None else f"{verdict.goal.normalize():f}",
        "latest figure": None if verdict.latest is None else f"{verdict.latest.normalize():f}",
        "on": verdict.latest_on.isoformat() if verdict.latest_on else None,
        "first met on": verdict.first_met_on.isoformat() if verdict.first_met_on else None,
    }
    shown |= _outlook(standing.found.inputs)
    if standing.against_original is not None:
        shown["against the original target"] = _result(standing.against_original)
    if standing.override:
        shown["set by a reviewer"] = {"status": standing.override, "reason": standing.found.override_reason}
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


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


def _outlook(given: CaseInputs) -> dict[str, Any]:
    """Pace and forecast with their inputs and steps; after a condition is met, of the way that began there."""

    def plain(number: Decimal | float | None) -> float | None:
        return None if number is None else round(float(number), 6)

    case = begun(given)
    ways, found = pace(case), forecast(case)
    return {
        "pace": {
            "needed per year": plain(ways.needed),
            "so far per year": plain(ways.so_far),
            "leads to": plain(ways.goal),
            "from": ways.since.isoformat() if ways.since else None,
            "reason": ways.reason or None,
        },
        "forecast": {
            "kind": found.kind,
            "reason": found.reason or None,
            "points": [[day.isoformat(), plain(value)] for day, value in found.points],
            "slope per year": plain(found.slope),
            "line at the due date": plain(found.at_due),
            "spread of the observed value": plain(found.spread),
            "degrees of freedom": found.freedom,
            "band of 80 %": None if found.low is None else [plain(found.low), plain(found.high)],
            "chance to be met": plain(found.chance),
            "in words": None if found.chance is None else words_of(found.chance),
            "line meets the target on": found.met_on.isoformat() if found.met_on else None,
        },
    }
