"""What a snapshot takes out of the database: literally, and nothing that is not public."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D

from impact.commitments.models import Amendment
from impact.db import db
from impact.progress import operations as progress
from reports.render import to_html, to_pdf
from reports.snapshot import take
from reports.snapshot_types import (
    CommitmentFacts,
    Contact,
    EditionFacts,
    Gap,
    KeyFigure,
    Leader,
    Organisation,
    Settings,
    Snapshot,
    Statement,
)
from reports.target_facts import (
    PROTECTING,
    AmendmentFacts,
    Baseline,
    Change,
    EvidenceFacts,
    FigureFacts,
    IndicatorFacts,
    Original,
    TargetFacts,
    Verdict,
)
from reports.values import Day, Number, Sentence, Text
from tests.progress import makers as progress_makers
from tests.reports import makers

#: What the report calls the indicator in the languages that its catalogue has not.
NAMED = {
    "Women among full professors": {
        "es": "Mujeres entre los catedráticos",
        "ru": "Женщины среди полных профессоров",
        "zh": "正教授中的女性",
    },
    "the share of women among full professors": {
        "es": "la proporción de mujeres entre los catedráticos",
        "ru": "долю женщин среди полных профессоров",
        "zh": "正教授中的女性比例",
    },
}


def en(text: str) -> Text:
    return Text("en", text, dict(NAMED.get(text, {})))


def taken(year: makers.Year) -> Snapshot:
    return take(year.world.champion, year.window, makers.TAKEN.date())


def only_target(snapshot: Snapshot) -> TargetFacts:
    return snapshot.commitments[0].targets[0]


TARGET = TargetFacts(
    kind="level",
    sentence=Sentence(
        "Raise %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s",
        {
            "what": en("the share of women among full professors"),
            "baseline": Number(D(19), "percent"),
            "baseline_date": Day(date(2015, 4, 30)),
            "target": Number(D(30), "percent"),
            "due": Day(date(2020, 12, 31)),
        },
    ),
    indicator=IndicatorFacts(
        code="UNI-PROF",
        name=en("Women among full professors"),
        unit="percent",
        direction="parity",
        definition=en("Heads."),
        numerator=en("Women"),
        denominator=en("All full professors"),
    ),
    # 5.105012 of 11 points; 1,341 of 2,072 days
    verdict=Verdict(
        "slightly_behind",
        p=D("0.464092"),
        e=D("0.6472007722007722007722007722"),
        r=D("0.7170757822520507084265473527"),
        value=D("24.105012"),
        value_on=date(2018, 12, 31),
    ),
    value=D(30),
    on=date(2020, 12, 31),
    scope=en("full professors, permanent staff"),
    baseline=Baseline(D(19), date(2015, 4, 30), False, D(76), D(400), en("Staff records")),
    figures=(
        FigureFacts(
            2018,
            date(2018, 12, 31),
            D("24.105012"),
            D(101),
            D(419),
            {"women": 101, "men": PROTECTING, "other": PROTECTING, "undisclosed": PROTECTING},
            expected=D("26.119208"),
        ),
    ),
    narrative=en("Every panel met."),
    obstacles=en("Few retirements."),
    source=en("Staff records, 2018"),
)
EXPECTED = Snapshot(
    year=2018,
    period_starts=date(2018, 1, 1),
    period_ends=date(2018, 12, 31),
    organisation=Organisation(
        Text("en", "Example University", {"fr": "Université Exemple", "ar": "جامعة المثال"}),
        "university",
        Text("en", "France", {"ar": "فرنسا", "es": "Francia", "fr": "France", "ru": "Франция", "zh": "法国"}),
        website="https://university.example",
    ),
    edition=EditionFacts(
        "",
        0,
        datetime(2019, 6, 3, tzinfo=UTC),
        "http://impact.test/en/champions/example-university",
        approved_on=date(2019, 6, 3),
    ),
    settings=Settings(slightly_behind=D("0.6"), too_early=D("0.1"), grace_days=30),
    leader=Leader("Ines Sample", en("President"), date(2014, 9, 1)),
    statement=Statement(en("We are behind.\n\nWe know why.")),
    key_figures=(KeyFigure(en("Women among full professors"), "percent", D("24.105012"), 2018, is_share=True),),
    commitments=(
        CommitmentFacts(
            1,
            en("Raise the share of women among full professors"),
            (TARGET,),
            responsible=en("Office of the Provost"),
            published_on=date(2019, 5, 10),
        ),
    ),
    gaps=(
        Gap(
            "withheld",
            en("Women among full professors"),
            reason=Sentence(
                "Cells that describe very few people, and those that would give them away, are left out of its table."
            ),
        ),
    ),
    asked=("reported", "withheld", "withheld", "withheld"),
    contacts=(
        Contact("Focal point", "Example University", "https://university.example"),
        Contact(
            "UN Women, IMPACT 10×10×10",
            "",
            "http://impact.test/en/",
            {"fr": "http://impact.test/fr/", "ar": "http://impact.test/ar/"},
        ),
    ),
)


def test_a_year_is_taken_as_it_was_published(year: makers.Year) -> None:
    found = taken(year)
    commitment, piece = found.commitments[0], only_target(found).evidence[0]
    # Addresses hold an id that nobody can guess, so they are put in; everything else is literal.
    assert commitment.address == f"http://impact.test/en/commitments/{year.world.commitment.public_id}"
    register = EvidenceFacts(en("Register of chairs"), "link", date(2019, 6, 3), True, piece.address)
    assert piece.address.startswith("http://impact.test/en/evidence/")
    literal = replace(
        EXPECTED,
        commitments=(
            replace(
                EXPECTED.commitments[0],
                address=commitment.address,
                targets=(replace(TARGET, evidence=(register,)),),
            ),
        ),
    )
    assert found == literal
    assert found.dump() == literal.dump()


def test_drafts_confidential_evidence_and_small_cells_are_in_neither_the_data_nor_the_pages(year: makers.Year) -> None:
    found = taken(year)
    for said in (found.dump().decode(), to_html(found, "en")):
        assert makers.SECRET not in said
        assert "Confidential minutes" not in said
        assert "pay.csv" not in said
        assert "@example.org" not in said
    assert '"other":3' not in found.dump().decode()
    assert '"undisclosed":4' not in found.dump().decode()


def test_figures_that_are_not_approved_yet_are_not_taken(year: makers.Year) -> None:
    before = taken(year)
    correction = progress.start_correction(year.report, "A count was wrong.", year.world.coordinator)
    progress.enter_figure(correction.figures[0], {"numerator": D(333), "women": 333}, year.world.coordinator)
    assert taken(year) == before


def test_the_counts_of_a_small_group_leave_only_the_share(year: makers.Year) -> None:
    makers.correct(year, 7)
    figure = only_target(taken(year)).figures[0]
    assert (figure.value, figure.numerator, figure.denominator) == (D(2), None, None)
    assert figure.parts == dict.fromkeys(("women", "men", "other", "undisclosed"), PROTECTING)


def test_hidden_cells_bear_one_mark_so_that_none_says_it_is_the_small_one(year: makers.Year) -> None:
    world = year.world
    correction = progress.start_correction(year.report, "A count was wrong.", world.coordinator)
    changed = {**makers.ANSWER, "men": 300, "other": 14}
    assert progress.enter_figure(correction.figures[0], changed, world.coordinator) == {}
    progress_makers.approved(correction, world)
    parts = only_target(taken(year)).figures[0].parts
    assert parts == {"women": 101, "men": PROTECTING, "other": PROTECTING, "undisclosed": PROTECTING}


def test_the_counts_of_a_small_group_at_the_start_are_left_out_too(year: makers.Year) -> None:
    year.world.target.baseline_numerator = D(9)
    baseline = only_target(taken(year)).baseline
    assert baseline is not None
    assert (baseline.value, baseline.numerator, baseline.denominator) == (D(19), None, None)


def test_an_amendment_leaves_the_target_first_approved_in_place(year: makers.Year) -> None:
    world = year.world
    db.session.add(
        Amendment(
            commitment=world.commitment,
            number=1,
            state="approved",
            changes=[
                {"target": world.target.public_id, "field": "value", "old": '"30"', "new": '"26"'},
                {"target": world.target.public_id, "field": "due", "old": '"2020-12-31"', "new": '"2022-12-31"'},
            ],
            reason_code="target_lowered",
            note="Fewer retirements than planned.",
            requested_at=makers.NOW,
            recommended_at=makers.NOW,
            approved_at=makers.NOW,
            approved_by_id=world.approver.person_id,
            effective_on=date(2019, 5, 12),
        )
    )
    world.target.value, world.target.due = D(26), date(2022, 12, 31)
    db.session.flush()
    found = only_target(taken(year))
    assert (found.value, found.on, found.verdict.status) == (D(26), date(2022, 12, 31), "on_track")
    assert found.original == Original(D(30), date(2020, 12, 31), baseline=Baseline(D(19), date(2015, 4, 30)))
    assert found.original_verdict is not None
    assert (found.original_verdict.status, found.original_verdict.p) == ("slightly_behind", D("0.464092"))
    assert found.amendments == (
        AmendmentFacts(
            1,
            (
                Change("Target", Number(D(30), "percent"), Number(D(26), "percent")),
                Change("Target date", Day(date(2020, 12, 31)), Day(date(2022, 12, 31))),
            ),
            "The target was lowered",
            en("Fewer retirements than planned."),
            date(2019, 5, 10),
            date(2019, 5, 10),
            date(2019, 5, 12),
        ),
    )


def test_a_year_without_a_figure_says_why_and_by_when(year: makers.Year) -> None:
    world = year.world
    correction = progress.start_correction(year.report, "It was an estimate.", world.coordinator)
    empty = dict.fromkeys(("value", "numerator", "denominator", "women", "men", "other", "undisclosed"))
    answer = {**empty, "not_measured": "The records were lost.", "known_by": date(2019, 9, 1)}
    assert progress.enter_figure(correction.figures[0], answer, world.coordinator) == {}
    progress_makers.approved(correction, world)
    found = taken(year)
    assert found.gaps == (
        Gap(
            "not_measured",
            en("Women among full professors"),
            2018,
            en("The records were lost."),
            known_by=date(2019, 9, 1),
            answers=en("Office of the Provost"),
        ),
    )
    assert found.asked == ("not_measured",)
    assert found.key_figures == ()


def test_a_snapshot_read_back_from_the_database_gives_the_same_pdf(year: makers.Year) -> None:
    edition = makers.a_draft(year)
    db.session.flush()
    db.session.expire(edition)
    back = Snapshot.load(edition.snapshot)
    assert back.digest() == edition.sha256
    assert back == Snapshot.load(back.dump())
    assert to_pdf(back, "fr") == to_pdf(Snapshot.load(back.dump()), "fr")


def test_the_contacts_are_in_the_language_of_the_report_where_the_site_has_it(year: makers.Year) -> None:
    found = taken(year)
    for language, home in {"fr": "fr", "ar": "ar", "en": "en", "es": "en", "zh": "en"}.items():
        page = to_html(found, language)
        assert f'<a href="http://impact.test/{home}/">' in page
        assert page.count('<a href="http://impact.test/') == page.count(f'<a href="http://impact.test/{home}/">') + 2


def test_a_government_called_as_its_country_is_called_so_in_every_language(year: makers.Year) -> None:
    champion = year.world.champion
    champion.constituency, champion.country, champion.name, champion.names = "government", "FIN", "Finland", {}
    name = taken(year).organisation.name
    assert (name.text, name.others["es"], name.others["ru"], name.others["zh"], name.others["ar"]) == (
        "Finland", "Finlandia", "Финляндия", "芬兰", "فنلندا",
    )  # fmt: skip
    assert champion.name_in("es") == "Finlandia"
    champion.names = {"es": "República de Finlandia"}
    assert champion.name_in("es") == "República de Finlandia"
    champion.name, champion.names = "Ministry of Equality", {}
    assert taken(year).organisation.name == Text("en", "Ministry of Equality")
    champion.constituency, champion.name = "corporation", "Finland"
    assert champion.name_in("es") == "Finland"
