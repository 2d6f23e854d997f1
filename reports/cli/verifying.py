"""`flask editions verify FILE.pdf`."""

from __future__ import annotations

from pathlib import Path

import click

from reports import queries
from reports.cli.group import editions_cli
from reports.verification import judge

SENTENCES = {
    "genuine": "This is the sealed edition {code}.",
    "superseded": "This is the sealed edition {code}; {newer} has taken its place.",
    "changed": "Altered: bytes of this file of {code} were changed after it was signed.",
    "added": "Altered: something was added to this file of {code} after it was signed.",
    "not_listed": "The file bears our signature and is not on the list of seals.",
    "unsigned": "These are the pages of the sealed edition {code}, without the signature.",
    "foreign": "This is not one of our sealed reports.",
}
TROUBLES = {
    "not_a_pdf": " It is not a PDF.",
    "cut_off": " It ends in the middle.",
    "encrypted": " It is locked with a password.",
}


@editions_cli.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say whether FILE is a sealed edition; exit 1 where it is not, byte for byte."""
    finding = judge(file.read_bytes())
    edition = finding.edition
    newer = queries.in_place_of(edition) if edition else None
    sentence = SENTENCES[finding.verdict].format(
        code=edition.code if edition else "a report of ours", newer=newer.code if newer else "a newer one"
    )
    click.echo(sentence + TROUBLES.get(finding.trouble, ""))
    click.echo(f"SHA-256 {finding.sha256}")
    if finding.seal is not None and finding.is_genuine:
        click.echo(f"Line {finding.seal.n} of the list of seals.")
    if edition is not None and edition.sealed_at is not None:
        by = queries.name_of_leader(edition)
        if edition.signed_off_at is not None:
            click.echo(f"Signed off by {by or 'the leader'} on {edition.signed_off_at:%Y-%m-%d %H:%M} UTC.")
        click.echo(f"Approved and sealed on {edition.sealed_at:%Y-%m-%d %H:%M} UTC.")
    if not finding.is_genuine:
        raise SystemExit(1)
