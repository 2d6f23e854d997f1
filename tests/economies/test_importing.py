"""Country figures: read from a file, compared, imported whole or not at all, and worked out again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from impact.actor import ANYONE, SYSTEM, Actor, Role
from impact.audit.models import AuditEntry
from impact.db import db, transaction
from impact.economies import operations, queries
from impact.economies.differences import Change
from impact.economies.models import EconomyImport, EconomyRow
from impact.economies.operations import Given
from impact.economies.reading import entries
from impact.errors import Invalid, InvalidState, NotAllowed
from impact.indicators.gap_index_faults import Refused

MANAGER = Actor(None, "Mia", staff=frozenset({Role.PROGRAMME_MANAGER}))
SUBINDEXES = b"iso3,year,economic,education,health,political\nISL,2014,0.8169,1,0.9654,0.6554\nYEM,2014,0.3596,0.7068,0.9668,0.0250\n"
RATIOS = (
    b"iso3,year,lfp,wage,income,legis,prof,lit,prim,sec,tert,srb,hle,parl,minis,head\n"
    b"JPN,2018,.799065,.695906,.526734,.152,.671126,1,1,1,.951527,.944,1.059229,.112440,.1875,0\n"
)


def given(content: bytes = SUBINDEXES, kind: str = "subindexes") -> Given:
    return Given(kind, content, "file.csv", "The report", "CC BY 4.0")


def imported(content: bytes = SUBINDEXES, kind: str = "subindexes") -> int:
    with transaction():
        return operations.take(given(content, kind), MANAGER).id


@pytest.mark.parametrize(
    ("kind", "content", "problem"),
    [
        ("subindexes", "iso3,year,economic,education,health,political\nISL,2014,1.2,1,1,1\n",
         "f.csv, row 2, column economic: '1.2': a subindex is at most 1"),
        ("subindexes", "iso3,year,economic,education,health,political\nISL,2019,1,1,1,1\n",
         "f.csv, row 2, column year: '2019': there is no edition 2019: the report of December 2019 is dated 2020"),
        ("subindexes", "iso3,year,economic,education,health,political\nISL,2014,,,,\n",
         "f.csv, row 2, column iso3: 'ISL': no data at all in this row; leave it out"),
        ("subindexes", "iso3,year,economic,education,health,political\nXXX,2014,1,1,1,1\n",
         "f.csv, row 2, column iso3: 'XXX': unknown country: three capital letters of ISO 3166-1"),
        ("subindexes", "iso3,year,economic,education,health,political\nISL,2014,1,1,1,1\nISL,2014,1,1,1,1\n",
         "f.csv, row 3, column iso3: 'ISL': the same iso3 and year as row 2"),
        ("subindexes", "iso3,year,economic,education,health,political,published_rank\nISL,2014,1,1,1,1,1.5\n",
         "f.csv, row 2, column published_rank: '1.5': a rank is a whole number from 1 on"),
        ("ratios", RATIOS.decode().replace(".944", "1.25"),
         "f.csv, row 2, column srb: '1.25': girls to a boy: this looks inverted (males per female)"),
        ("populations", "iso3,year,population,women\nISL,2014,10,11\n",
         "f.csv, row 2, column women: '11': women and girls are at most the whole population"),
        ("populations", "iso3,year,population\nISL,2014,1.5\n",
         "f.csv, row 2, column population: '1.5': a number of people, whole, from 1 on"),
        ("populations", "iso3,year,population\nISL,2014,\n",
         "f.csv, row 2, column population: '': a population is needed; leave the row out where there is none"),
        ("populations", "iso3,year\nISL,2014\n", "f.csv, row 1, column population: this column is missing"),
    ],
)  # fmt: skip
def test_a_fault_names_file_row_column_value_and_rule(kind: str, content: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        entries(kind, content.encode(), "f.csv")
    assert str(refused.value) == problem


def test_what_is_missing_has_no_key_and_a_zero_has() -> None:
    content = RATIOS.replace(b".112440,.1875,0", b",.1875,0")
    (row,) = entries("ratios", content, "f.csv")
    assert "parl" not in row.values
    assert (row.values["head"], row.values["legis"], row.values["lit"]) == ("0", "0.152", "1")


def test_a_file_that_is_too_large_or_no_text_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 1 MB"):
        entries("ratios", b"x" * (1024 * 1024 + 1), "f.csv")
    with pytest.raises(Refused, match="not a CSV file in UTF-8"):
        entries("ratios", b"iso3,year\n\xff\xfe,1\n", "f.csv")


def test_a_file_with_one_fault_leaves_nothing_behind(app: Flask) -> None:
    with pytest.raises(Refused), transaction():
        operations.take(given(SUBINDEXES + b"FRA,2014,2,1,1,1\n"), MANAGER)
    assert db.session.scalars(select(EconomyImport)).all() == []
    assert db.session.scalars(select(EconomyRow)).all() == []


def test_an_import_is_recorded_with_its_source_and_the_digest_of_the_file(app: Flask) -> None:
    made = queries.import_by_id(imported())
    assert (made.kind, made.source, made.licence, made.number_of_rows) == ("subindexes", "The report", "CC BY 4.0", 2)
    assert made.digest == hashlib.sha256(SUBINDEXES).hexdigest()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "economies_imported")).one()
    assert entry.actor_name == "Mia"
    assert (entry.details["years"], entry.details["added"], entry.details["removed"]) == ([2014], 2, 0)


def test_importing_a_year_again_says_what_comes_changes_and_goes(app: Flask) -> None:
    imported()
    again = (
        b"iso3,year,economic,education,health,political\nISL,2014,0.8169,1.000,0.9654,0.7\nFRA,2014,0.7,1,0.97,0.4\n"
    )
    found = operations.look("subindexes", again, "again.csv", MANAGER)
    assert found.difference.added == [(2014, "FRA")]
    assert found.difference.changed == [Change(2014, "ISL", "political", "0.6554", "0.7")]
    assert found.difference.removed == [(2014, "YEM")]
    assert found.difference.unchanged == 0
    imported(again)
    assert list(queries.results(2014)) == ["ISL", "FRA"]


def test_a_superseded_import_stays_recorded_with_its_rows(app: Flask) -> None:
    first = imported()
    second = imported(SUBINDEXES.replace(b"0.6554", b"0.7"))
    kept = db.session.scalars(select(EconomyRow).where(EconomyRow.import_id == first, EconomyRow.iso3 == "ISL")).one()
    assert kept.values["political"] == "0.6554"
    assert [(one.id, [year.is_current for year in one.years]) for one in queries.imports_page()[0]] == [
        (second, [True]),
        (first, [False]),
    ]
    assert queries.results(2014)["ISL"].subindexes["political"] == 0.7


def test_other_years_and_other_kinds_stay_as_they_are(app: Flask) -> None:
    imported()
    imported(SUBINDEXES.replace(b"2014", b"2015"))
    imported(RATIOS, "ratios")
    assert queries.years() == [2018, 2015, 2014]
    assert (len(queries.results(2014)), len(queries.results(2018))) == (2, 1)


def test_the_same_figures_are_not_imported_twice(app: Flask) -> None:
    imported()
    with pytest.raises(InvalidState, match="nothing would change"):
        imported(SUBINDEXES.replace(b",1,", b",1.000,"))


def test_what_somebody_imported_since_the_look_is_not_written_over(app: Flask) -> None:
    found = operations.look("subindexes", SUBINDEXES, "f.csv", MANAGER)
    imported(SUBINDEXES.replace(b"0.6554", b"0.7"))
    with pytest.raises(InvalidState, match="meanwhile"), transaction():
        operations.take(given(), MANAGER, found.key)


def test_only_the_programme_manager_and_the_administrator_import(app: Flask) -> None:
    reviewer = Actor(9, "Rae", staff=frozenset({Role.REVIEWER}))
    for somebody in (ANYONE, reviewer):
        with pytest.raises(NotAllowed):
            operations.look("subindexes", SUBINDEXES, "f.csv", somebody)
        with pytest.raises(NotAllowed):
            operations.take(given(), somebody)
        with pytest.raises(NotAllowed):
            operations.load_shipped(somebody)


def test_source_and_licence_are_needed(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        operations.take(Given("subindexes", SUBINDEXES, "f.csv", " ", ""), MANAGER)
    assert set(refused.value.problems) == {"source", "licence"}
    with pytest.raises(Invalid):
        operations.look("scores", SUBINDEXES, "f.csv", MANAGER)


def test_the_excerpt_is_loaded_once_and_never_over_an_operators_figures(app: Flask) -> None:
    imported()
    with transaction():
        assert operations.load_shipped(SYSTEM) == 4
    with transaction():
        assert operations.load_shipped(SYSTEM) == 0
    assert len(queries.results(2014)) == 2


def test_the_excerpt_gives_the_published_scores(app: Flask) -> None:
    with transaction():
        assert operations.load_shipped(SYSTEM) == 18
    of_2014 = queries.results(2014)
    assert len(of_2014) == 14
    assert (of_2014["ISL"].rank, of_2014["RWA"].rank, of_2014["YEM"].rank, of_2014["YEM"].ranked) == (1, 5, 14, 14)
    assert (of_2014["RWA"].published_rank, of_2014["RWA"].published_overall) == (7, 0.7854)
    for one in of_2014.values():
        assert one.overall == pytest.approx(one.published_overall, abs=1e-4)
        assert (one.basis, one.used, one.is_publishable) == ("subindexes", None, None)
    japan = queries.results(2018)["JPN"]
    assert japan.overall == pytest.approx(0.6624, abs=5e-5)
    assert [round(japan.subindexes[area] or 0, 4) for area in ("economic", "education", "health", "political")] == [
        0.5950, 0.9941, 0.9794, 0.0812,
    ]  # fmt: skip
    assert (japan.basis, japan.used, japan.is_publishable, japan.rank) == ("ratios", 14, True, 3)


def test_ratios_win_over_subindexes_of_the_same_year_and_take_what_was_printed_beside_them(app: Flask) -> None:
    imported(RATIOS, "ratios")
    imported(
        b"iso3,year,economic,education,health,political,published_overall,published_rank\n"
        b"JPN,2018,0.595,0.994,0.979,0.081,0.662,110\nISL,2018,0.793,0.999,0.968,0.674,0.858,1\n"
    )
    found = queries.results(2018)
    assert (found["JPN"].basis, found["JPN"].published_rank, found["JPN"].rank) == ("ratios", 110, 2)
    assert (found["ISL"].basis, found["ISL"].rank, found["ISL"].ranked) == ("subindexes", 1, 2)


def test_a_country_without_a_subindex_has_no_score_and_no_rank(app: Flask) -> None:
    imported(SUBINDEXES + b"FRA,2014,0.7,1,,0.4\n")
    france = queries.results(2014)["FRA"]
    assert (france.overall, france.rank, france.ranked) == (None, None, 2)


def test_a_history_is_one_country_in_order_of_years(app: Flask) -> None:
    with transaction():
        operations.load_shipped(SYSTEM)
    assert [(one.year, one.basis) for one in queries.history("JPN")] == [(2014, "subindexes"), (2018, "ratios")]
    assert queries.history("FRA") == []


def test_the_usual_year_is_one_with_enough_countries(app: Flask) -> None:
    assert (queries.latest_year(), queries.usual_year(), queries.results(2014)) == (None, None, {})
    with transaction():
        operations.load_shipped(SYSTEM)
    assert (queries.latest_year(), queries.usual_year()) == (2018, 2014)


def test_a_population_is_the_latest_up_to_the_year(app: Flask) -> None:
    imported(
        b"iso3,year,population,women\nISL,2010,318000,\nISL,2014,327000,163000\nISL,2020,366000,\nYEM,2015,28000000,\n",
        "populations",
    )
    found = queries.populations(2018)
    assert (found["ISL"].year, found["ISL"].people, found["ISL"].women) == (2014, 327000, 163000)
    assert (found["YEM"].year, found["YEM"].women) == (2015, None)
    assert list(queries.populations(2014)) == ["ISL"]
    assert list(queries.populations(2018, ["YEM"])) == ["YEM"]
    assert queries.years() == []


def test_a_year_costs_no_more_when_there_are_others(app: Flask) -> None:
    def rows_read() -> int:
        seen: list[int] = []

        def counted(context: object, row: object) -> None:
            seen.append(1)

        db.session.expunge_all()
        event.listen(EconomyRow, "load", lambda target, context: counted(context, target))
        queries.results(2014)
        return len(seen)

    imported()
    before = rows_read()
    for year in range(2006, 2014):
        imported(SUBINDEXES.replace(b"2014", str(year).encode()))
    assert before == 2
    assert rows_read() == before


def test_the_command_shows_asks_and_imports(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(SUBINDEXES)
    words = ["economies", "import", "subindexes", str(path), "--source", "The report", "--licence", "CC BY 4.0"]
    run = app.test_cli_runner()
    preview = run.invoke(args=[*words, "--preview"])
    assert preview.exit_code == 0
    assert "2 rows, years 2014: 2 added, 0 values changed, 0 removed, 0 unchanged." in preview.output
    assert "added: ISL 2014" in preview.output
    assert queries.years() == []
    assert run.invoke(args=words, input="n\n").exit_code == 1
    assert queries.years() == []
    assert run.invoke(args=[*words, "--yes"]).exit_code == 0
    assert queries.years() == [2014]
    path.write_bytes(SUBINDEXES.replace(b"0.6554", b"zero"))
    refused = run.invoke(args=[*words, "--yes"])
    assert refused.exit_code == 2
    assert "figures.csv, row 2, column political: 'zero'" in refused.stderr
    assert run.invoke(args=["economies", "load"]).output == "4 rows imported.\n"
