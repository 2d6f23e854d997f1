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
from reports.asking import FOR_READERS, tiers_in
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
TURNS_OF_MANY = {
    "draft": N_("The programme reads the draft and recommends it."),
    "recommended": TURNS["recommended"],
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
    def is_lost(self) -> bool:
        """It waits, and nothing is going to make it."""
        return self.state == "waiting" and self.job is None

    @property
    def is_open(self) -> bool:
        """It is going to be ready soon."""
        return self.state in {"waiting", "being_made"} and not self.is_lost

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


@dataclass(frozen=True)
class Files:
    """The files of a sealed edition as a table: a line for each language, in it a cell for each kind of file."""

    edition: Edition
    #: public, handout, confidential: as far as the edition has them and the reader may open them
    tiers: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        return [row for _language, rows in self.lines for row in rows]

    @property
    def failed(self) -> list[Row]:
        return [row for row in self.rows if row.state == "failed"]

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @property
    def lacks_some(self) -> bool:
        """Whether a file was never asked for, or its job was lost."""
        return any(row.state == "none" or row.is_lost for row in self.rows)


def files_of(edition: Edition, jobs: dict[int, Job]) -> Files | None:
    """Every file that the edition has or should have; the confidential ones only for those who may open them."""
    if not edition.is_sealed:
        return None
    found = {(file.tier, file.language): file for file in edition.files}
    sees_all = may(actor(), Action.REPORT_SEE_CONFIDENTIAL, edition.champion_id)
    tiers = tuple(
        tier
        for tier in ("public", HANDOUT, "confidential")
        if tier in tiers_in(edition) and (sees_all or tier in FOR_READERS)
    )
    lines = tuple(
        (code, tuple(row_of(edition, code, tier, found.get((tier, code)), jobs) for tier in tiers))
        for code in LANGUAGES
    )
    return Files(edition, tiers, lines)


def row_of(edition: Edition, language: str, tier: str, file: EditionFile | None, jobs: dict[int, Job]) -> Row:
    return Row(edition, language, tier, file, jobs.get(file.id) if file else None)


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
