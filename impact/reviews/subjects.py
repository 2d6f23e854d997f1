"""What can be reviewed. Each room registers the kinds it hands in; reviews itself imports none of the later rooms.

    register(SubjectKind(kind="progress_report", table=REPORT, load=…, title=…, open_url=…))

`kind` is the name of the thing's table, so that its audit trail is found by kind and id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from impact.actor import Actor
from impact.commitments.ambition import Asked
from impact.errors import NotFound
from impact.messages import gettext_noop as N_
from impact.permissions import Action
from impact.reviews.criteria import CRITERIA
from impact.reviews.models import Review
from impact.workflow import Table


@dataclass(frozen=True)
class Words:
    """A message id with its typed values; the doors print it in the reader's language."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One line of the thing, before (the last round) and after (this one); `before` is None at the first round.

    `field` is the name that remarks carry; remarks on the fields `says_also` stand here too. `label` and the sides are
    texts as they were written, or what `i18n.show` takes. Lines of one `part` ("Target 1") stand together, called
    `short` there; the one that `leads` says the part in one sentence.
    """

    field: str
    label: Any
    before: Any
    after: Any
    is_first: bool = False
    part: Any = ""
    short: Any = ""
    leads: bool = False
    says_also: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return not self.is_first and self.before != self.after


@dataclass(frozen=True)
class Check:
    """A pre-check: rank "error", "warning" or "notice", its words, and the champion's answer to a warning."""

    rank: str
    words: Any
    answer: str = ""


@dataclass(frozen=True)
class EvidenceItem:
    """A file (endpoint and values of its download) or a link (an http address), with a line about it."""

    title: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    note: Any = ""
    is_confidential: bool = False


def _nothing(*_things: Any) -> Sequence[Any]:
    return ()


def _do_nothing(_thing: Any, _actor: Actor) -> None:
    return None


def _no_revision(_thing: Any) -> int | None:
    return None


def _language(thing: Any) -> str:
    return str(getattr(thing, "language", "en"))


@dataclass(frozen=True)
class SubjectKind:
    """A kind of thing that is reviewed, and the answers only its own room can give.

    The table knows claim, release, return, decline (where there is one), recommend, send_back, approve.
    """

    kind: str
    table: Table
    #: the thing with this id, or None
    load: Callable[[int], Any]
    #: (thing, language) → what the queue and the letters call it: a text or Words
    title: Callable[[Any, str], Any]
    #: thing → (endpoint, values) of its page on the champion's side
    open_url: Callable[[Any], tuple[str, Mapping[str, Any]]]
    #: thing → (endpoint, values) of the page that readers will have of it, where it is set as one
    read_url: Callable[[Any], tuple[str, Mapping[str, Any]]] | None = None
    prechecks: Callable[[Any], Sequence[Check]] = _nothing
    #: (thing, review) → every field, changed or not
    differences: Callable[[Any, Review], Sequence[Difference]] = _nothing
    #: (thing, actor), after the move to approved, in the same transaction
    on_approved: Callable[[Any, Actor], None] = _do_nothing
    #: (thing, actor, reason), after the move that returns it, in the same transaction
    on_returned: Callable[[Any, Actor, str], object] = _nothing
    evidence: Callable[[Any], Sequence[EvidenceItem]] = _nothing
    #: the targets in it whose pace the desk reads: `impact.commitments.ambition`
    targets: Callable[[Any], Sequence[Asked]] = _nothing
    #: what it comes to, in a few lines for a list of several things; no query beyond those of `load_whole`
    gist: Callable[[Any], Sequence[Difference]] = _nothing
    #: (thing, actor, reason): where the room must take the move "approve" itself, with what belongs to it
    approve: Callable[[Any, Actor, str], None] | None = None
    #: what the second person sets going by approving it, where that is more than publishing the text at hand
    approving: str = ""
    #: ids → {id: thing} in a constant number of queries; without it the queue loads one by one
    load_many: Callable[[Sequence[int]], Mapping[int, Any]] | None = None
    #: the same with everything that `gist` reads; without it what `load_many` gives is enough
    load_whole: Callable[[Sequence[int]], Mapping[int, Any]] | None = None
    label: str = N_("Item")
    revision: Callable[[Any], int | None] = _no_revision
    language: Callable[[Any], str] = _language
    #: the rubric: criterion → (name, what 3 would mean)
    criteria: Mapping[str, tuple[str, str]] = field(default_factory=lambda: CRITERIA)
    #: who may answer remarks
    writing: Action = Action.COMMITMENT_WRITE

    def champion_id(self, thing: Any) -> int:
        return int(thing.champion_id)


_KINDS: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> SubjectKind:
    """Make a kind reviewable; a second registration of the same name replaces the first (reloading)."""
    _KINDS[kind.kind] = kind
    return kind


def kind_named(name: str) -> SubjectKind:
    """Raises NotFound for a kind that nobody registered."""
    if name not in _KINDS:
        raise NotFound(N_("There is no such page, or you may not see it."))
    return _KINDS[name]


def kinds() -> Iterable[SubjectKind]:
    return tuple(_KINDS.values())


def subject_of(review: Review) -> Any:
    """The thing under review; NotFound when it is gone."""
    thing = kind_named(review.subject_kind).load(review.subject_id)
    if thing is None:
        raise NotFound(N_("There is no such page, or you may not see it."))
    return thing


def subjects_of(reviews: Sequence[Review], *, whole: bool = False) -> dict[int, Any]:
    """{review id: thing} for a page of the queue; reviews whose kind or thing is unknown are left out."""
    found: dict[int, Any] = {}
    for kind in kinds():
        mine = [review for review in reviews if review.subject_kind == kind.kind]
        if not mine:
            continue
        ids = [review.subject_id for review in mine]
        load = kind.load_whole if whole and kind.load_whole else kind.load_many
        things = load(ids) if load else {number: kind.load(number) for number in ids}
        found.update({r.id: things[r.subject_id] for r in mine if things.get(r.subject_id) is not None})
    return found


def criteria_of(review: Review) -> Mapping[str, tuple[str, str]]:
    """The rubric of this review: that of its kind, or the one by which it was scored when all kinds had the same."""
    of_kind = kind_named(review.subject_kind).criteria
    return CRITERIA if review.scores and not set(review.scores) & set(of_kind) else of_kind
