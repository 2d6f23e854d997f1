"""The blueprint of the annual reports, and what its pages share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from impact import i18n
from impact.champions.models import Champion
from impact.i18n import OWN_NAMES
from impact.i18n import gettext as _
from impact.jobs import Job
from impact.messages import gettext_noop as N_
from impact.pages import actor
from impact.permissions import Action, may
from reports.asking import tiers_in
from reports.models import HANDOUT, Edition, EditionFile
from reports.names import LANGUAGES
from reports.prechecks import Missing

blueprint = Blueprint("reports", __name__)

#: Whose turn it is, in one sentence.
TURNS = {
    "draft": N_("The coordinator reads the draft and sends it to the leader."),
    "with_leader": N_("The leader reads this edition and signs it off, or returns it."),
    "submitted": N_("Signed off by the leader. UN Women reviews it next."),
    "in_review": N_("A reviewer of UN Women has it."),
    "recommended": N_("A second person at UN Women decides."),
    "sealed": N_("Sealed and public. Nothing in it changes any more."),
    "superseded": N_("A newer edition has taken its place. It stays readable."),
}
#: States of an edition → the marks and words of templates/components/process.html
MARKS = {"with_leader": "awaiting_leader"}


@blueprint.app_template_global("language_name")
def language_name(code: str) -> str:
    """A language in its own name."""
    return OWN_NAMES[code]


@dataclass(frozen=True)
class Row:
    """One file of a sealed edition, if it is there, and the job that makes it."""

    edition: Edition
    language: str
    tier: str
    file: EditionFile | None
    job: Job | None

    @property
    def state(self) -> str:
        """none, waiting, being_made, ready or failed."""
        if self.file is None:
            return "none"
        if self.file.state == "waiting" and self.job is not None and self.job.state == "running":
            return "being_made"
        return self.file.state

    @property
    def url(self) -> str:
        if self.tier == "public":
            return url_for("reports.download", code=self.edition.code, report_language=self.language)
        if self.tier == HANDOUT:
            return url_for("reports.handout", code=self.edition.code, report_language=self.language)
        assert self.edition.champion is not None
        return url_for(
            "reports.download_confidential",
            slug=self.edition.champion.slug,
            code=self.edition.code,
            report_language=self.language,
        )


def rows_of(edition: Edition, jobs: dict[int, Job]) -> list[Row]:
    """Every file that the edition has or should have; the confidential ones only for those who may open them."""
    if not edition.is_sealed:
        return []
    files = {(file.tier, file.language): file for file in edition.files}
    sees_all = may(actor(), Action.REPORT_SEE_CONFIDENTIAL, edition.champion_id)
    rows = []
    for tier in tiers_in(edition):
        for language in LANGUAGES if tier != "confidential" or sees_all else ():
            file = files.get((tier, language))
            rows.append(Row(edition, language, tier, file, jobs.get(file.id) if file else None))
    return rows


def is_open(rows: list[Row]) -> bool:
    return any(row.state in {"waiting", "being_made"} for row in rows)


def check_in_words(missing: Missing) -> dict[str, str]:
    """A pre-check with the way to where it is mended."""
    return {
        "rank": missing.rank,
        "message": i18n.say(missing.message, missing.values),
        "url": url_for(missing.endpoint, **missing.address) if missing.endpoint else "",
        "link_words": _("Put it right"),
    }


def champion_page(template: str, champion: Champion, **values: Any) -> str:
    return render_template(
        template,
        champion=champion,
        may_make=may(actor(), Action.REPORT_MAKE, champion.id),
        turns=TURNS,
        marks=MARKS,
        is_demonstration=champion.is_demonstration,
        demonstration_sentence=_("%(name)s and every figure on this page are made up.", name=champion.name),
        **values,
    )
