"""One thing in each state, each with a word of its own: of all of them the public reads only what was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import event

from impact.accounts.operations import person_for
from impact.champions.models import STANDING_LABELS, Champion
from impact.commitments.models import AMENDMENT_STATES, COMMITMENT_STATES, PUBLIC_STATES, Amendment, Commitment
from impact.db import db, transaction
from impact.guards import OPEN_ENDPOINTS
from impact.indicators.models import Indicator
from impact.progress.models import REPORT_STATES, Evidence, Figure, ProgressReport, ReportingWindow
from reports.models import Edition
from reports.workflow import STATE_LABELS
from tests.every_change import PUBLIC_TABLES
from tests.progress import makers

AT = datetime(2019, 5, 10, 9, 0, tzinfo=UTC)
#: What of a public address is filled in with what; `every` list is asked for.
FILLED = {
    "registry.champion": "champions",
    "registry.commitment": "commitments",
    "registry.figures_file": "commitments",
    "registry.chart_file": "commitments",
    "registry.indicator": "indicators",
    "registry.country": "countries",
    "registry.country_bars": "countries",
    "registry.country_years": "countries",
    "champions.public_cohort": "cohorts",
    "progress.evidence": "evidence",
    "reports.verify_code": "editions",
}
#: Public addresses that a letter's link, a finished file or a button opens; they show no list and no text of others.
BY_LINK = frozenset(
    {
        "accounts.new_password", "champions.apply_invited", "champions.confirm", "pledges.mine", "champions.join", "reports.download", "reports.handout", "reports.moved",
        # How far a file is; tests/reports/test_files_asked_for.py asks for it in every state.
        "reports.file",
        # Of one sealed edition: tests/reports/test_edition_addresses.py asks for them in every state.
        "editions.data", "editions.page", "editions.table",
        "printed.number",
        "champions.own_application",
    }
)  # fmt: skip


def word(kind: str, state: str) -> str:
    """A word that stands nowhere else."""
    return f"zz{kind}{state}".replace("_", "") + "zz"


class World:
    """Everything in every state, with the words that may be read and those that may not."""

    def __init__(self) -> None:
        self.shown: set[str] = set()
        self.hidden: set[str] = set()
        self.addresses: dict[str, list[str]] = {name: [] for name in FILLED.values()}
        base = makers.a_world()
        self.second = person_for("second@example.org", "Second")
        self.third = person_for("third@example.org", "Third")
        db.session.flush()
        self._champions()
        for state in COMMITMENT_STATES:
            self._commitment(base.champion, state, base.target.indicator)
        for state in AMENDMENT_STATES:
            self._amendment(base, state)
        for number, state in enumerate(REPORT_STATES):
            self._report(base, state, 2001 + number)
        window = makers.a_window(base)
        for number, state in enumerate(STATE_LABELS, start=1):
            self._edition(base, window, state, number)
        self.addresses["champions"].append(base.champion.slug)
        self.addresses["commitments"].append(base.commitment.public_id)
        self.addresses["cohorts"].append(base.cohort.slug)
        self.addresses["countries"].append(base.champion.country)
        assert base.target.indicator is not None
        self.addresses["indicators"].append(base.target.indicator.slug)

    def _sort(self, marker: str, is_public: bool) -> str:
        (self.shown if is_public else self.hidden).add(marker)
        return marker

    def _champions(self) -> None:
        for standing in STANDING_LABELS:
            name = self._sort(word("champion", standing), standing != "applicant")
            row = Champion(
                slug=f"standing-{standing}", constituency="university", name=name, country="FRA", standing=standing,
                created_at=AT,
            )  # fmt: skip
            db.session.add(row)
            self.addresses["champions"].append(row.slug)

    def _commitment(self, champion: Champion, state: str, indicator: Indicator | None) -> None:
        public = state in PUBLIC_STATES
        row = Commitment(
            champion=champion, state=state, headline=self._sort(word("commitment", state), public), created_at=AT,
            why=self._sort(word("why", state), public),
        )  # fmt: skip
        if public:
            row.published_at = row.approved_at = AT
            row.approved_by_id = self.second.id
        db.session.add(row)
        assert indicator is not None
        makers.a_target(row, indicator)
        self.addresses["commitments"].append(row.public_id)

    def _amendment(self, base: makers.World, state: str) -> None:
        # Of each commitment one amendment may be open at a time.
        commitment = Commitment(
            champion=base.champion, state="published", headline="Amended", created_at=AT, published_at=AT,
            approved_at=AT, approved_by_id=self.second.id,
        )  # fmt: skip
        db.session.add(commitment)
        assert base.target.indicator is not None
        makers.a_target(commitment, base.target.indicator)
        self.addresses["commitments"].append(commitment.public_id)
        approved = state == "approved"
        row = Amendment(
            commitment=commitment, state=state, changes=[], reason_code="other", requested_at=AT,
            note=self._sort(word("amendment", state), approved),
        )  # fmt: skip
        if approved:
            row.number, row.effective_on = 1, AT.date()
            row.approved_at, row.approved_by_id, row.recommended_by_id = AT, self.second.id, self.third.id
        db.session.add(row)

    def _report(self, base: makers.World, state: str, year: int) -> None:
        approved = state == "approved"
        window = ReportingWindow(
            cohort=base.cohort, year=year, period_starts=date(year, 1, 1), period_ends=date(year, 12, 31),
            opens_on=date(year + 1, 1, 1), due_on=date(year + 1, 3, 31),
        )  # fmt: skip
        report = ProgressReport(champion=base.champion, window=window, state=state, created_at=AT)
        figure = Figure(
            report=report, target=base.target, on=date(year, 12, 31), value=Decimal(20), entered_at=AT,
            narrative=word("narrative", state),
        )  # fmt: skip
        if not approved:
            self.hidden.add(figure.narrative)
        if approved:
            report.approved_at = figure.approved_at = AT
            report.approved_by_id = self.second.id
        db.session.add_all([window, report, figure])
        db.session.flush()
        for public in (True, False):
            title = word(f"evidence{'public' if public else 'confidential'}", state)
            piece = Evidence(
                figure_id=figure.id, champion_id=base.champion.id, title=self._sort(title, public and approved),
                is_public=public, url=f"https://evidence.example/{title}", added_at=AT,
            )  # fmt: skip
            db.session.add(piece)
            db.session.flush()
            self.addresses["evidence"].append(piece.public_id)

    def _edition(self, base: makers.World, window: ReportingWindow, state: str, number: int) -> None:
        """Nothing of what an edition says is shown where it is verified; of one that is not sealed not even its year."""
        is_sealed = state in {"sealed", "superseded"}
        row = Edition(
            champion=base.champion, window=window, year=2018, number=number, code=f"leak-2018-{number}",
            state=state, snapshot={"text": word("snapshot", state)}, sha256="0" * 64, taken_at=AT,
            reason=word("reason", state), returned_because=word("returned", state),
            sealed_at=AT if is_sealed else None, superseded_at=AT if state == "superseded" else None,
        )  # fmt: skip
        self.hidden |= {word("snapshot", state), word("returned", state)} | (set() if is_sealed else {row.reason})
        db.session.add(row)
        self.addresses["editions"].append(row.code)


def addresses(app: Flask, world: World, language: str) -> Iterator[str]:
    """Every address that anybody may open."""
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        if rule.endpoint in OPEN_ENDPOINTS or guard != "public" or "GET" not in (rule.methods or ()):
            continue
        # Of the targets of a commitment the first is asked for, of the areas of a country one.
        one_of: dict[str, object] = {"number": 1, "area": "political"}
        names = set(rule.arguments) - {"lang", *one_of}
        first = {name: value for name, value in one_of.items() if name in rule.arguments}
        with app.test_request_context():
            if not names:
                yield app.url_for(rule.endpoint, lang=language)
                continue
            if rule.endpoint in BY_LINK:
                continue
            assert rule.endpoint in FILLED, f"{rule.endpoint}: say in FILLED what its address holds"
            assert len(names) == 1
            for value in world.addresses[FILLED[rule.endpoint]]:
                yield app.url_for(rule.endpoint, lang=language, **first, **{names.copy().pop(): value})


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_only_what_is_published_is_read_in_public(app: Flask, language: str) -> None:
    with transaction():
        world = World()
    db.session.flush()
    client, seen, asked = app.test_client(), set(), set()
    for url in list(addresses(app, world, language)):
        answer = client.get(url)
        assert answer.status_code in {200, 302, 303, 404}, url
        text = answer.text + answer.headers.get("Location", "")
        asked.add(url)
        assert {marker for marker in world.hidden if marker in text} == set(), url
        seen |= {marker for marker in world.shown if marker in text}
    assert len(asked) > 30
    assert world.shown - seen == set(), "published, and nowhere to be read"


def test_public_pages_read_only_tables_whose_changes_are_watched(app: Flask) -> None:
    """The page cache trusts the audit trail for these tables (tests/every_change.py)."""
    with transaction():
        world = World()
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    urls = list(addresses(app, world, "en"))
    event.listen(db.engine, "before_cursor_execute", note)
    client = app.test_client()
    for url in urls:
        # Pages that are kept by no cache.
        if not any(part in url for part in ("/sign-in", "/password", "/apply", "/pledge")):
            client.get(url)
    event.remove(db.engine, "before_cursor_execute", note)
    known = {table.name for table in db.metadata.sorted_tables}
    read = {part.strip('"') for statement in statements for part in statement.replace(",", " ").split()} & known
    # Of a review the public reads the verdict, which never comes without its entry; what a reviewer has typed so far does.
    assert read - PUBLIC_TABLES - {"review"} == set()
    assert {"commitment", "champion", "target", "figure"} <= read
