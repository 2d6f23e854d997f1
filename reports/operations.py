"""The life of an edition: drawn up from approved figures, signed off by the leader, reviewed, sealed by a second person."""

from __future__ import annotations

from impact import clock
from impact.actor import Actor
from impact.audit.operations import record
from impact.audit.seals import sealed
from impact.champions.models import Champion
from impact.db import db, flush_or_conflict
from impact.errors import Invalid, InvalidState, NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action, require
from impact.progress.models import ReportingWindow
from impact.progress.queries import windows_of
from impact.reviews import operations as reviews
from impact.seals.operations import append as append_seal
from impact.workflow import move
from reports import changes, letters, queries
from reports.asking import AT_THE_SAME_MOMENT, ask_when_sealed
from reports.models import Edition
from reports.names import edition_code, verification_address
from reports.seals import seal_of_edition
from reports.snapshot import approved_report
from reports.snapshot_types import EditionFacts
from reports.tiers import Tiers, is_unchanged, read, tiers_of
from reports.values import Text
from reports.workflow import EDITION, UNDER_WAY

STALE = N_(
    "The figures or texts have changed since this edition was drawn up. It must be drawn up anew and signed off again."
)
ON_ITS_WAY = N_("An edition of this year is on its way or sealed. Only a draft is drawn up anew.")
NOTHING_TO_CORRECT = N_(
    "Nothing has changed since edition %(number)s, so there is nothing to correct. Correct the figure or the text first, on the page of the year’s figures; once that is approved, draw up the correction here."
)
LONGEST_REASON = 2000


def draw_up(champion: Champion, window: ReportingWindow, actor: Actor, reason: str = "") -> Edition:
    """The year frozen as it is now, as a draft: the first edition, a correction with its reason, or the draft anew.

    Raises NotFound for a year of another cohort; InvalidState while the year's figures are not approved, while an
    edition is on its way; Invalid for a correction without reason, and where nothing has changed since the sealed one.
    """
    require(actor, Action.REPORT_MAKE, champion.id)
    if window not in windows_of(champion):
        raise NotFound(N_("There is no reporting window for this year."))
    if approved_report(champion, window) is None:
        raise InvalidState(
            N_("The figures of %(year)s are not approved yet, and a report is made from approved figures."),
            year=str(window.year),
        )
    last = queries.newest_edition(champion, window)
    if last is not None and last.state in UNDER_WAY:
        raise InvalidState(ON_ITS_WAY)
    now = tiers_of(champion, window)
    if last is not None and last.state == "draft":
        return _anew(last, now, reason, actor)
    if last is not None and is_unchanged(last, now):
        values = {"number": last.number}
        raise Invalid(NOTHING_TO_CORRECT, {"reason": (NOTHING_TO_CORRECT, values)}, **values)
    return _next(champion, window, last, now, reason, actor)


def _next(
    champion: Champion, window: ReportingWindow, last: Edition | None, now: Tiers, reason: str, actor: Actor
) -> Edition:
    number = queries.numbers_of_year(champion, window.year) + 1
    edition = Edition(
        kind="champion",
        champion=champion,
        window=window,
        year=window.year,
        number=number,
        code=edition_code(champion.slug, window.year, number),
        state="draft",
        reason=checked_reason(number, reason),
    )
    _freeze(edition, last, now, actor)
    db.session.add(edition)
    flush_or_conflict(AT_THE_SAME_MOMENT)
    _note(edition, actor)
    return edition


def _anew(edition: Edition, now: Tiers, reason: str, actor: Actor) -> Edition:
    """The draft under its own number; the same draft where nothing has changed and nobody returned it."""
    reason = checked_reason(edition.number, reason or edition.reason)
    if is_unchanged(edition, now) and not edition.returned_because and reason == edition.reason:
        return edition
    edition.reason, edition.returned_because = reason, ""
    assert edition.champion is not None and edition.window is not None
    _freeze(edition, queries.edition_before(edition), now, actor)
    db.session.flush()
    _note(edition, actor)
    return edition


def checked_reason(number: int, reason: str) -> str:
    """Why there is an edition with this number. Raises Invalid for a correction without a reason, and for a long one."""
    reason = reason.strip()
    if number > 1 and not reason:
        raise Invalid(
            N_("A correction needs a reason. It is printed in the new edition."),
            {"reason": (N_("Say why the edition before is corrected"), {})},
        )
    if len(reason) > LONGEST_REASON:
        values = {"most": LONGEST_REASON}
        raise Invalid(
            N_("Use at most %(most)s characters."),
            {"reason": (N_("Use at most %(most)s characters."), values)},
            **values,
        )
    return reason


def _freeze(edition: Edition, last: Edition | None, now: Tiers, actor: Actor) -> None:
    moment = clock.now().replace(microsecond=0)
    before = read(last)
    language = now.public.commitments[0].headline.language if now.public.commitments else "en"
    facts = EditionFacts(
        code=edition.code,
        number=edition.number,
        taken_at=moment,
        address=now.public.edition.address,
        replaces=last.code if last else "",
        verification=verification_address(edition.code),
        changes=changes.between(before, now.public) if before else (),
        reason=Text(language, edition.reason) if edition.reason else None,
    )
    now.as_edition(facts).freeze_in(edition)
    edition.taken_at, edition.taken_by_id = moment, actor.person_id


def _note(edition: Edition, actor: Actor) -> None:
    facts_of = {"year": edition.year, "number": edition.number, **_digests(edition)}
    details = {**facts_of, **sealed(seal_of_edition(edition))}
    record(actor, "edition_taken", edition, to_state="draft", reason=edition.reason, details=details)


def _digests(edition: Edition) -> dict[str, str]:
    return {"sha256": edition.sha256, "confidential_sha256": edition.confidential_sha256}


def send_to_leader(edition: Edition, actor: Actor) -> None:
    """Raises InvalidState where what is frozen is not what is published any more."""
    _must_be_fresh(edition)
    move(EDITION, edition, "send_to_leader", actor, details=_digests(edition))
    letters.tell_leaders(edition, actor)


def take_back(edition: Edition, actor: Actor) -> None:
    """From the leader's table, while it is not signed off."""
    move(EDITION, edition, "take_back", actor)


def return_to_writers(edition: Edition, reason: str, actor: Actor) -> None:
    """The leader does not sign it off as it is."""
    move(EDITION, edition, "return_to_writers", actor, reason=reason)
    edition.returned_because = reason.strip()
    letters.tell_writers(edition, actor, reason)


def sign_off(edition: Edition, sha256: str, actor: Actor) -> None:
    """The leader signs off that very edition: `sha256` is the digest of what was read. It goes to the review desk.

    Raises InvalidState where another draft took its place meanwhile, or the figures have changed since.
    """
    require(actor, Action.REPORT_SIGN_OFF, edition.champion_id)
    if sha256 != edition.sha256:
        raise InvalidState(N_("This is not the edition that you read: it was drawn up anew meanwhile. Read it again."))
    _must_be_fresh(edition)
    move(EDITION, edition, "sign_off", actor, details=_digests(edition))
    edition.returned_because = ""
    db.session.flush()
    reviews.submitted("edition", edition, actor)


def returned(edition: Edition, actor: Actor, reason: str) -> None:
    """After the reviewer's move: the signature goes, since what comes next is another text."""
    edition.returned_because = reason
    edition.signed_off_at = edition.signed_off_by_id = None


def seal(edition: Edition, actor: Actor, reason: str) -> None:
    """A second person approves: sealed and public at once, in the list of seals, and its files asked for.

    Raises InvalidState where the figures have changed since it was drawn up: it goes back instead.
    """
    _must_be_fresh(edition)
    seal_up(edition, actor, reason)


def seal_up(edition: Edition, actor: Actor, reason: str) -> None:
    """What sealing is for every kind of edition; whether it may be sealed was asked before."""
    # State and moment are written in one statement: the database holds that each implies the other.
    with db.session.no_autoflush:
        older = queries.in_force(edition)
        move(EDITION, edition, "approve", actor, reason=reason, details=_digests(edition))
    for before in older:
        move(EDITION, before, "supersede", actor, reason=edition.reason, details={"by": edition.code})
    facts = {"kind": edition.kind, "year": edition.year, "number": edition.number, **_digests(edition)}
    append_seal("edition", edition.code, {**facts, "replaces": [before.code for before in older]}, actor)
    ask_when_sealed(edition, actor)


def _must_be_fresh(edition: Edition) -> None:
    assert edition.champion is not None and edition.window is not None
    if not is_unchanged(edition, tiers_of(edition.champion, edition.window)):
        raise InvalidState(STALE)
