"""The people and things of the role matrix, and what each address of the platform needs to be asked."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from impact import clock
from impact.accounts.models import Person
from impact.accounts.operations import new_link, open_session, person_for
from impact.actor import SYSTEM, Role
from impact.champions import operations as champions
from impact.champions.models import Champion, Cohort
from impact.champions.queries import actor_for
from impact.champions.views.people import mark_of
from impact.commitments import amendments, queries
from impact.commitments import operations as commitments
from impact.commitments.models import Commitment, Target
from impact.db import db, transaction
from impact.demo.load import load_all
from impact.pledges import invalidating as pledge_rules
from impact.pledges import keys as pledge_keys
from impact.pledges import operations as pledges
from impact.pledges.models import Pledge
from impact.progress import operations as progress
from impact.progress.models import Evidence, ProgressReport
from impact.reviews.models import Remark, Review
from impact.storage import storage
from reports.asking import ask_for_all
from reports.models import Edition
from tests.champions import makers

#: Who applied for the organisation that is asked for: B's coordinator.
APPLICANT = "coordinator-b@matrix.example"
#: The columns of the table, in its order. "a" is a champion, "b" another one.
ROLES = (
    "anonymous", "a coordinator", "a contributor", "a viewer", "a leader",
    "b coordinator", "b contributor", "b viewer", "b leader",
    "reviewer", "reviewer with a tie to a", "approver", "programme manager", "administrator",
)  # fmt: skip
_STAFF = {
    "reviewer": "reviewer@demo.example",
    "reviewer with a tie to a": "reviewer2@demo.example",
    "approver": "approver@demo.example",
    "programme manager": "manager@demo.example",
    "administrator": "administrator@demo.example",
}


@dataclass
class World:
    app: Flask
    #: of each role that is signed in, the token of its session
    tokens: dict[str, str]
    values: dict[str, Any]

    def client(self, role: str) -> Any:
        """A browser of its own, signed in as somebody of this role."""
        client = self.app.test_client()
        if role in self.tokens:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = self.tokens[role], True
        return client


def _champion(slug: str) -> Champion:
    return db.session.scalars(select(Champion).where(Champion.slug == slug)).one()


def make(app: Flask) -> World:
    with transaction():
        load_all()
    with transaction():
        people = {}
        for letter, slug in (("a", "example-university"), ("b", "sample-group")):
            for role in (Role.COORDINATOR, Role.CONTRIBUTOR, Role.VIEWER, Role.LEADER):
                person = person_for(f"{role.value}-{letter}@matrix.example", f"{role.value} {letter}")
                champions.add_member(_champion(slug), person, role, SYSTEM)
                people[f"{letter} {role.value}"] = person.id
        for role, email in _STAFF.items():
            people[role] = db.session.scalars(select(Person.id).where(Person.email == email)).one()
        tied = db.session.get_one(Person, people["reviewer with a tie to a"])
        champions.declare_conflict(tied, _champion("example-university"), "Taught there.")
        victim = person_for("nobody@matrix.example", "Nobody")
        champions.add_member(_champion("example-university"), victim, Role.VIEWER, SYSTEM)
        db.session.flush()
        values = {**_things(), **_years(), **_links(people["programme manager"]), "person_id": victim.id}
        tokens = {role: open_session(db.session.get_one(Person, number)) for role, number in people.items()}
    application = makers.confirmed("Matrix University", contact_email=APPLICANT)
    with app.test_request_context():
        values["person"] = mark_of(victim)
    return World(app, tokens, {**values, "application": application.public_id})


def _things() -> dict[str, Any]:
    university = _champion("example-university")
    draft = commitments.file_commitment(university, SYSTEM, {"headline": "A draft of the matrix"})
    target = commitments.add_target(draft, SYSTEM, {"kind": "level"})
    published, amended = db.session.scalars(
        select(Commitment)
        .where(Commitment.champion_id == university.id, Commitment.state == "published")
        .order_by(Commitment.id.desc())
        .limit(2)
    )
    amendment = queries.open_amendment(amended) or amendments.start_amendment(amended, SYSTEM)
    review = db.session.scalars(select(Review).where(Review.subject_kind == "commitment", Review.verdict == "")).first()
    remark = db.session.scalars(select(Remark)).first()
    assert review is not None
    assert remark is not None
    cohort = db.session.scalars(select(Cohort).where(Cohort.is_demonstration)).one()
    approver = db.session.scalars(select(Person.id).where(Person.email == _STAFF["approver"])).one()
    conditional = Commitment(
        champion=university, state="published", headline="Quotas", created_at=clock.now(), published_at=clock.now(),
        approved_at=clock.now(), approved_by_id=approver,
    )  # fmt: skip
    condition = Target(kind="conditional", inner_kind="deliverable", condition_words="Boards under 40 %")
    conditional.targets.append(condition)
    db.session.add(conditional)
    db.session.flush()
    return {
        "lang": "en",
        "slug": "example-university",
        "champion_slug": "example-university",
        "cohort_slug": cohort.slug,
        "draft": draft.public_id,
        "published": published.public_id,
        "amended": amended.public_id,
        "amendment_id": amendment.public_id,
        "target_id": target.public_id,
        "amended_target": amended.targets[0].public_id,
        "published_target": published.targets[0].public_id,
        "condition": condition.public_id,
        "review": review.public_id,
        "remark_id": remark.public_id,
        "remarked": db.session.get_one(Review, remark.review_id).public_id,
        "language": "en",
        "report_language": "en",
        "word": "off",
        "role": "reviewer",
        "step": "complete",
        "constituency": "corporation",
        "filename": "icon.svg",
    }


def _years() -> dict[str, Any]:
    """A year that is open for figures, one that is approved, and its report as a file."""
    university = _champion("example-university")
    approved, another = db.session.scalars(
        select(ProgressReport)
        .where(ProgressReport.champion_id == university.id, ProgressReport.state == "approved")
        .order_by(ProgressReport.window_id, ProgressReport.correction.desc())
        .limit(2)
    )
    opened = progress.start_correction(another, "A count was wrong.", SYSTEM)
    figure = opened.figures[0]
    piece = Evidence(
        figure_id=figure.id, champion_id=university.id, is_public=False, title="Confidential", url="https://e.example",
        added_at=clock.now(),
    )  # fmt: skip
    edition = db.session.scalars(
        select(Edition).where(Edition.champion_id == university.id, Edition.state == "sealed").order_by(Edition.id)
    ).first()
    assert edition is not None
    ask_for_all(edition, SYSTEM)
    files = {(file.tier, file.language): file for file in edition.files}
    for tier in ("public", "confidential"):
        file = files[tier, "en"]
        file.sha256, file.state, file.made_at = storage().put(b"%PDF-1.7"), "ready", clock.now()
    files["public", "fr"].state = "failed"
    db.session.add(piece)
    db.session.flush()
    return {
        "year": opened.window.year,
        "approved_year": approved.window.year,
        "target_public_id": figure.target.public_id,
        "evidence": piece.public_id,
        "edition": edition.public_id,
        "code": edition.code,
        "tier": "public",
        "table": "figures",
        "constituency": "university",
    }


def _links(manager_id: int) -> dict[str, Any]:
    """A link of a letter for each purpose."""
    manager = actor_for(db.session.get_one(Person, manager_id))
    _invitation, invited = champions.invite_organisation(
        constituency="university", name="Invited University", country="FRA", contact_name="Ida Example",
        contact_email="ida@invited.example", message="", language="en", actor=manager,
    )  # fmt: skip
    _made, confirm = champions.apply(makers.particulars("Unconfirmed University"), language="en", accepts_terms=True)
    university = _champion("example-university")
    given = pledges.Given(email="pledger@matrix.example", language="en")
    pledges.take(given, "192.0.2.1")
    pledged = db.session.scalars(select(Pledge)).one()
    taken_out = pledge_rules.invalidate(pledge_rules.rule_of("domain", "nobody.example", 1), "A burst.", manager)
    return {
        "key": pledge_keys.link(pledged.public_id),
        "pledges.undo": taken_out.id,
        "accounts.new_password": new_link("set_password", "nobody@matrix.example")[1],
        "champions.apply_invited": invited,
        "champions.confirm": confirm,
        "champions.join": champions.invite_member(university, "new@matrix.example", "New", Role.VIEWER, manager),
    }


#: What `public_id` means, by the endpoint or else by the room.
_PUBLIC_ID = {
    "reviews.answer": "remarked",
    "reviews.settle": "remarked",
    "progress.override": "published_target",
    "commitments.end": "published",
    "commitments.reaffirm": "published",
    "commitments.ask_for_amendment": "published",
    "commitments.amendment_start": "published",
    "commitments": "draft",
    "reviews": "review",
    "registry": "published",
    "champions": "application",
    "progress": "evidence",
    "reports": "edition",
}


def address(world: World, endpoint: str, wanted: set[str]) -> dict[str, Any]:
    """The values of an address, and of its query where the page asks for one."""
    values = dict(world.values)
    room, _dot, name = endpoint.partition(".")
    values["public_id"] = values.get(_PUBLIC_ID.get(endpoint) or _PUBLIC_ID.get(room, ""), "nosuchthing")
    values["token"] = values.get(endpoint, "no-such-token")
    if endpoint == "pledges.undo":
        values["number"] = values[endpoint]
    if "amendment_id" in wanted:
        values["public_id"], values["target_id"] = values["amended"], values["amended_target"]
    if room == "conditions":
        values["target_id"] = values["condition"]
    if endpoint in {"progress.correct", "reports.draw_up", "reports.draw_up_many"}:
        values["year"] = values["approved_year"]
    if endpoint == "reports.again":
        values["language"] = "fr"
    if endpoint == "registry.indicator" or room == "indicators":
        values["slug"] = "she-a"
    if endpoint.startswith("registry.country"):
        values["code"], values["area"] = "JPN", "political"
    query = {"person": values["person"]} if name in {"member_roles", "remove_member"} else {}
    return {key: values.get(key, "1") for key in wanted} | query


def sent(world: World, endpoint: str) -> dict[str, str]:
    """What is sent: nothing, which a form refuses beside its fields; a step on several things names one of them."""
    return {"item": world.values["review"]} if endpoint in {"reviews.run", "reviews.run_steps"} else {}


class Database:
    """The SQLite file as the world left it: every request that changed something is undone before the next one."""

    def __init__(self, path: Path) -> None:
        self.path, self.kept = path, path.with_suffix(".kept")
        self._close()
        shutil.copy(path, self.kept)

    def restore(self) -> None:
        self._close()
        shutil.copy(self.kept, self.path)

    def _close(self) -> None:
        # The last connection that is closed writes the log back into the file.
        db.session.remove()
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
