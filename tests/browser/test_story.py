"""The main job as people do it: from an application to a printed report, each with a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from re import compile as pattern

import pytest
import time_machine

from impact import clock
from impact.demo.people import PASSWORD
from tests.browser.conftest import Person, Site

YEAR = clock.today().year - 1
#: The promise is made in the spring of the year; its figures are due in the next.
SPRING, NEXT_SPRING = datetime(YEAR, 3, 2, 9, tzinfo=UTC), datetime(YEAR + 1, 2, 3, 9, tzinfo=UTC)
OWN_PASSWORD = "seventeen quiet herons"

New = Callable[..., Person]


@pytest.mark.timeout(600)
def test_a_promise_from_the_application_to_the_printed_report(site: Site, people: New) -> None:
    manager, leader, reviewer, approver = (people() for _ in range(4))
    with time_machine.travel(SPRING):
        coordinator = apply(site, people())
        manager.signs_in("manager@demo.example", PASSWORD)
        admit(manager)
        become_coordinator(site, coordinator)
        invite_leader(site, coordinator, leader)
        write(coordinator)
        sign(leader)
        reviewer.signs_in("reviewer@demo.example", PASSWORD)
        send_back(reviewer)
        answer(coordinator)
        sign(leader)
        recommend(reviewer, "Raise the share of women among professors")
        approver.signs_in("approver@demo.example", PASSWORD)
        approve(approver, "Raise the share of women among professors")
        address = published(people(phone=True))
    with time_machine.travel(NEXT_SPRING):
        # A year later nobody is signed in any more.
        manager.signs_in("manager@demo.example", PASSWORD)
        open_window(manager)
        coordinator.signs_in("per@trial-university.example", OWN_PASSWORD)
        report(coordinator)
        reviewer.signs_in("reviewer@demo.example", PASSWORD)
        recommend(reviewer, str(YEAR))
        approver.signs_in("approver@demo.example", PASSWORD)
        approve(approver, str(YEAR))
        followed(people(phone=True), address)
        # A year later the leader is not signed in any more either.
        leader.signs_in("ida@trial-university.example", OWN_PASSWORD)
        edition = sign_off(coordinator, leader)
        recommend(reviewer, "edition 1")
        approve(approver, "edition 1")
        print_report(site, people(phone=True), edition)


def apply(site: Site, visitor: Person) -> Person:
    visitor.goes_to("/en/apply")
    visitor.fills(
        constituency="university", name="Trial University", country="NOR", sector="Public research university",
        size=12000, website="https://trial-university.example.org", leader_name="Ida Trial", leader_office="Rector",
        leader_since=date(YEAR - 3, 8, 1), statement="We will be measured by what we publish.",
        contact_name="Per Trial", contact_office="Equality office", contact_email="per@trial-university.example",
        terms=True,
    )  # fmt: skip
    visitor.presses("Send the application")
    visitor.reads("per@trial-university.example")
    visitor.goes_to(site.link_in_letter_to("per@trial-university.example", "/apply/confirm/"))
    visitor.presses("Confirm the application")
    visitor.fills(password=OWN_PASSWORD)
    visitor.presses("Set this password and sign in")
    visitor.reads("Trial University")
    return visitor


def admit(manager: Person) -> None:
    manager.goes_to("/en/programme/cohorts/new")
    manager.fills(
        name="Trial cohort", pilot_starts=date(YEAR - 1, 1, 1), pilot_ends=date(YEAR + 2, 12, 31), is_demonstration=True
    )
    manager.presses("Open the cohort")
    manager.goes_to("/en/programme/applications")
    manager.follows("Trial University")
    manager.follows("Write the vetting note")
    manager.fills(ethics="No finding.", reach="12,000 people.", will="The rector signs in person.")
    manager.presses("Keep the note")
    manager.follows("Admit to a cohort")
    manager.page.locator("[name=cohort]").select_option(label=manager_option(manager, "Trial cohort"))
    manager.presses("Admit")


def manager_option(person: Person, words: str) -> str:
    labels = person.page.locator("[name=cohort] option").all_inner_texts()
    return next(label for label in labels if words in label)


def become_coordinator(site: Site, coordinator: Person) -> None:
    """The letter of admission leads to the champion's own pages."""
    coordinator.goes_to(site.link_in_letter_to("per@trial-university.example", "/organisations/"))
    coordinator.reads("Trial University")


def invite_leader(site: Site, coordinator: Person, leader: Person) -> None:
    coordinator.goes_to("/en/organisations/trial-university/people")
    coordinator.fills(name="Ida Trial", email="ida@trial-university.example", role="leader")
    coordinator.presses("Send the invitation")
    leader.goes_to(site.link_in_letter_to("ida@trial-university.example", "/join/"))
    leader.fills(password=OWN_PASSWORD)
    leader.presses("Join")
    leader.reads("Trial University")


def write(coordinator: Person) -> None:
    coordinator.goes_to("/en/organisations/trial-university/commitments")
    coordinator.follows("Write a commitment")
    coordinator.fills(
        headline="Raise the share of women among professors",
        why="Half of our doctoral graduates are women; one professor in five is.",
        actions="Promotion panels meet every year in every faculty.",
        responsible="The vice-rector for staff",
        starts_on=date(YEAR - 1, 1, 1),
        ends_on=date(YEAR + 2, 12, 31),
    )
    coordinator.page.locator("[name=themes]").first.check()
    coordinator.presses("Save the draft")
    coordinator.follows("Add a target")
    indicator = coordinator.page.locator("[name=indicator] option").filter(has_text=pattern("professor")).first
    coordinator.fills(
        indicator=indicator.get_attribute("value"), scope="full professors, permanent staff", kind="level",
        baseline_numerator=76, baseline_denominator=400, baseline_date=date(YEAR - 1, 1, 1),
        baseline_source="Staff records, year-end extract", value=30, due=date(YEAR + 2, 12, 31),
    )  # fmt: skip
    coordinator.presses("Save the target")
    coordinator.reads("from 19%")
    send(coordinator)


def send(coordinator: Person) -> None:
    """Every warning is answered, then the leader has it."""
    for box in coordinator.page.locator("textarea[name^=answer-]").all():
        box.fill("Considered: the plan allows for it.")
    coordinator.presses("Send to the leader")
    coordinator.reads("Awaiting the leader")


def sign(leader: Person) -> None:
    leader.goes_to("/en/organisations/trial-university/commitments")
    leader.follows("Raise the share of women among professors")
    leader.presses("Sign and submit")


def take(reviewer: Person, words: str) -> None:
    reviewer.goes_to("/en/review?show=unclaimed")
    entry = reviewer.page.locator("main li, main tr").filter(has_text="Trial University").filter(has_text=words)
    with reviewer.page.expect_navigation():
        entry.get_by_role("link").first.click()
    reviewer.looks()
    reviewer.presses("Take it")


def send_back(reviewer: Person) -> None:
    take(reviewer, "Raise the share of women among professors")
    reviewer.page.locator("summary", has_text="Add a remark to a field").click()
    reviewer.fills(field="actions", text="From when?")
    reviewer.presses("Keep the remark")
    reviewer.fills(verdict="return", reason="Say from when the panels meet; the rest is sound.")
    reviewer.presses("Send the verdict")


def answer(coordinator: Person) -> None:
    """The decision is linked from the commitment; the remark is answered, the text mended and sent again."""
    coordinator.goes_to("/en/organisations/trial-university/commitments")
    coordinator.follows("Raise the share of women among professors")
    coordinator.reads("Say from when the panels meet")
    coordinator.follows("Change the text")
    coordinator.fills(actions="Promotion panels meet every year in every faculty, from this autumn.")
    coordinator.presses("Save the draft")
    send(coordinator)


def recommend(reviewer: Person, words: str) -> None:
    take(reviewer, words)
    for settle in reviewer.page.get_by_role("button", name="Settle").all():
        settle.click()
        reviewer.page.wait_for_load_state()
    promise = ("specific", "measurable", "ambitious", "feasible", "timely")
    year = ("complete", "sourced", "comparable", "candid", "ahead")
    for name in promise if reviewer.page.locator("[name=specific]").count() else year:
        # The box itself is drawn by its label.
        reviewer.page.locator(f"[name={name}][value='2']").check(force=True)
    reviewer.fills(verdict="recommend", reason="Headcount, source and plan agree.")
    reviewer.presses("Send the verdict")


def approve(approver: Person, words: str) -> None:
    approver.goes_to("/en/approvals")
    entry = approver.page.locator("main li, main tr").filter(has_text="Trial University").filter(has_text=words)
    with approver.page.expect_navigation():
        entry.get_by_role("link").first.click()
    approver.looks()
    approver.fills(verb="approve", reason="Agreed.")
    approver.presses("Send the decision")


def published(reader: Person) -> str:
    """A member of the public finds the promise on a phone; returns its path."""
    reader.goes_to("/en/commitments")
    reader.goes_to("/en/champions")
    reader.follows("Trial University")
    reader.follows("Raise the share of women among professors from 19%", exact=False)
    reader.reads("from 19%")
    reader.reads("Not due yet")
    return reader.page.url.removeprefix(reader.site.url)


def open_window(manager: Person) -> None:
    manager.goes_to("/en/programme/windows/new")
    manager.page.locator("[name=cohort]").select_option(label=manager_option(manager, "Trial cohort"))
    manager.fills(
        year=YEAR, period_starts=date(YEAR, 1, 1), period_ends=date(YEAR, 12, 31),
        opens_on=date(YEAR + 1, 1, 10), due_on=date(YEAR + 1, 3, 31), grace_days=90,
    )  # fmt: skip
    manager.presses("Set this window")


def report(coordinator: Person) -> None:
    coordinator.goes_to("/en/organisations/trial-university/figures")
    coordinator.presses("Begin", exact=False)
    coordinator.page.locator(f"main a[href*='/figures/{YEAR}/']").first.click()
    coordinator.page.wait_for_load_state()
    coordinator.fills(
        numerator=96, denominator=410, on=date(YEAR, 12, 31), source="Staff records, year-end extract",
        narrative="Panels met in every faculty.",
    )  # fmt: skip
    if coordinator.page.locator("[name=women]").count():
        coordinator.fills(women=96, men=312, other=0, undisclosed=2)
    coordinator.presses("Save")
    coordinator.page.locator("[name=title]").fill("Counts by grade")
    coordinator.page.locator("[name=file]").set_input_files(
        {"name": "counts.csv", "mimeType": "text/csv", "buffer": b"grade,women,men\nfull professor,96,312\n"}
    )
    coordinator.fills(seen_by="public")
    coordinator.presses("Add this evidence")
    coordinator.reads("Counts by grade")
    coordinator.goes_to(f"/en/organisations/trial-university/figures/{YEAR}")
    coordinator.presses("Submit the year’s figures")


def followed(reader: Person, address: str) -> None:
    """The public sees the figure, its status with the sum, and the evidence; in Arabic from right to left."""
    reader.goes_to(address)
    reader.reads("23.4%")
    reader.reads("Counts by grade")
    for path in ("/ar/", "/ar/champions", "/ar/champions/trial-university", "/ar/commitments",
                 address.replace("/en/", "/ar/"), "/ar/indicators", "/ar/how-it-works",
                 "/ar/how-status-is-worked-out"):  # fmt: skip
        reader.goes_to(path)
        assert reader.page.locator("html").get_attribute("dir") == "rtl"
        assert reader.page.locator("html").get_attribute("lang") == "ar"


def sign_off(coordinator: Person, leader: Person) -> str:
    """The year becomes an edition, which the leader reads and signs off; returns its page."""
    coordinator.goes_to("/en/organisations/trial-university/reports")
    coordinator.presses(f"Draw up the edition {YEAR}")
    coordinator.presses("Send to the leader")
    coordinator.reads("Awaiting the leader")
    page = f"/en/organisations/trial-university/editions/trial-university-{YEAR}-1"
    leader.goes_to("/en/organisations/trial-university/reports")
    leader.goes_to(page)
    leader.reads("23.4")
    leader.presses("Sign off this edition")
    leader.reads("Submitted")
    return f"/en/editions/trial-university-{YEAR}-1/en.pdf"


def print_report(site: Site, reader: Person, edition: str) -> None:
    """Sealed and public at once: the worker makes the files, and anybody downloads the report from a phone."""
    site.work()
    reader.goes_to("/en/champions/trial-university")
    with reader.page.expect_download() as waiting:
        reader.page.locator(f"a[href='{edition}']").click()
    file = waiting.value
    assert file.suggested_filename.endswith(".pdf")
    assert file.path().read_bytes().startswith(b"%PDF-1.7")
