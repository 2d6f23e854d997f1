"""The editor: rows of milestones, the sentence while typing, and what is kept before anybody saves."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from impact.actor import Role
from impact.audit.models import AuditEntry
from impact.champions.models import Champion
from impact.commitments.models import Revision
from impact.commitments.working_copies import WorkingCopy
from impact.db import db
from tests.champions.makers import PASSWORD, post, token_in
from tests.commitments.test_pages_of_commitments import (
    PERIOD,
    TARGET,
    WORDS,
    base_in,
    browser_of,
    fill,
    made,
    the_commitment,
    written,
)

__all__ = ["made"]

CONDITIONAL = {
    "kind": "conditional",
    "indicator": "UNI-PROF",
    "condition_words": "Boards stay under 40 %",
    "condition_operator": "below",
    "condition_threshold": "40",
    "inner_kind": "level",
    "value": "45",
    "due-day": "31",
    "due-month": "12",
    "due-year": "2030",
}


def edit_page(writer: Any, path: str) -> str:
    found = re.search(r'href="([^"]+/targets/[^"/]+)"', writer.get(path).text.replace("/targets/new", ""))
    assert found
    return found[1]


def milestone(row: int, year: int, value: str) -> dict[str, str]:
    step = f"step{row}"
    return {f"{step}_on-day": "1", f"{step}_on-month": "6", f"{step}_on-year": str(year), f"{step}_value": value}


@pytest.fixture
def writer(app: Flask, made: Champion) -> Any:
    return browser_of(app, made, Role.COORDINATOR)


def counted() -> tuple[int, int]:
    db.session.expire_all()
    return db.session.scalar(select(func.count(Revision.id))) or 0, db.session.scalar(
        select(func.count(AuditEntry.id)).where(AuditEntry.subject_kind == "commitment")
    ) or 0


def test_another_row_of_milestones_is_shown_with_everything_typed_and_nothing_saved(
    made: Champion, writer: Any
) -> None:
    path = written(writer, made)
    before = counted()
    answer = fill(writer, f"{path}/targets/new", {**TARGET, "scope": "not saved yet", "rows": "1", "more": "milestone"})
    assert answer.status_code == 200
    assert 'name="step2_value"' in answer.text and 'name="step3_value"' not in answer.text
    assert 'value="not saved yet"' in answer.text and 'value="76"' in answer.text
    assert "field has-error" not in answer.text
    assert counted() == before


def test_six_milestones_are_kept_and_one_in_the_middle_is_removed(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    page = edit_page(writer, path)
    six = {name: text for row in range(1, 7) for name, text in milestone(row, 2020 + row - 1, str(20 + row)).items()}
    six |= {**milestone(1, 2020, "21"), "due-year": "2029"}
    assert fill(writer, page, {**TARGET, **six}).status_code == 303
    assert [str(step.value.normalize()) for step in the_commitment().targets[0].milestones if step.value] == [
        "21", "22", "23", "24", "25", "26",
    ]  # fmt: skip
    shown = writer.get(page).text
    assert 'name="step6_value"' in shown and 'name="step7_value"' not in shown
    answer = fill(writer, page, {**TARGET, **six, "rows": "6", "less": "3"})
    assert answer.status_code == 200
    found = re.findall(r'name="step\d+_value"[^>]*value="(\d+)"', answer.text)
    assert found == ["21", "22", "24", "25", "26"]
    assert len(the_commitment().targets[0].milestones) == 6


def test_the_sentence_is_written_while_somebody_types_and_names_what_is_missing(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    token = token_in(writer.get(f"{path}/targets/new"))
    typed = {name: text for name, text in TARGET.items() if not name.startswith(("due", "step"))}
    answer = writer.post(f"{path}/targets/sentence", data={**typed, "csrf_token": token})
    assert answer.status_code == 200
    assert "Raise the share of women among full professors from 19%" in answer.text
    assert '<span class="still-missing">a due date</span>' in answer.text
    assert "Say by which day the target should be met" in answer.text
    assert len(the_commitment().targets) == 1


def test_the_sentence_refuses_in_words_and_escapes_what_is_typed(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    token = token_in(writer.get(f"{path}/targets/new"))
    answer = writer.post(f"{path}/targets/sentence", data={**TARGET, "baseline_numerator": "500", "csrf_token": token})
    assert "A part cannot be larger than its total" in answer.text
    answer = writer.post(
        f"{path}/targets/sentence", data={**TARGET, "indicator": "<script>", "value": "<b>", "csrf_token": token}
    )
    assert answer.status_code == 200 and "<script>" not in answer.text and "<b>" not in answer.text.replace("<b ", "")


def test_the_sentence_of_a_small_group_says_whole_per_cent_while_it_is_typed(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    token = token_in(writer.get(f"{path}/targets/new"))
    few = {**TARGET, "baseline_numerator": "4", "baseline_denominator": "43"}
    answer = writer.post(f"{path}/targets/sentence", data={**few, "csrf_token": token})
    assert "Raise the share of women among full professors from 9% (1 January 2020) to 30%" in answer.text


def test_somebody_elses_sentence_is_not_found(app: Flask, made: Champion, writer: Any) -> None:
    path = written(writer, made)
    viewer = browser_of(app, made, Role.VIEWER)
    token = token_in(viewer.get("/en/account"))
    assert viewer.post(f"{path}/targets/sentence", data={**TARGET, "csrf_token": token}).status_code == 403


def test_what_is_kept_while_typing_changes_neither_text_nor_history(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    page = edit_page(writer, path)
    before = counted()
    for text in ("prof", "professors of", "professors of law"):
        answer = fill(writer, page, {**TARGET, "scope": text, "autosave": "1"})
        assert answer.status_code == 204
        assert re.fullmatch(r"\d\d:\d\d", answer.headers["X-Saved-At"])
    assert counted() == before
    assert the_commitment().targets[0].scope == "full professors, permanent staff"
    shown = writer.get(page).text
    assert 'value="professors of law"' in shown and "You typed this and have not saved it yet" in shown
    # Saving takes the copy in, and the next visit shows what was saved.
    assert fill(writer, page, {**TARGET, "scope": "professors of law"}).status_code == 303
    assert the_commitment().targets[0].scope == "professors of law"
    assert "have not saved it yet" not in writer.get(page).text
    assert db.session.scalars(select(WorkingCopy)).all() == []


def test_a_copy_is_its_writers_own_and_can_be_dropped(app: Flask, made: Champion, writer: Any) -> None:
    path = written(writer, made)
    assert fill(writer, f"{path}/edit", {**WORDS, **PERIOD, "why": "Half a sent", "autosave": "1"}).status_code == 204
    colleague = browser_of(app, made, Role.CONTRIBUTOR)
    assert "Half a sent" not in colleague.get(f"{path}/edit").text
    assert "Half a sent" in writer.get(f"{path}/edit").text
    assert post(writer, f"{path}/edit", {"discard": "yes"}).status_code == 303
    assert "Half a sent" not in writer.get(f"{path}/edit").text
    assert the_commitment().why == "Half the talent."


def test_keeping_tells_of_a_colleagues_change_and_overwrites_nothing(app: Flask, made: Champion, writer: Any) -> None:
    path = written(writer, made)
    base = base_in(writer, f"{path}/edit")
    colleague = browser_of(app, made, Role.CONTRIBUTOR)
    assert fill(colleague, f"{path}/edit", {**WORDS, **PERIOD, "headline": "Theirs"}).status_code == 303
    mine = {**WORDS, **PERIOD, "headline": "Mine", "base_revision": base}
    answer = post(writer, f"{path}/edit", {**mine, "autosave": "1"})
    assert (answer.status_code, answer.text) == (409, "")
    assert the_commitment().headline == "Theirs"
    # Nothing is lost: the copy comes back, and saving it shows both versions.
    shown = writer.get(f"{path}/edit").text
    assert 'value="Mine"' in shown and f'name="base_revision" value="{base}"' in shown
    assert post(writer, f"{path}/edit", mine).status_code == 409
    # Another field than the colleague's is no conflict.
    other = {**WORDS, **PERIOD, "why": "My why", "base_revision": base, "autosave": "1"}
    assert post(writer, f"{path}/edit", other).status_code == 204


def test_the_last_keeping_that_a_save_has_overtaken_is_let_go(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    base = base_in(writer, f"{path}/edit")
    assert post(writer, f"{path}/edit", {**WORDS, **PERIOD, "why": "New", "base_revision": base}).status_code == 303
    late = {**WORDS, **PERIOD, "why": "Ne", "base_revision": base, "autosave": "1"}
    assert post(writer, f"{path}/edit", late).status_code == 204
    assert db.session.scalars(select(WorkingCopy)).all() == []


def test_after_the_sign_in_expired_the_form_comes_back_filled(app: Flask, made: Champion, writer: Any) -> None:
    path = written(writer, made)
    page = edit_page(writer, path)
    answer = writer.get(page)
    sent = {**TARGET, "scope": "typed for an hour", "base_revision": base_in(writer, page), "rows": "1"}
    stranger = app.test_client()
    token = token_in(stranger.get("/en/sign-in"))
    # The script is told; the page of a browser without script keeps what was typed.
    assert stranger.post(page, data={**sent, "autosave": "1", "csrf_token": token}).status_code == 401
    answer = stranger.post(page, data={**sent, "csrf_token": token})
    assert answer.status_code == 401 and "typed for an hour" in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    email = made.memberships[0].person.email
    action = re.search(r'<form[^>]*action="([^"]*sign-in[^"]*)"', answer.text)
    assert action
    again = stranger.post(action[1], data={**fields, "email": email, "password": PASSWORD})
    assert "typed for an hour" in again.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', again.text))
    shown = stranger.post(page, data=fields)
    assert shown.status_code == 200
    assert 'value="typed for an hour"' in shown.text and 'value="76"' in shown.text
    assert the_commitment().targets[0].scope == "full professors, permanent staff"


def test_a_conditional_target_needs_its_condition_and_no_starting_point(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    assert fill(writer, f"{path}/targets/new", CONDITIONAL).location == path
    target = the_commitment().targets[1]
    assert (target.kind, target.inner_kind, target.condition_operator) == ("conditional", "level", "below")
    assert (str(target.condition_threshold.normalize()), target.due) == ("4E+1", date(2030, 12, 31))
    shown = writer.get(path).text
    assert "If the figure falls below 40%" in shown and "Nothing to put right." in shown
    answer = fill(writer, f"{path}/targets/new", {**CONDITIONAL, "condition_words": "", "condition_operator": ""})
    assert answer.status_code == 303
    shown = writer.get(path).text
    assert "Say in words what the condition is" in shown
    assert "Give the condition: below or above which figure is it met?" in shown


def test_two_windows_of_one_person_are_not_two_people(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    page = edit_page(writer, path)
    old = base_in(writer, page)
    assert post(writer, page, {**TARGET, "value": "31", "base_revision": old}).status_code == 303
    answer = post(writer, page, {**TARGET, "value": "32", "base_revision": old})
    assert answer.status_code == 409
    assert "You saved these fields in another window while you were writing here." in answer.text
    assert "olleague" not in answer.text.partition("<main")[2]


def test_two_counts_that_cannot_be_are_complained_of_once_in_the_same_words(made: Champion, writer: Any) -> None:
    path = written(writer, made)
    page = edit_page(writer, path)
    fill(writer, page, {**TARGET, "baseline_numerator": "15", "baseline_denominator": "12"})
    shown = writer.get(page).text
    assert "more than the whole" not in shown and "more women" not in shown
    # in the summary, beside the box, and among the checks
    assert shown.count("A part cannot be larger than its total") == 3
