"""The pledge on a phone, in Arabic: taken in a minute, confirmed by the button behind the letter, and withdrawn."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from impact.db import db, transaction
from impact.pledges import counting
from tests.browser.conftest import Person, Site

EMAIL = "amal@pledge.example"


def counted(site: Site) -> int:
    with site.app.app_context():
        with transaction():
            counting.fold()
        found = counting.recount(mend=False)
        db.session.remove()
    assert found.differences == ()
    return found.rows


def test_a_pledge_on_a_phone_in_arabic(site: Site, people: Any) -> None:
    person: Person = people(phone=True)
    page = person.page
    before = counted(site)
    person.goes_to("/ar/pledge")
    # What only programs see is not seen, and no key leads there.
    expect(page.locator("[name=website]")).not_to_be_in_viewport(ratio=0.1)
    person.fills(email=EMAIL, country="EGY", letters=True)
    page.locator("details.more-about-you summary").click()
    person.fills(gender="woman", age="16_24")
    person.looks()
    page.wait_for_timeout(1500)
    person.presses("تقديم التعهد")
    expect(page.locator("h1")).to_have_text("يرجى الاطلاع على البريد")
    assert counted(site) == before
    link = site.link_in_letter_to(EMAIL, "/pledge/mine/")
    assert link.startswith("/ar/")
    person.goes_to(link)
    assert counted(site) == before
    person.presses("تأكيد تعهدي")
    expect(page.locator("h1")).to_have_text("شكرًا لك. تعهدك محتسب.")
    expect(page.locator("main")).to_contain_text("مصر")
    assert counted(site) == before + 1
    person.presses("إيقاف الرسائل")
    person.presses("سحب تعهدي وحذفه")
    expect(page.locator("h1")).to_have_text("سُحب تعهدك")
    assert counted(site) == before
    answer = page.goto(site.url + link)
    assert answer is not None and answer.status == 404
