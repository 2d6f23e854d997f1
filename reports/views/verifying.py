"""Public doors for verifying a report: drop the file, or type the number on its cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.errors import Invalid, NotFound
from impact.guards import public
from impact.i18n import gettext as _
from impact.limits import limiter
from impact.messages import gettext_noop as N_
from impact.seals.models import Seal
from impact.seals.queries import seals_of
from impact.uploads import safe_name
from reports import queries
from reports.forms import VerifyForm
from reports.group.names import NAMES
from reports.models import Edition
from reports.offered import offer_of
from reports.verification import Finding, judge, number_in
from reports.views.room import blueprint

#: What is printed on covers is short and names no language.
printed = Blueprint("printed", __name__)

#: verdict → (tone, heading, what it means)
VERDICTS = {
    "genuine": ("good", N_("This is the sealed edition"), N_("Every byte of the file is as it was sealed.")),
    "superseded": (
        "warning",
        N_("This is a sealed edition, and a newer one has taken its place"),
        N_("Every byte of the file is as it was sealed. For the figures as they are now, read the newer edition."),
    ),
    "changed": (
        "bad",
        N_("This is one of our reports, and it was altered: bytes were changed"),
        N_(
            "It bears our signature, and what is in it is not what was signed. Do not rely on it; get the edition itself."
        ),
    ),
    "added": (
        "bad",
        N_("This is one of our reports, and it was altered: something was added after it was signed"),
        N_(
            "The sealed pages are still in the file, and what was added may show something else in their place. Do not rely on it; get the edition itself."
        ),
    ),
    "not_listed": (
        "bad",
        N_("This file bears our signature, and it is not on the list of seals"),
        N_("It was altered where the signature does not look, or it was never published. Do not rely on it."),
    ),
    "unsigned": (
        "warning",
        N_("These are the pages of a sealed edition, without the signature"),
        N_("Somebody took the signature off. The pages are those that were sealed; the file is not."),
    ),
    "foreign": (
        "bad",
        N_("This is not one of our sealed reports"),
        N_(
            "It bears no signature of ours, and its fingerprint is not on the list of seals. A report that was printed or saved anew is another file: verify the one that was downloaded."
        ),
    ),
}
TROUBLES = {
    "not_a_pdf": N_("The file is not a PDF, and every sealed report is one."),
    "cut_off": N_("The file ends in the middle. Perhaps the download was interrupted: get it again."),
    "encrypted": N_("The file is locked with a password, and a sealed report never is."),
}


#: Words for the tiers that are not the whole report for everybody.
TIERS = {"confidential": N_("confidential"), "handout": N_("on one page")}


@dataclass(frozen=True)
class Told:
    """A finding in words."""

    tone: str
    heading: str
    words: str
    trouble: str
    file_name: str
    sha256: str
    #: when this very file was made, which may be long after the sealing; None of one that is not on the list
    made_at: datetime | None


@dataclass(frozen=True)
class Line:
    """A line of the list of seals about an edition."""

    n: int
    of: tuple[str, ...]
    is_file: bool
    sha256: str
    at: datetime


@blueprint.route("/verify", methods=["GET", "POST"])
@public
@limiter.limit("20/minute", methods=["POST"])
def verify() -> ResponseReturnValue:
    """Drop a file or type a number. The file is looked at and forgotten."""
    form = VerifyForm()
    if form.taken():
        try:
            name, content = _given()
        except Invalid as refusal:
            form.show_problems(refusal)
        else:
            return _shown(form, judge(content), name)
    typed = request.args.get("number", "")[:300]
    code = number_in(typed)
    if code and queries.sealed_by_code(code):
        return redirect(url_for("reports.verify_code", code=code), 303)
    status = 422 if form.errors or form.form_errors else 404 if typed else 200
    return render_template("reports/verify.html", form=form, typed=typed, told=None, edition=None), status


def _given() -> tuple[str, bytes]:
    """(name, bytes) of the file. Raises Invalid."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(N_("Choose a file."), {"file": (N_("Choose a file"), {})})
    limit = current_app.extensions["settings"].upload_max_mb
    with upload.stream as stream:
        content = stream.read(limit * 1024 * 1024 + 1)
    if len(content) > limit * 1024 * 1024:
        message = N_("The file is larger than %(limit)s MB, and no sealed report is")
        raise Invalid(message, {"file": (message, {"limit": limit})}, limit=limit)
    return safe_name(upload.filename), content


def _shown(form: VerifyForm, finding: Finding, name: str) -> ResponseReturnValue:
    tone, heading, words = VERDICTS[finding.verdict]
    trouble = _(TROUBLES[finding.trouble]) if finding.trouble else ""
    made_at = finding.seal.at if finding.seal else None
    told = Told(tone, _(heading), _(words), trouble, name, finding.sha256, made_at)
    about = _about(finding.edition) if finding.edition else {"edition": None}
    return render_template("reports/verify.html", form=form, typed="", told=told, **about)


@blueprint.get("/verify/<code>")
@public
def verify_code(code: str) -> ResponseReturnValue:
    """What was sealed under this number: by whom and when, whether it still holds, every fingerprint."""
    edition = queries.sealed_by_code(code)
    if edition is None:
        raise NotFound(
            N_("There is no sealed report with this number. Look at the cover again, or verify the file itself.")
        )
    lines = [_line(seal) for seal in seals_of(edition.code)]
    return render_template("reports/verify_code.html", lines=lines, **_about(edition))


def _about(edition: Edition) -> dict[str, Any]:
    """What both pages say of an edition."""
    newer = queries.in_place_of(edition)
    champion = edition.champion
    made_up = _("%(name)s and every figure on this page are made up.", name=champion.name) if champion else ""
    return {
        "edition": edition,
        "title": title_of(edition),
        "newer": newer,
        "newer_title": title_of(newer) if newer else "",
        "offered": offer_of(edition),
        "signed_off_by": queries.name_of_leader(edition),
        "is_demonstration": bool(champion and champion.is_demonstration),
        "demonstration_sentence": made_up,
    }


def title_of(edition: Edition) -> str:
    """Example University, annual report 2025, edition 1"""
    if edition.champion is None:
        number = _("Edition %(edition)s", edition=i18n.number(edition.number))
        return f"{_named(edition)} {edition.year}, {number}"
    return _(
        "%(organisation)s, annual report %(year)s, edition %(number)s",
        organisation=edition.champion.name_in(i18n.current()),
        year=str(edition.year),
        number=i18n.number(edition.number),
    )


def _named(edition: Edition) -> str:
    return _(NAMES[edition.constituency])


def _line(seal: Seal) -> Line:
    facts: dict[str, Any] = seal.facts
    is_file = seal.kind == "file"
    of = [i18n.OWN_NAMES.get(facts.get("language", ""), "") if is_file else _("public data")]
    if facts.get("tier") in TIERS:
        of.append(_(TIERS[facts["tier"]]))
    return Line(seal.n, tuple(of), is_file, str(facts.get("sha256", "")), seal.at)


@printed.get("/verify")
@public
def anything() -> ResponseReturnValue:
    return _in_the_language_of_the_reader(url_for("reports.verify", lang=i18n.preferred_language()))


@printed.get("/verify/<code>")
@public
def number(code: str) -> ResponseReturnValue:
    """The address on the cover, and in its QR code."""
    return _in_the_language_of_the_reader(url_for("reports.verify_code", code=code, lang=i18n.preferred_language()))


def _in_the_language_of_the_reader(address: str) -> ResponseReturnValue:
    response = redirect(address)
    response.headers["Vary"] = "Accept-Language"
    return response
