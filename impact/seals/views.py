"""Public pages of the list of seals, and the files with which anybody checks a report without us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from impact import i18n
from impact.downloads import generated_file
from impact.guards import public
from impact.i18n import gettext as _
from impact.messages import gettext_noop as N_
from impact.pages import link
from impact.seals import certificate, published, queries
from impact.seals.models import Seal

blueprint = Blueprint("seals", __name__)

#: So many rows a file; `next` in the JSON leads on.
IN_A_FILE = 5000
CHECKPOINTS_IN_A_FILE = 1000
KIND_LABELS = {"edition": N_("Edition"), "file": N_("File")}
#: The fingerprints among the facts of a seal, in the order in which they are shown.
FINGERPRINTS = {
    "edition": {"sha256": N_("public data"), "confidential_sha256": N_("confidential data")},
    "file": {"sha256": N_("file")},
}
TIERS = {"public": N_("for everybody"), "confidential": N_("confidential"), "handout": N_("on one page")}


@dataclass(frozen=True)
class Row:
    n: int
    kind: str
    code: str
    url: str | None
    at: datetime
    #: kind, language, tier, what it replaces: in words
    about: tuple[str, ...]
    #: (what it is of, hexadecimal)
    fingerprints: tuple[tuple[str, str], ...]


def _number(name: str) -> int | None:
    """A key of the list from the address; what is none is not asked for."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _row(seal: Seal) -> Row:
    facts: dict[str, Any] = seal.facts
    about = [_(KIND_LABELS[seal.kind]) if seal.kind in KIND_LABELS else seal.kind]
    if language := facts.get("language"):
        about.append(i18n.OWN_NAMES.get(language, language))
    if facts.get("tier") in TIERS:
        about.append(_(TIERS[facts["tier"]]))
    about += [_("replaces %(edition)s", edition=code) for code in facts.get("replaces") or ()]
    names = FINGERPRINTS.get(seal.kind, {"sha256": N_("fingerprint")})
    fingerprints = tuple((_(label), str(facts[name])) for name, label in names.items() if facts.get(name))
    address = link("reports.verify_code", code=seal.code)
    return Row(seal.n, seal.kind, seal.code, address, seal.at, tuple(about), fingerprints)


@blueprint.get("/seals")
@public
def index() -> ResponseReturnValue:
    """Everything that was sealed, the newest first, and the last checkpoint."""
    before = _number("before")
    found, following = queries.seals_page(before)
    return render_template(
        "seals/index.html",
        rows=[_row(seal) for seal in found],
        newest=queries.last_seal(),
        checkpoint=queries.last_checkpoint(),
        next_url=url_for("seals.index", before=following) if following else None,
        first_url=url_for("seals.index") if before else None,
    )


@blueprint.get("/seals/seals.json")
@public
def seals_json() -> ResponseReturnValue:
    """The chain in its own order, as it is hashed."""
    found = queries.seals_after(_number("after") or 0, IN_A_FILE)
    following = url_for("seals.seals_json", after=found[-1].n) if len(found) == IN_A_FILE else None
    return _file(published.seals_as_json(found, following), "seals.json", "application/json")


@blueprint.get("/seals/seals.csv")
@public
def seals_csv() -> ResponseReturnValue:
    found = queries.seals_after(_number("after") or 0, IN_A_FILE)
    return _file(published.seals_as_csv(found), "seals.csv", "text/csv; charset=utf-8")


@blueprint.get("/seals/checkpoints.json")
@public
def checkpoints_json() -> ResponseReturnValue:
    """The newest checkpoints: keep a copy, and nobody can take a seal away unseen."""
    found = queries.checkpoints_before(_number("before"), CHECKPOINTS_IN_A_FILE)
    is_full = len(found) == CHECKPOINTS_IN_A_FILE
    following = url_for("seals.checkpoints_json", before=found[-1].n) if is_full else None
    return _file(published.checkpoints_as_json(found, following), "checkpoints.json", "application/json")


@blueprint.get("/seals/certificate.pem")
@public
def certificate_pem() -> ResponseReturnValue:
    """The certificate in use, and those that were in use before."""
    return _file(certificate.as_pem(), "certificate.pem", "application/x-pem-file")


@blueprint.get("/check-it-yourself")
@public
def check_it_yourself() -> ResponseReturnValue:
    """How to verify a report without this site."""
    base = str(current_app.extensions["settings"].public_url)
    names = ("seals.certificate_pem", "seals.seals_json", "seals.checkpoints_json")
    return render_template(
        "seals/check_it_yourself.html",
        addresses=[base + url_for(name, lang="en") for name in names],
        fingerprints=[(name, found.not_valid_before_utc.date()) for name, found in certificate.known().items()],
    )


@blueprint.get("/seals/check-edition.py", endpoint="script")
@public
def script() -> ResponseReturnValue:
    """The small program of the page, as it stands in docs/."""
    from config import ROOT

    return _file((ROOT / "docs" / "check_edition.py").read_text(), "check_edition.py", "text/plain; charset=utf-8")


def _file(text: str, name: str, content_type: str) -> Response:
    return generated_file(text, name, content_type)
