"""`flask editions rebuild CODE --check`: the pages made again from the frozen data, and compared byte for byte."""

from __future__ import annotations

from pathlib import Path

import click

from reports import rebuilding
from reports.cli.group import editions_cli, found

#: Verdict → what the command ends with; of several the highest.
EXITS = {rebuilding.SAME: 0, rebuilding.NOTHING: 4, rebuilding.ANOTHER_RENDERER: 3, rebuilding.ALTERED: 1}
WORST_FIRST = (rebuilding.ALTERED, rebuilding.ANOTHER_RENDERER, rebuilding.NOTHING, rebuilding.SAME)


@editions_cli.command("rebuild")
@click.argument("code")
@click.option("--language", help="Of this language only.")
@click.option("--check", is_flag=True, help="Compare with what was recorded and kept.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Write the unsigned files to this folder."
)
def rebuild_command(code: str, language: str | None, check: bool, into: Path | None) -> None:
    """Make the files of an edition again. Nothing that is kept is touched.

    With --check: ends with 0 where all are the same, 1 where something was altered, 3 where another renderer made
    them, 4 where nothing was recorded to compare with.
    """
    if not check and into is None:
        raise click.UsageError("Give --check, --into FOLDER, or both.")
    edition = found(code)
    files = [file for file in edition.files if language in {None, file.language}]
    if not files:
        raise click.ClickException(f"There is no file of {code}{f' in {language}' if language else ''}.")
    verdicts = set()
    for file in files:
        if into is not None:
            into.mkdir(parents=True, exist_ok=True)
            tier = "" if file.tier == "public" else f"-{file.tier}"
            (into / f"{code}-{file.language}{tier}-unsigned.pdf").write_bytes(rebuilding.again(file))
        if check:
            finding = rebuilding.compare(file)
            verdicts.add(finding.verdict)
            click.echo(f"{file.tier:<13}{file.language:<4}{finding.verdict}{f': {finding.why}' if finding.why else ''}")
            for name, recorded, here in finding.parts:
                click.echo(f"{'':<17}{name}: recorded {recorded or 'nothing'}, here {here or 'nothing'}")
    if check:
        raise SystemExit(EXITS[next(verdict for verdict in WORST_FIRST if verdict in verdicts)])
