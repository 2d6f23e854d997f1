"""The platform's own cohorts are called in the reader's language; what a manager wrote is left as it is."""

from datetime import date

import pytest

from impact.champions import cohort_names
from impact.champions.models import StandingChange
from impact.champions.models.organisations import Reason


@pytest.fixture
def in_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohort_names, "say", {"Founding cohort": "Cohorte fondatrice"}.__getitem__)


@pytest.mark.usefixtures("in_another_language")
def test_the_founding_cohort_is_called_in_the_language_of_the_reader() -> None:
    assert cohort_names.cohort_name("Founding cohort") == "Cohorte fondatrice"


@pytest.mark.usefixtures("in_another_language")
def test_a_name_that_a_manager_gave_is_left_as_it_is() -> None:
    assert cohort_names.cohort_name("Second cohort") == "Second cohort"


def test_the_history_of_an_organisation_names_its_cohort_in_the_language_of_the_reader() -> None:
    change = StandingChange(reason="…", reason_values={"cohort": "Founding cohort", "day": "2015-01-01"})
    said = change.said
    assert isinstance(said, Reason)
    assert said.values == {"cohort": Reason("Founding cohort", {}), "day": date(2015, 1, 1)}
