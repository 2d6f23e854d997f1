"""What a champion told about its figures: the year in words, evidence that is public, corrections beside what they replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from markupsafe import Markup

from impact import i18n
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.indicators.small_cells import Hiding
from impact.progress.models import Evidence
from impact.progress.models import Figure as FigureRow
from impact.progress.queries import PublicFigure, public_figure
from impact.progress.values_shown import unit_of, value_words
from impact.registry.figures_shown import figure_day, of_words


@dataclass(frozen=True)
class Account:
    """What the champion told about one year."""

    year: str
    parts: Sequence[tuple[str, Markup]]


@dataclass(frozen=True)
class FileLine:
    url: str
    words: Markup
    note: str
    kind: str


def corrections(
    target: Target, figures: Sequence[FigureRow], corrected: Sequence[FigureRow], hiding: Hiding
) -> list[str]:
    """Old figures beside what replaced them, with the reason that was given."""
    unit = unit_of(target)
    rows: list[str] = []
    every = {figure.id: figure for figure in (*figures, *corrected)}
    for old in corrected:
        new = next((figure for figure in every.values() if figure.supersedes_id == old.id), None)
        before = public_figure(old, target, hiding)
        after = public_figure(new, target, hiding) if new is not None else None
        rows.append(
            _(
                "%(day)s: %(old)s was corrected to %(new)s. %(reason)s",
                day=figure_day(before),
                old=_figure_words(before, unit),
                new=_figure_words(after, unit) if after else _("nothing"),
                reason=new.report.correction_reason if new is not None and new.report is not None else "",
            ).strip()
        )
    return rows


def _figure_words(row: PublicFigure, unit: str) -> str:
    if row.delivered is not None:
        return _("delivered") if row.delivered else _("not delivered")
    if row.value is None:
        return _("not measured")
    counts = of_words(row.numerator, row.denominator)
    value = value_words(row.value, unit)
    return _("%(value)s (%(counts)s)", value=value, counts=counts) if counts else value


def people_notes(figures: Sequence[PublicFigure], threshold: int, language: str) -> list[str]:
    notes = []
    if any(row.suppressed and row.parts for row in figures):
        notes.append(
            _(
                "Counts of fewer than %(number)s people are withheld, and so is a second count that would give them away. Everyone is in the total that the share is divided by.",
                number=i18n.number(threshold),
            )
        )
    notes += [
        _("%(year)s: %(note)s", year=row.year or "", note=row.parts_note) for row in figures if row.parts_note.strip()
    ]
    return notes


def accounts(figures: Sequence[PublicFigure], language: str) -> list[Account]:
    """What was done, what worked and what did not, the newest year first."""
    found = []
    for row in reversed(figures):
        told = [
            (label, i18n.in_its_language(text, language))
            for label, text in (
                # It stands under a heading of these very words.
                ("", row.narrative),
                (_("What worked"), row.worked),
                (_("What stood in the way"), row.obstacles),
                (_("Next steps"), row.next_steps),
                (_("What changed in the method"), row.method_change),
            )
            if text.strip()
        ]
        if told:
            found.append(Account(str(row.year or figure_day(row)), told))
    return found


def evidence(figures: Sequence[PublicFigure], language: str) -> list[FileLine]:
    return [_file_line(piece, row, language) for row in reversed(figures) for piece in row.evidence]


def _file_line(piece: Evidence, row: PublicFigure, language: str) -> FileLine:
    words = i18n.in_its_language(piece.title or piece.file_name or piece.url, language)
    if piece.url:
        host = piece.url.split("/")[2] if piece.url.count("/") > 1 else piece.url
        return FileLine(piece.url, words, _("%(year)s · link to %(host)s", year=row.year or "", host=host), "link")
    url = url_for("progress.evidence", public_id=piece.public_id)
    note = _(
        "%(year)s · %(kind)s, %(size)s", year=row.year or "", kind=_kind_words(piece), size=size_words(piece.size or 0)
    )
    return FileLine(url, words, note, "file")


def _kind_words(piece: Evidence) -> str:
    extension = piece.file_name.rpartition(".")[2].upper()
    return extension if 2 <= len(extension) <= 4 else _("file")


def size_words(size: int) -> str:
    """1.2 MB; anything below a tenth of that in kB."""
    if size >= 100_000:
        return _("%(number)s MB", number=i18n.number(Decimal(size) / 1_000_000, 1))
    return _("%(number)s kB", number=i18n.number(max(1, round(Decimal(size) / 1000))))
