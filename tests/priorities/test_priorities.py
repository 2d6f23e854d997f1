"""Severity against champions and commitments: the programme manager's pages, and what counts in them."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from impact.actor import SYSTEM, Role
from impact.db import db, transaction
from impact.economies.operations import Given, load_shipped, take
from impact.priorities import measured, queries
from impact.priorities.ranking import AddressedBy, Filters, open_gaps
from tests.champions.makers import person, sign_in
from tests.priorities import makers


@pytest.fixture(autouse=True)
def _imported(app: Flask) -> None:
    """The excerpt that ships: subindexes of 2014 for fourteen economies, the ratios of 2018 for four."""
    with transaction():
        load_shipped(SYSTEM)


def import_populations(rows: str) -> None:
    with transaction():
        take(Given("populations", rows.encode(), "people.csv", "A census", "CC BY 4.0"), SYSTEM)


@pytest.fixture
def manager(app: Flask, client: FlaskClient) -> FlaskClient:
    makers.a_catalogue()
    sign_in(client, person("manager@unwomen.example", Role.PROGRAMME_MANAGER))
    return client


def covered() -> dict[tuple[str, str], AddressedBy]:
    return queries.coverage_of(queries.links())


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# What addresses a gap


def test_a_published_commitment_on_the_same_thing_addresses_a_gap(app: Flask) -> None:
    makers.a_catalogue()
    makers.a_promise(makers.an_organisation("Japan"), "SDG 5.5.1a")
    assert covered() == {
        ("JPN", "parl"): AddressedBy.GOVERNMENT,
        ("JPN", "political"): AddressedBy.GOVERNMENT,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft", "published_at": None},
        {"state": "withdrawn", "ended_reason": "A new government."},
        {"state": "completed"},
        {"state": "expired"},
    ],
)
def test_a_promise_that_is_not_in_force_addresses_nothing(app: Flask, changes: dict[str, object]) -> None:
    makers.a_catalogue()
    makers.a_promise(makers.an_organisation("Japan"), "SDG 5.5.1a", **changes)
    assert covered() == {}


def test_what_is_made_up_addresses_no_real_gap_and_is_not_on_board(app: Flask) -> None:
    makers.a_catalogue()
    makers.a_promise(makers.an_organisation("Invented", is_demonstration=True), "SDG 5.5.1a")
    assert covered() == {}
    assert queries.champions_on_board(["JPN"]) == {}
    assert queries.on_board_by_country() == {}


def test_a_promise_outside_the_index_addresses_nothing(app: Flask) -> None:
    makers.a_catalogue()
    makers.a_promise(makers.an_organisation("Japan"), "IMP-VAW")
    assert covered() == {}


def test_a_commitment_with_two_targets_on_a_gap_is_listed_once_and_the_governments_first(app: Flask) -> None:
    makers.a_catalogue()
    university = makers.a_promise(makers.an_organisation("A University", constituency="university"), "SHE-A")
    government = makers.a_promise(makers.an_organisation("Japan"), "IMP-PAYGAP")
    again = makers.a_promise(makers.an_organisation("Another", country="ISL"), "IMP-PAYGAP")
    government.targets.append(makers.Target(indicator=again.targets[0].indicator, kind="level"))
    db.session.commit()
    rows = open_gaps(
        measured.economies(measured.edition("2014")), covered(), Filters(area="economic"), lambda _code: ""
    )
    japan = next(row for row in rows if row.key == "JPN.economic")
    assert queries.commitments_addressing([japan], queries.links()) == {"JPN.economic": [government.id, university.id]}


# The page


def test_each_row_says_its_sum_and_who_could_act(manager: FlaskClient) -> None:
    makers.a_promise(makers.an_organisation("Japan"), "IMP-PAYGAP")
    page = manager.get("/en/programme/severity").text
    assert 'Political empowerment, <a href="/en/countries/JPN"><bdi>Japan</bdi></a>' in page
    assert "\u2066(1\u00a0−\u00a00.0583)\u00a0÷\u00a01\u00a0=\u00a094.2%\u2069 of the gap is open." in page
    assert "Nobody addresses it: 1 champion of the country is on board" in page
    assert "Nobody addresses it: no champion of the country is on board." in page
    assert "The government has a published commitment that addresses it." in page
    assert "51 open gaps, edition 2014; nobody addresses 50 of them" in page


def test_the_next_page_begins_where_this_one_ends(manager: FlaskClient) -> None:
    seen: list[str] = []
    address = "/en/programme/severity"
    while address:
        page = manager.get(address).text
        seen += [part.split("</h2>")[0] for part in page.split("Place ")[1:]]
        following = page.split('class="next" href="')
        address = following[1].split('"')[0].replace("&amp;", "&") if len(following) > 1 else ""
    assert len(seen) == len(set(seen)) == 51
    assert [entry.split(":")[0] for entry in seen] == [str(number) for number in range(1, 52)]


def test_filters_narrow_and_whatever_is_no_value_is_not_asked_for(manager: FlaskClient) -> None:
    page = manager.get("/en/programme/severity?level=indicators&year=2018&area=political&region=142").text
    assert "6 open gaps, edition 2018" in page
    assert 'Women in parliament, <a href="/en/countries/YEM"><bdi>Yemen</bdi></a>' in page
    odd = manager.get("/en/programme/severity?level=x&year=1&area=y&region=z&addressed=q&order=w&after=%00%27").text
    assert "51 open gaps, edition 2014" in odd


def test_the_export_has_every_row_of_the_filter_with_its_sentence(manager: FlaskClient) -> None:
    makers.a_promise(makers.an_organisation("Japan"), "SDG 5.5.1a")
    answer = manager.get("/en/programme/severity.csv?addressed=nobody")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="severity.csv"')
    rows = table(answer.text)
    assert len(rows) == 50
    assert rows[0] == {
        "place": "1",
        "iso3": "YEM",
        "country": "Yemen",
        "edition": "2014",
        "area": "political",
        "indicator": "",
        "score": "0.025000",
        "highest": "1.000000",
        "open_percent": "97.5",
        "women_and_girls": "",
        "is_estimate": "",
        "champions_on_board": "0",
        "addressed_by": "nobody",
        "sentence": "Political empowerment, Yemen, 2014. The score is 0.0250, and the highest possible score is 1: "
        "(1 − 0.0250) ÷ 1 = 97.5% of the gap is open. How many women and girls it concerns is not known: no population "
        "was imported. Nobody addresses it: no champion of the country is on board.",
    }
    assert "JPN political" not in {f"{row['iso3']} {row['area']}" for row in rows}


def test_half_the_population_is_an_estimate_where_nobody_counted_women_and_girls(manager: FlaskClient) -> None:
    import_populations("iso3,year,population,women\nJPN,2013,127445000,\nYEM,2014,25956000,12823456\n")
    page = manager.get("/en/programme/severity?area=political").text
    assert "It concerns about 63,700,000 women and girls: half of the population of 2013, an estimate." in page
    assert "It concerns 12,823,456 women and girls, counted for 2014." in page
    assert "How many women and girls it concerns is not known: no population was imported." in page
    public = manager.get("/en/severity?area=political").text
    assert "about 63,700,000 (half of the population of 2013)" in public
    assert "12,823,456 (2014)" in public
    rows = table(manager.get("/en/programme/severity.csv?area=political&order=people").text)
    assert [(row["iso3"], row["women_and_girls"], row["is_estimate"]) for row in rows[:3]] == [
        ("JPN", "63722500", "yes"),
        ("YEM", "12823456", "no"),
        ("URY", "", ""),
    ]


def test_the_sources_of_the_figures_stand_below_the_list_and_the_map(manager: FlaskClient) -> None:
    import_populations("iso3,year,population,women\nJPN,2013,127445000,\n")
    for address in ("/en/programme/severity", "/en/severity"):
        page = manager.get(address).text
        assert "World Economic Forum, Global Gender Gap Report 2014" in page
        assert "A census" in page


@pytest.mark.parametrize(
    "address",
    [
        "/programme/severity",
        "/programme/severity?level=indicators&year=2018",
        "/programme/severity.csv",
        "/programme/severity/corporation",
        "/programme/severity/corporation.csv",
        "/severity",
    ],
)
def test_a_page_takes_at_most_twelve_queries(manager: FlaskClient, asked: list[str], address: str) -> None:
    for number, country in enumerate(["JPN", "ISL", "RWA", "FIN"]):
        makers.a_promise(makers.an_organisation(f"Government {number}", country=country), "SDG 5.5.1a")
        for place in range(6):
            makers.a_promise(
                makers.an_organisation(f"Firm {number} {place}", country, "corporation", sector="Banking"),
                "IMP-MGR",
                "20",
            )
    asked.clear()
    assert manager.get(f"/en{address}").status_code == 200
    assert len(asked) <= 12, "\n".join(one[:220].replace("\n", " ") for one in asked)


# Organisations


def a_sector(sector: str, *shares: int, first: int = 1, **changes: object) -> None:
    for number, share in enumerate(shares, first):
        firm = makers.an_organisation(f"Firm {number}", "FRA", "corporation", sector=sector, **changes)
        makers.a_promise(firm, "IMP-MGR", str(share))


def test_five_organisations_of_a_sector_show_their_median_gap(manager: FlaskClient) -> None:
    """Women among managers: 20 % is half of the way to the band from 40 to 60 %."""
    a_sector("Banking", 10, 20, 20, 30, 40)
    page = manager.get("/en/programme/severity/corporation").text
    assert "Women among managers, <bdi>Banking</bdi>" in page
    assert "Half of the 5 organisations that published a figure have 50% of the gap or more still open" in page
    assert "5 published commitments in force address it." in page


def test_four_show_nothing_but_that_there_are_too_few(manager: FlaskClient) -> None:
    a_sector("Banking", 10, 20, 20, 30)
    page = manager.get("/en/programme/severity/corporation").text
    assert "Cannot say: no indicator has published figures of five organisations yet." in page
    assert "1 indicator has figures from fewer than five organisations and is not shown." in page


def test_a_sector_typed_otherwise_is_the_same_and_small_ones_are_told_together(manager: FlaskClient) -> None:
    a_sector("Banking", 10, 20, 20)
    a_sector(" banking ", 30, 40, first=11)
    a_sector("Hotels", 0, 0, first=21)
    rows = table(manager.get("/en/programme/severity/corporation.csv").text)
    assert [(row["sector"], row["organisations"], row["open_percent_median"]) for row in rows] == [("", "7", "50")]


def test_made_up_drafted_and_departed_organisations_are_in_no_median(manager: FlaskClient) -> None:
    a_sector("Banking", 10, 20, 20, 30)
    a_sector("Banking", 40, first=11, is_demonstration=True)
    a_sector("Banking", 40, first=12, standing="withdrawn")
    draft = makers.an_organisation("Draft", "FRA", "corporation", sector="Banking")
    makers.a_promise(draft, "IMP-MGR", "40", state="draft", published_at=None)
    assert "Cannot say" in manager.get("/en/programme/severity/corporation").text


def test_a_university_is_in_no_list_of_corporations(manager: FlaskClient) -> None:
    a_sector("Banking", 10, 20, 20, 30, 40)
    assert "Cannot say" in manager.get("/en/programme/severity/university").text
    assert manager.get("/en/programme/severity/government").status_code == 404


def test_withheld_counts_are_used_as_rounded_as_the_public_sees_them(app: Flask) -> None:
    """Seven of 33 women are too few to show, so the public reads 21 % and so does the median: 47.5 % open, not 46.97."""
    makers.a_catalogue()
    firm = makers.an_organisation("Firm", "FRA", "corporation", sector="Banking")
    makers.a_figure(makers.a_promise(firm, "IMP-MGR", "10"), "21.212121", 7, 33)
    figures, _promises = queries.published_gaps("corporation", 10)
    assert [one.gap for one in figures] == [Decimal("0.475"), Decimal("0.75")]


def test_the_newest_figure_of_an_organisation_is_the_one_that_counts(manager: FlaskClient) -> None:
    for number in range(5):
        firm = makers.an_organisation(f"Firm {number}", "FRA", "corporation", sector="Banking")
        makers.a_figure(makers.a_promise(firm, "IMP-MGR", "10"), "30", 300, 1000)
    rows = table(manager.get("/en/programme/severity/corporation.csv").text)
    assert [(row["open_percent_median"], row["organisations"]) for row in rows] == [("25", "5")]


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(manager: FlaskClient) -> None:
    a_sector("=1+1", 10, 20, 20, 30, 40)
    rows = table(manager.get("/en/programme/severity/corporation.csv").text)
    assert rows[0]["sector"] == "'=1+1"


# The public map


def test_the_map_stands_beside_a_table_of_the_same_figures(client: FlaskClient) -> None:
    page = client.get("/en/severity?area=political&year=2014")
    assert page.status_code == 200
    assert "the gap is widest in Yemen (97.5% open) and narrowest in Iceland (34.5% open)" in page.text
    assert "under 50.0%" in page.text
    assert "91.2% or more" in page.text
    rows = table(client.get("/en/severity.csv?area=political&year=2014").text)
    assert [(row["iso3"], row["open_percent"]) for row in rows[:2]] == [("YEM", "97.5"), ("JPN", "94.2")]
    for row in rows:
        assert f">{row['open_percent']}%<" in page.text


def test_the_map_keeps_its_direction_where_the_page_turns(client: FlaskClient) -> None:
    page = client.get("/ar/severity").text
    assert '<html lang="ar" dir="rtl">' in page
    assert '<div class="chart world-0" dir="ltr">' in page


def test_the_picture_is_the_same_map_for_print(client: FlaskClient) -> None:
    picture = client.get("/en/severity.svg?area=health&year=2018")
    assert picture.text.startswith("<svg ")
    assert 'fill="url(#no-data)"' in picture.text
    assert "Map of the world, Health and survival, 2018" in picture.text


def test_a_kept_page_is_for_its_own_area_and_edition(client: FlaskClient) -> None:
    assert "<h2>The whole index, 2014</h2>" in client.get("/en/severity?area=nothing&year=1999").text
    assert "<h2>Educational attainment, 2018</h2>" in client.get("/en/severity?area=education&year=2018").text


def test_the_words_under_the_map_can_be_set(app: Flask, client: FlaskClient) -> None:
    usual = "do not imply official endorsement or acceptance by the United Nations."
    assert usual in client.get("/en/severity").text
    object.__setattr__(app.extensions["settings"], "map_disclaimer", "Borders < as cleared by our geographers.")
    page = client.get("/en/severity").text
    assert "Borders &lt; as cleared by our geographers." in page
    assert usual not in page


def test_without_an_import_every_page_says_so(app: Flask, manager: FlaskClient) -> None:
    with transaction():
        for name in ("economy_row", "economy_year", "economy_import"):
            db.session.execute(db.metadata.tables[name].delete())
    for address in ("/en/programme/severity", "/en/severity"):
        assert "No edition of the index was imported." in manager.get(address).text
    assert manager.get("/en/programme/severity.csv").text.count("\n") == 1
    assert manager.get("/en/severity.csv").status_code == 404
    assert manager.get("/en/severity.svg").status_code == 404


def test_an_edition_without_indicators_says_so_instead_of_no_gap(manager: FlaskClient) -> None:
    page = manager.get("/en/programme/severity?level=indicators&year=2014").text

    assert "Of this edition only the areas of the index are known" in page
    assert "No open gap fits these filters." not in page
    fits = manager.get("/en/programme/severity?level=indicators&year=2018&area=health&addressed=government").text
    assert "No open gap fits these filters." in fits
