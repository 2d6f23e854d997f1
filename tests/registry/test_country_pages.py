"""Countries in public: what the index says, what limits it, who is on board; missing is said, never zero."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import event, select

from impact.actor import SYSTEM
from impact.champions.models import Champion
from impact.db import db, transaction
from impact.economies.operations import Given, take
from impact.indicators.gap_index import score
from impact.indicators.gap_parts import parts_of_areas, parts_of_indicators


def get(app: Flask, url: str) -> str:
    return app.test_client().get(url).text


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


JAPAN = {
    "lfp": 0.799065, "wage": 0.695906, "income": 0.526734, "legis": 0.152, "prof": 0.671126, "lit": 1, "prim": 1,
    "sec": 1, "tert": 0.951527, "srb": 0.944, "hle": 1.059229, "parl": 0.112440, "minis": 0.1875, "head": 0,
}  # fmt: skip


def test_what_limits_a_score_adds_up_to_the_missing_part() -> None:
    result = score(JAPAN)
    parts = parts_of_indicators(result.capped)
    assert len(parts) == 14
    # 0.443 / 4 × 1, 0.310 / 4 × (1 − 0.112440), 0.247 / 4 × (1 − 0.1875)
    assert [(part.key, round(part.points, 6)) for part in parts[:3]] == [
        ("head", 0.110750), ("parl", 0.068786), ("minis", 0.050172),
    ]  # fmt: skip
    assert result.overall is not None
    assert sum(part.points for part in parts) == pytest.approx(0.994903 - result.overall, abs=1e-6)


def test_an_indicator_without_data_gives_its_weight_to_the_others() -> None:
    parts = {part.key: part for part in parts_of_indicators(score({**JAPAN, "head": None}).capped)}
    assert "head" not in parts
    # 0.310 / (0.310 + 0.247) / 4
    assert parts["parl"].weight == pytest.approx(0.139138, abs=1e-6)


def test_there_is_nothing_to_explain_without_an_overall_score() -> None:
    assert parts_of_indicators(score({"lfp": 0.5}).capped) == []
    assert parts_of_areas({"economic": 0.5, "education": 1, "health": None, "political": 0.2}) == []


def test_of_four_subindexes_each_is_a_quarter() -> None:
    parts = parts_of_areas({"economic": 0.7698, "education": 0.9289, "health": 0.9667, "political": 0.4762})
    assert [(part.key, round(part.points, 6)) for part in parts] == [
        ("political", 0.13095), ("economic", 0.05755), ("education", 0.017775), ("health", 0.003228),
    ]  # fmt: skip


def test_a_country_says_its_score_its_ranks_and_what_limits_it(loaded: Flask) -> None:
    page = plain(get(loaded, "/en/countries/JPN"))
    assert "The index, 2018" in page
    assert "0.662" in page
    assert "3 of the 4 countries with figures here" in page
    assert "Rank printed by the source 110" in page
    assert "14 of 14 indicators" in page
    assert "limits it most: 33% of what is missing." in page
    assert "Sum: 0.3325 = 0.9949, the highest possible score, − 0.6624, the score." in page
    assert "World Economic Forum, Global Gender Gap Report 2018" in page


def test_where_only_subindexes_are_known_the_page_says_so(loaded: Flask) -> None:
    page = plain(get(loaded, "/en/countries/RWA?year=2014"))
    assert "only the four subindexes are known" in page
    assert "Political empowerment limits it most: 63% of what is missing." in page
    assert "Rank printed by the source 7" in page
    assert 'class="chart b-economic' not in get(loaded, "/en/countries/RWA?year=2014")


def test_a_country_without_figures_has_no_data_and_its_champions(loaded: Flask) -> None:
    page = plain(get(loaded, "/en/countries/FRA"))
    assert "No data: no figures of the index were imported for this country." in page
    assert "0.000" not in page
    assert loaded.test_client().get("/en/countries/ZZZ").status_code == 404
    answer = loaded.test_client().get("/en/countries/jpn")
    assert (answer.status_code, answer.location) == (301, "/en/countries/JPN")


def test_a_missing_indicator_is_no_data_and_no_zero(loaded: Flask) -> None:
    head = "iso3,year,lfp,wage,income,legis,prof,lit,prim,sec,tert,srb,hle,parl,minis,head\n"
    row = "FRA,2020,.9,.5,.7,.5,,1,1,1,1,.944,1.06,.6,,0\n"
    with transaction():
        take(Given("ratios", (head + row).encode(), "f.csv", "Test report", "Public domain"), SYSTEM)
    html = get(loaded, "/en/countries/FRA")
    page = plain(html)
    assert "12 of 14 indicators" in page
    assert page.count("no data") >= 2
    assert 'class="no-data"' in html
    assert "Source: Test report. Licence: Public domain." in page


def test_who_is_on_board_and_what_they_promised_stands_on_the_page(loaded: Flask) -> None:
    japan = db.session.scalars(select(Champion).where(Champion.slug == "japan")).one()
    page = get(loaded, "/en/countries/JPN")
    assert f'href="/en/champions/{japan.slug}"' in page
    assert 'href="/en/countries/JPN"' in get(loaded, "/en/champions/japan")


def test_the_list_has_the_usual_edition_and_any_other(loaded: Flask) -> None:
    page = plain(get(loaded, "/en/countries"))
    assert "14 countries, 2014" in page
    assert page.index("Iceland") < page.index("Finland") < page.index("Yemen")
    assert "4 countries, 2018" in plain(get(loaded, "/en/countries?year=2018"))
    assert "14 countries, 2014" in plain(get(loaded, "/en/countries?year=1066"))


def test_the_file_has_unrounded_figures_and_their_source(loaded: Flask) -> None:
    answer = loaded.test_client().get("/en/countries.csv?year=2018")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="countries-2018.csv"')
    rows = {row["iso3"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert list(rows) == ["ISL", "RWA", "JPN", "YEM"]
    assert (rows["RWA"]["rank"], rows["RWA"]["published_rank"], rows["RWA"]["indicators_used"]) == ("2", "6", "14")
    assert float(rows["RWA"]["overall"]) == pytest.approx(0.8040, abs=5e-5)
    assert rows["RWA"]["source"] == "World Economic Forum, Global Gender Gap Report 2018"


def test_each_chart_is_a_picture_with_its_words_and_says_what_the_page_says(loaded: Flask) -> None:
    client = loaded.test_client()
    page = client.get("/en/countries/JPN").text
    links = re.findall(r'href="(/en/countries/JPN/[^"]+[.]svg[^"]*)"', page)
    assert len(links) == 8
    assert links[0] == "/en/countries/JPN/economic-bars.svg?year=2018"
    bars = client.get("/en/countries/JPN/political-bars.svg?year=2018")
    assert (bars.status_code, bars.headers["Content-Type"].split(";")[0]) == (200, "image/svg+xml")
    assert 'filename="JPN-political-2018.svg"' in bars.headers["Content-Disposition"]
    title = re.findall("<title>(.*?)</title>", bars.text)[0]
    assert f"<title>{title}</title>" in page
    assert title.startswith("Political empowerment, 2018.")
    words = re.findall("<text[^>]*>(.*?)</text>", bars.text)
    assert "0.112" in words and "0.188" in words
    assert any("parliament" in one.lower() for one in words)
    years = client.get("/en/countries/JPN/political-years.svg")
    assert 'filename="JPN-political-years.svg"' in years.headers["Content-Disposition"]
    # Political empowerment of Japan: 0.0583 as printed in 2014, 0.081 from the ratios of 2018.
    assert {"0.058", "0.081", "2014", "2018"} <= set(re.findall("<text[^>]*>(.*?)</text>", years.text))


def test_there_is_no_chart_of_what_is_not_known(loaded: Flask) -> None:
    client = loaded.test_client()
    for file in (
        "FRA/political-bars.svg",
        "FRA/political-years.svg",
        "RWA/political-bars.svg?year=2014",
        "JPN/all-bars.svg",
    ):
        assert client.get(f"/en/countries/{file}").status_code == 404, file
    assert "political-bars.svg" not in client.get("/en/countries/RWA?year=2014").text


@pytest.mark.parametrize("url", ["/en/countries", "/en/countries/JPN", "/en/countries/FRA", "/ar/countries/RWA"])
def test_a_page_asks_at_most_twelve_times(loaded: Flask, url: str) -> None:
    asked: list[str] = []
    client = loaded.test_client()
    client.get(url)
    event.listen(db.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))
    client.get(url)
    selects = [statement for statement in asked if statement.lstrip().upper().startswith("SELECT")]
    assert len(selects) <= 12, "\n".join(selects)


def test_without_any_import_the_list_says_so(app: Flask) -> None:
    assert "No edition of the index was imported." in get(app, "/en/countries")
    assert app.test_client().get("/en/countries.csv").status_code == 200
