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
from impact.progress.rules import Refused, Verdict, status
from impact.progress.verdicts import limits, verdict_of

status_cli = AppGroup("status", help="How a status is worked out.")


@status_cli.command("explain")
@click.argument("target_public_id", required=False)
@click.option("--case", "case_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def explain(target_public_id: str | None, case_file: Path | None) -> None:
    """Print inputs and result of a target, or only the result of a case from a JSON file."""
    if case_file is not None:
        try:
            data = json.loads(case_file.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
            case = case_from(data, clock.today())
            check_file(data, case)
            click.echo(json.dumps(_result(status(case, *limits()))))
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
