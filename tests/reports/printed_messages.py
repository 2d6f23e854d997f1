"""Every message that a report can print: what its files say, and the sentences of other rooms that it prints too.

A new file of the room is taken to be printed unless it is named here as a page's: better a translation too many than an
English sentence in a Chinese report.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2.ext import babel_extract

from impact.commitments.labels import LABELS
from impact.commitments.proposals import REASON_LABELS
from reports import words

ROOT = Path(words.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
#: What these say stands on pages, in letters and in refusals; it is in the catalogue of the pages.
OF_PAGES = {
    "asking", "cli", "fetching", "forms", "frozen", "letters", "making", "models", "operations", "prechecks", "queries",
    "quicker", "ready", "reviewing", "rebuild", "said", "seals", "shown", "tiers", "views", "waiting", "withheld", "workflow",
}  # fmt: skip
FOLDERS_OF_PAGES = {"views", "cli", "commands"}
#: Sentences that are made elsewhere and frozen in the snapshot.
BORROWED = ("indicators/sentences.py", "indicators/gap_words.py", "progress/rules.py", "written.py")


def _first(message: str | tuple[str | None, ...]) -> str:
    return message if isinstance(message, str) else message[0] or ""


def _said(path: Path) -> Iterator[str]:
    if path.suffix == ".py":
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            yield _first(message)
    else:
        with path.open("rb") as file:
            for _line, _name, message, _comments in babel_extract(file, list(KEYWORDS), [], {}):
                yield _first(message)


def own_messages() -> set[str]:
    """Every sentence of the report's own files."""
    found: set[str] = set()
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.suffix not in {".py", ".html"} or FOLDERS_OF_PAGES & set(inside.parts[:-1]):
            continue
        if path.stem not in OF_PAGES:
            found.update(_said(path))
    return found


def borrowed_messages() -> set[str]:
    """Kinds' sentences, reasons of a status, units, and what amendments call the fields."""
    rooms = ROOT.parent / "impact"
    found = {message for name in BORROWED for message in _said(rooms / name)}
    return found | {str(label) for label in (*LABELS.values(), *REASON_LABELS.values())}
