"""From raw female and male values to the fourteen ratios, by the rules of the edition they belong to. Pure.

Sources of the rules: Global Gender Gap Report 2015, tables C1–C14 (survey value / 7; incomes capped, then divided);
2016, Appendix D (US$40,000 up to 2015, US$75,000 from 2016); 2018 (no cap any more). There is no edition 2019: the
report of December 2019 is dated 2020.
"""

from __future__ import annotations

from impact.indicators.gap_index import BY_KEY

FIRST_EDITION, LAST_EDITION = 2006, 2025

#: Years with a female head of state or government are counted over the last fifty.
HEAD_YEARS = 50.0
#: The executive opinion survey answers on a scale from 1 to 7.
SURVEY_LOWEST, SURVEY_HIGHEST = 1.0, 7.0
#: No country has ever had so many girls to a boy; males to a female is what most sources print.
SEX_RATIO_HIGHEST = 1.2

#: Shares: of one value alone the other is what is left of a hundred.
SHARES = frozenset({"legis", "prof", "parl", "minis"})
RATES = frozenset({"lfp", "lit", "prim", "sec", "tert"})


class Impossible(ValueError):
    """A value that cannot be, with the rule it breaks."""


def checked_edition(year: int) -> int:
    """The edition; Impossible for a year without one, or one whose rules are not known here."""
    if year == 2019:
        raise Impossible("there is no edition 2019: the report of December 2019 is dated 2020; give --edition 2020")
    if not FIRST_EDITION <= year <= LAST_EDITION:
        raise Impossible(
            f"the rules of edition {year} are not known here ({FIRST_EDITION} to {LAST_EDITION} are); "
            "if its method did not change, give the last edition that is"
        )
    return year


def income_cap(edition: int) -> float | None:
    """US dollars (PPP) at which an earned income is capped in this edition; None where it is not."""
    if checked_edition(edition) <= 2015:
        return 40_000.0
    return 75_000.0 if edition <= 2017 else None


def ratio(key: str, female: float | None, male: float | None, edition: int) -> float | None:
    """Female to male of one indicator, not yet capped at its benchmark; None when both are blank.

    Percentages for rates and shares, years for `head` and `hle`, PPP dollars for `income`, births for `srb`; `wage`
    is the survey's value (1 to 7) in `female`. A male value of 0 gives the benchmark. Raises Impossible with the rule.
    """
    cap = income_cap(edition)
    if key not in BY_KEY:
        raise Impossible(f"there is no indicator {key}; the keys are {', '.join(BY_KEY)}")
    if female is None and male is None:
        return None
    if female is None:
        raise Impossible("a male value needs its female value; leave both blank where there are no data")
    for value in (female, male):
        if value is not None and not 0 <= value < float("inf"):
            raise Impossible("a value is 0 or more")
    if key == "wage":
        return _wage(female, male)
    if male is None:
        male = _other_part(key, female)
    if (key in RATES and max(female, male) > 200) or (key in SHARES and max(female, male) > 100):
        raise Impossible("a rate or share is given in per cent" + (" and is at most 100" if key in SHARES else ""))
    if key == "head" and female + male > HEAD_YEARS + 1e-6:
        raise Impossible("female and male years at the head are at most 50 together")
    if key == "income" and cap is not None:
        female, male = min(female, cap), min(male, cap)
    if male == 0:
        return BY_KEY[key].benchmark
    found = female / male
    if key == "srb" and found > SEX_RATIO_HIGHEST:
        raise Impossible(
            f"{found:.3f} girls to a boy cannot be: the sex ratio at birth is inverted (males per female); "
            "give female births under female and male births under male"
        )
    return found


def _wage(female: float, male: float | None) -> float:
    if male is not None:
        raise Impossible("wage is one survey value from 1 to 7, under female; leave male blank")
    if not SURVEY_LOWEST <= female <= SURVEY_HIGHEST:
        raise Impossible("wage is a survey value from 1 to 7")
    # Divided by 7, not (value - 1) / 6: Rwanda's 6.14 is printed as 0.88.
    return female / SURVEY_HIGHEST


def _other_part(key: str, female: float) -> float:
    if key == "head":
        if female > HEAD_YEARS:
            raise Impossible("years at the head are counted over the last 50")
        return HEAD_YEARS - female
    if key in SHARES:
        if female > 100:
            raise Impossible("a share is given in per cent and is at most 100")
        return 100 - female
    raise Impossible(f"{key} needs a male value too")
