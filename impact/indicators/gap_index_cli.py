"""`flask gap-index score|aggregate|ratios|world`: CSV in, CSV out, for analysts and scripts."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from impact.indicators import gap_index, gap_index_files, gap_index_raw
from impact.indicators.gap_index_faults import Fault, Refused

gap_index_cli = AppGroup(
    "gap-index", help="The Global Gender Gap Index, from CSV to CSV. A file named - is a standard stream."
)

OUTPUT = click.option("--output", "-o", default="-", show_default=True, help="Where the result goes.")


def _table(path: str, columns: Sequence[str], may_have: Sequence[str] = ()) -> gap_index_files.Table:
    try:
        if path == "-":
            return gap_index_files.read(
                io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline=""), "standard input", columns, may_have
            )
        with Path(path).open(encoding="utf-8", newline="") as file:
            return gap_index_files.read(file, path, columns, may_have)
    except OSError as error:
        raise Refused([Fault(path, error.strerror or "cannot be read")]) from None


@contextmanager
def _refusals() -> Any:
    """What is wrong goes to standard error, and the exit status is 2. Nothing has been written by then."""
    try:
        yield
    except (Refused, gap_index_raw.Impossible) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _write(output: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Whole or not at all: into a file beside it, then renamed."""
    text = io.StringIO()
    gap_index_files.write(text, columns, rows)
    if output == "-":
        click.echo(text.getvalue(), nl=False)
        return
    target = Path(output)
    try:
        with tempfile.NamedTemporaryFile("w", dir=target.parent, prefix=".", encoding="utf-8", delete=False) as file:
            file.write(text.getvalue())
        os.replace(file.name, target)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None


def _warn(words: str) -> None:
    click.echo(words, err=True)


def _weights(context: click.Context, parameter: click.Parameter, value: str) -> gap_index.Weights:
    return gap_index.WEIGHTS[value]


@gap_index_cli.command("score")
@click.argument("ratios", metavar="RATIOS.csv")
@click.option(
    "--weights", type=click.Choice(list(gap_index.WEIGHTS)), default="published", show_default=True, callback=_weights
)
@OUTPUT
def score_command(ratios: str, weights: gap_index.Weights, output: str) -> None:
    """Female-to-male ratios → subindexes, overall score, rank within each year.

    Columns: iso3,year,lfp,wage,income,legis,prof,lit,prim,sec,tert,srb,hle,parl,minis,head; wage from 0 to 1, blank
    where there are no data.
    """
    with _refusals():
        found = gap_index_files.scores(_table(ratios, gap_index_files.RATIO_COLUMNS), weights)
    _write(output, gap_index_files.SCORE_COLUMNS, found)


@gap_index_cli.command("aggregate")
@click.argument("subindexes", metavar="SUBINDEXES.csv")
@OUTPUT
def aggregate_command(subindexes: str, output: str) -> None:
    """Four subindexes → overall score and rank. Columns: iso3,year,economic,education,health,political."""
    with _refusals():
        found = gap_index_files.overalls(_table(subindexes, gap_index_files.SUBINDEX_COLUMNS))
    _write(output, gap_index_files.OVERALL_COLUMNS, found)


@gap_index_cli.command("ratios")
@click.argument("raw", metavar="RAW.csv")
@click.option("--edition", type=int, required=True, help="Year of the report whose rules apply, 2006 to 2025.")
@OUTPUT
def ratios_command(raw: str, edition: int, output: str) -> None:
    """Raw female and male values → the fourteen ratios, by the rules of an edition.

    Columns: iso3,indicator,female,male. wage: the survey's value from 1 to 7 under female; head: years, male blank
    for the rest of fifty; srb: births.
    """
    with _refusals():
        gap_index_raw.checked_edition(edition)
        found = gap_index_files.ratios(_table(raw, gap_index_files.RAW_COLUMNS), edition, _warn)
    _write(output, gap_index_files.RATIO_COLUMNS, found)


@gap_index_cli.command("world")
@click.argument("results", metavar="RESULTS.csv")
@click.argument("population", metavar="POPULATION.csv")
@OUTPUT
def world_command(results: str, population: str, output: str) -> None:
    """Population-weighted means of each year, and the countries left out.

    RESULTS.csv is what `score` or `aggregate` writes; POPULATION.csv has iso3,year,population.
    """
    with _refusals():
        if results == population == "-":
            raise Refused([Fault("-", "only one of the two files can be standard input")])
        of_results = _table(results, (*gap_index_files.SUBINDEX_COLUMNS, "overall"), gap_index_files.SCORE_COLUMNS)
        found = gap_index_files.world(of_results, _table(population, gap_index_files.POPULATION_COLUMNS))
    _write(output, gap_index_files.WORLD_COLUMNS, found)
