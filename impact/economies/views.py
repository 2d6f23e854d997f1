"""The staff's pages of country figures: the history of imports, a look at a file, and its import."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.db import transaction
from impact.economies import operations, queries
from impact.economies.forms import LookForm, TakeForm
from impact.economies.models import KIND_LABELS, POPULATIONS
from impact.economies.operations import Given, Look
from impact.economies.reading import COLUMNS, LARGEST, MAY_HAVE
from impact.errors import Invalid, InvalidState
from impact.guards import staff_may
from impact.i18n import gettext as _
from impact.indicators.gap_index_faults import Fault, Refused
from impact.indicators.gap_words import AREA_LABELS, indicator_name, is_indicator
from impact.messages import gettext_noop as N_
from impact.pages import actor, notice, see_other
from impact.permissions import Action
from impact.places.countries import by_iso3
from impact.uploads import check_upload, safe_name

blueprint = Blueprint("economies", __name__)

#: So many rows of each kind of difference are shown; the rest is counted.
SHOWN = 100
OTHER_NAMES = {
    "published_overall": N_("Score printed by the source"),
    "published_rank": N_("Rank printed by the source"),
    "population": N_("Population"),
    "women": N_("Women and girls"),
}


@blueprint.get("/programme/country-figures")
@staff_may(Action.ECONOMIES_IMPORT)
def index() -> ResponseReturnValue:
    """Every import, the newest first: what it holds, where from, which of its years are still read from it."""
    asked = request.args.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    found, following = queries.imports_page(before)
    return render_template(
        "economies/index.html",
        imports=found,
        labels=KIND_LABELS,
        next_url=url_for("economies.index", before=following) if following else None,
        first_url=url_for("economies.index") if before else None,
    )


@blueprint.route("/programme/country-figures/new", methods=["GET", "POST"])
@staff_may(Action.ECONOMIES_IMPORT)
def look() -> ResponseReturnValue:
    """Choose a file; then see what it would change. Nothing is stored yet."""
    form = LookForm()
    refused: Refused | None = None
    if form.taken():
        try:
            given = _given(form)
            found = operations.look(given.kind, given.content, given.file_name, actor())
        except Invalid as refusal:
            form.show_problems(refusal)
        except Refused as found_wrong:
            refused = found_wrong
        else:
            return _preview(given, found)
    columns = {kind: (",".join(needed), ",".join(MAY_HAVE[kind])) for kind, needed in COLUMNS.items()}
    wrong = bool(form.errors or refused)
    return render_template(
        "economies/new.html", form=form, **_faults(refused), columns=columns, labels=KIND_LABELS
    ), 422 if wrong else 200


def _faults(refused: Refused | None) -> dict[str, Any]:
    """The faults as cells (row, column, value, what would be right), and how many more there are."""
    found = refused.faults if refused else ()
    return {
        "file_name": found[0].file if found else "",
        "faults": [(_place(one.row), one.column or "", one.value, _sentence(one)) for one in found],
        "more_faults": refused.more if refused else 0,
    }


def _place(row: int | None) -> str:
    return _("the whole file") if row is None else i18n.number(row)


def _sentence(fault: Fault) -> str:
    """The rule as a sentence of its own: in a line of the commands it follows a colon."""
    words = i18n.say(fault.rule, fault.values)
    return words[:1].upper() + words[1:]


def _given(form: LookForm) -> Given:
    """The file and what was said of it. Raises Invalid."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(N_("Choose a file."), {"file": (N_("Choose a file"), {})})
    try:
        checked = check_upload(upload.stream, upload.filename, max_bytes=LARGEST)
    except Invalid as refusal:
        raise Invalid(refusal.message, {"file": (refusal.message, refusal.values)}, **refusal.values) from None
    finally:
        upload.close()
    with checked.file:
        content = checked.file.read()
    return Given(
        form.kind.data,
        content,
        checked.file_name,
        form.source.data or "",
        form.licence.data or "",
        form.note.data or "",
    )


def _preview(given: Given, found: Look, status: int = 200) -> ResponseReturnValue:
    changes = found.difference
    form = TakeForm(
        formdata=None,
        kind=given.kind,
        source=given.source,
        licence=given.licence,
        note=given.note,
        file_name=given.file_name,
        content=base64.b64encode(given.content).decode(),
        key=found.key,
    )
    return render_template(
        "economies/preview.html",
        form=form,
        given=given,
        kind=_(KIND_LABELS[given.kind]),
        found=found,
        years=", ".join(map(str, changes.years)),
        added=_countries(changes.added),
        removed=_countries(changes.removed),
        changed=[
            (
                by_iso3(one.iso3).name(i18n.current()),
                str(one.year),
                _value_name(one.name),
                _value_words(one.before, given.kind),
                _value_words(one.after, given.kind),
            )
            for one in changes.changed[:SHOWN]
        ],
        more={
            "added": max(0, len(changes.added) - SHOWN),
            "removed": max(0, len(changes.removed) - SHOWN),
            "changed": max(0, len(changes.changed) - SHOWN),
        },
        is_population=given.kind == POPULATIONS,
    ), status


def _value_words(value: str, kind: str) -> str:
    """As the file has it, so that it can be searched for there; people are counted in groups of three digits."""
    if not value:
        return _("no data")
    return i18n.number(Decimal(value)) if kind == POPULATIONS else value


def _countries(pairs: Sequence[tuple[int, str]]) -> list[str]:
    return [
        _("%(country)s, %(year)s", country=by_iso3(iso3).name(i18n.current()), year=str(year))
        for year, iso3 in _first(pairs)
    ]


def _first(pairs: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return list(pairs)[:SHOWN]


def _value_name(name: str) -> str:
    if name in OTHER_NAMES:
        return _(OTHER_NAMES[name])
    return indicator_name(name, i18n.current()) if is_indicator(name) else _(AREA_LABELS[name])


@blueprint.post("/programme/country-figures/import")
@staff_may(Action.ECONOMIES_IMPORT)
def take() -> ResponseReturnValue:
    """Import what was looked at, all of it or nothing."""
    form = TakeForm()
    try:
        content = base64.b64decode(form.content.data or "", validate=True)
        if not content or not form.validate():
            raise Invalid(N_("Choose the file again."))
        given = Given(
            form.kind.data or "", content, safe_name(form.file_name.data or ""), form.source.data or "",
            form.licence.data or "", form.note.data or "",
        )  # fmt: skip
        with transaction():
            made = operations.take(given, actor(), form.key.data or "none")
            number = made.number_of_rows
    except (binascii.Error, Refused, Invalid):
        # What comes from the look was right; whatever was changed on the way is chosen anew.
        fresh = LookForm(formdata=None)
        fresh.form_errors.append(_("Choose the file again."))
        return render_template("economies/new.html", form=fresh, **_faults(None), columns={}, labels=KIND_LABELS), 422
    except InvalidState as refusal:
        notice(i18n.say(refusal.message, refusal.values))
        return see_other("economies.look")
    notice(_("The figures are imported: %(number)s rows.", number=i18n.number(number)))
    return see_other("economies.index")
