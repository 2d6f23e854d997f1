"""`flask gap-index …` on files and standard streams: what it writes, and how it refuses."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.indicators.gap_index_cli import gap_index_cli

RATIOS = """iso3,year,lfp,wage,income,legis,prof,lit,prim,sec,tert,srb,hle,parl,minis,head
YEM,2018,.088359,.631142,.265061,.042932,.171026,.478403,.880964,.736007,.441706,.944,1.016484,0,.057143,0
ISL,2018,.938931,.820222,.721790,.478749,1,1,.998382,1,1,.944,1.020747,.615385,.666667,.718132
ISL,2017,.938931,.820222,.721790,.478749,1,1,.998382,1,1,.944,1.020747,,,
"""


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(gap_index_cli, arguments, input=given)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_score_writes_subindexes_overall_and_rank_within_the_year() -> None:
    result = run("score", "-", given=RATIOS)
    assert result.exit_code == 0
    yemen, iceland, earlier = rows(result.stdout)
    assert list(yemen) == [
        "iso3", "year", "economic", "education", "health", "political", "overall", "rank", "indicators_used", "publishable",
    ]  # fmt: skip
    assert yemen["overall"] == "0.499255400566"
    assert (yemen["rank"], iceland["rank"]) == ("2", "1")
    assert (iceland["indicators_used"], iceland["publishable"]) == ("14", "yes")
    # A whole subindex is missing: no overall score and no place.
    assert (earlier["political"], earlier["overall"], earlier["rank"]) == ("", "", "")
    assert (earlier["indicators_used"], earlier["publishable"]) == ("11", "no")


def test_aggregate_and_world_follow_from_the_results(tmp_path: Path) -> None:
    scores, people = tmp_path / "scores.csv", tmp_path / "people.csv"
    written = run("aggregate", "-", "-o", str(scores), given=(
        "iso3,year,economic,education,health,political\n"
        "ISL,2014,.8169,1,.9654,.6554\nYEM,2014,.3596,.7068,.9668,.0250\nJPN,2014,.6182,.9781,.9791,\n"
    ))  # fmt: skip
    assert (written.exit_code, written.stdout) == (0, "")
    assert [(row["iso3"], row["overall"], row["rank"]) for row in rows(scores.read_text())] == [
        ("ISL", "0.859425000000", "1"), ("YEM", "0.514550000000", "2"), ("JPN", "", ""),
    ]  # fmt: skip
    people.write_text("iso3,year,population\nISL,2014,1000\nYEM,2014,3000\nJPN,2014,5000\n")
    (world,) = rows(run("world", str(scores), str(people)).stdout)
    assert world["overall"] == "0.600768750000"
    assert (world["countries"], world["population"], world["left_out"]) == ("2", "4000", "JPN")


def test_ratios_gives_the_file_that_score_reads() -> None:
    result = run("ratios", "-", "--edition", "2015", given=(
        "iso3,indicator,female,male\nNOR,income,57293,72471\nNOR,wage,5.76,\nISL,head,20.2,\nISL,parl,41,59\nISL,lit,,\n"
    ))  # fmt: skip
    assert result.exit_code == 0
    iceland, norway = rows(result.stdout)
    assert (norway["income"], norway["wage"], norway["lit"]) == ("1.000000000000", "0.822857142857", "")
    assert (iceland["year"], iceland["head"], iceland["lit"]) == ("2015", "0.677852348993", "")
    assert run("score", "-", given=result.stdout).exit_code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("XXX,2018,1", "row 2, column iso3: 'XXX': unknown country"),
        ("isl,2018,1", "row 2, column iso3: 'isl': unknown country"),
        ("ISL,18,1", "row 2, column year: '18': a year in four digits"),
        ("ISL,2018,-1", "row 2, column lfp: '-1': 0 or more"),
        ("ISL,2018,one", "row 2, column lfp: 'one': a number"),
        ("ISL,2018,nan", "row 2, column lfp: 'nan': a number"),
        ("ISL,2018,1,6.1", "row 2, column wage: '6.1': the survey's value divided by 7, at most 1"),
        ("ISL,2018,,,,,,,,,,1.25", "row 2, column srb: '1.25': girls to a boy: this looks inverted (males per female)"),
        ("ISL,2018,1\nISL,2018,1", "row 3, column iso3: 'ISL': the same iso3 and year as row 2"),
    ],
)
def test_a_refusal_names_file_row_column_value_and_rule(tmp_path: Path, line: str, said: str) -> None:
    names = "iso3,year,lfp,wage,income,legis,prof,lit,prim,sec,tert,srb,hle,parl,minis,head"
    lines = [row + "," * (names.count(",") - row.count(",")) for row in line.split("\n")]
    table, target = tmp_path / "ratios.csv", tmp_path / "scores.csv"
    table.write_text("\n".join([names, *lines]) + "\n")
    result = run("score", str(table), "--output", str(target))
    assert result.exit_code == 2
    assert f"{table}, {said}" in result.stderr
    assert result.stdout == ""
    assert not target.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "row 1, column iso3: this column is missing"),
        ("iso3,year,economic,education,health\nISL,2014,1,1,1\n", "row 1, column political: this column is missing"),
        (
            "iso3,year,economic,education,health,political,extra\n",
            "row 1, column extra: 'extra': not one of the columns iso3,year",
        ),
        ("iso3,year,economic,education,health,political\n", "no rows after the names"),
        ("iso3,year,economic,education,health,political\nISL,2014,1\n", "row 2: 3 cells where the names are 6"),
        ("iso3,year,economic,education,health,political\nISL,2014,1.2,1,.97,.1\n", "a subindex is at most 1"),
        (
            "iso3,year,economic,education,health,political\nISL,2014,.8,1,.981,.1\n",
            "row 2, column health: '.981': health and survival is at most 0.9796",
        ),
    ],
)
def test_a_wrong_table_is_refused_whole(given: str, said: str) -> None:
    result = run("aggregate", "-", given=given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_edition_2019_is_refused_with_the_reason() -> None:
    result = run("ratios", "-", "--edition", "2019", given="iso3,indicator,female,male\nISL,lit,1,1\n")
    assert result.exit_code == 2
    assert "there is no edition 2019: the report of December 2019 is dated 2020" in result.stderr


def test_an_inverted_sex_ratio_is_refused_and_a_doubtful_one_is_said() -> None:
    names = "iso3,indicator,female,male\n"
    refused = run("ratios", "-", "--edition", "2018", given=names + "CHN,srb,1.25,1\n")
    assert refused.exit_code == 2
    assert "row 2, column female: '1.25'" in refused.stderr
    assert "inverted" in refused.stderr
    doubtful = run("ratios", "-", "--edition", "2018", given=names + "CHN,srb,1.15,1\n")
    assert doubtful.exit_code == 0
    assert "is the sex ratio at birth inverted?" in doubtful.stderr
