"""Letters: in the outbox with what they belong to, sent once or twice but never not at all, refused ones visible."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default as email_policy
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from impact.db import db, transaction
from impact.errors import Invalid
from impact.jobs import Job, run_waiting
from impact.mail import Letter, public_address, send, transport
from impact.mail.delivery import WIPED, message_of
from tests.services import SmtpSink

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def over_smtp(engine_app: Flask) -> Callable[[str], None]:
    def use(url: str) -> None:
        engine_app.extensions["settings"] = replace(engine_app.extensions["settings"], mail_url=url)

    return use


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def write(to: str = "amina@example.org", language: str = "en", template: str = "greeting", **options: bool) -> int:
    with transaction():
        return send(to, language, template, {"name": "Amina <3"}, **options).id


def the_letter() -> Letter:
    db.session.rollback()
    letter = db.session.scalars(select(Letter)).one()
    db.session.expunge(letter)
    db.session.rollback()
    return letter


def job_state() -> str:
    db.session.rollback()
    state = db.session.scalars(select(Job.state)).one()
    db.session.rollback()
    return state


def test_a_letter_goes_out_once_in_words_and_as_a_page(
    engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(smtp_sink.url)
    write()
    run_waiting()
    run_waiting()
    (message,) = smtp_sink.messages
    assert message["Subject"] == "Hello Amina <3"
    assert message["From"] == "IMPACT <impact@example.org>"
    assert smtp_sink.envelopes == [("impact@example.org", ["amina@example.org"])]
    body = message.get_body(("plain",))
    page = message.get_body(("html",))
    assert body is not None
    assert page is not None
    assert body.get_content().strip() == "Read https://impact.example.org/en/reading/7"
    assert "<p>Amina &lt;3</p>" in page.get_content()
    letter = the_letter()
    assert message["Message-ID"] == letter.message_id
    assert letter.message_id.endswith("@impact.example.org>")
    assert letter.sent_at is not None
    assert (letter.attempts, letter.error, letter.failed_at) == (1, "", None)


def test_a_rollback_leaves_no_letter(engine_app: Flask) -> None:
    def failing() -> None:
        with transaction():
            send("amina@example.org", "en", "plain")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        failing()
    assert run_waiting() == 0
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_a_letter_in_arabic_runs_from_right_to_left_and_links_to_arabic(engine_app: Flask) -> None:
    write(language="ar")
    letter = the_letter()
    assert "dir=rtl" in letter.html
    assert "https://impact.example.org/ar/reading/7" in letter.text


def test_without_a_page_the_letter_is_plain_text(engine_app: Flask) -> None:
    write(template="plain")
    message = message_of(the_letter(), "IMPACT <impact@example.org>")
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == "Only text"


def test_the_frame_of_letters_gives_subject_sentences_and_a_foot(engine_app: Flask) -> None:
    write(template="framed", language="ar")
    letter = the_letter()
    assert letter.subject == "Framed for Amina <3"
    assert letter.text.startswith("One sentence.\n")
    assert "https://impact.example.org\n" in letter.text
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert "<title>Framed for Amina &lt;3</title>" in letter.html
    assert "<p>For Amina &lt;3</p>" in letter.html


def test_the_embedded_mode_keeps_letters_as_files(engine_app: Flask, tmp_path: Path) -> None:
    write()
    run_waiting()
    (file,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=email_policy)
    assert (message["To"], message["Subject"]) == ("amina@example.org", "Hello Amina <3")
    assert the_letter().sent_at is not None


def test_a_letter_sent_again_after_a_crash_is_recognised(engine_app: Flask, tmp_path: Path) -> None:
    write()
    message = message_of(the_letter(), "IMPACT <impact@example.org>")
    transport.deliver(message, engine_app.extensions["settings"].mail_url)
    run_waiting()
    assert len(list((tmp_path / "mail").iterdir())) == 1


@pytest.mark.parametrize(
    "address",
    [
        "amina@example.org\r\nBcc: all@example.org",
        "amina@example.org\n",
        "a@example.org, b@example.org",
        "Amina <amina@example.org>",
        "amina",
        "@example.org",
        "a b@example.org",
        "a" * 250 + "@x.org",
        "",
    ],
)
def test_what_is_not_one_address_is_refused(engine_app: Flask, address: str) -> None:
    with pytest.raises(Invalid, match="not an e-mail address"):
        send(address, "en", "plain")


def test_a_name_with_a_line_end_makes_no_header(
    engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(smtp_sink.url)
    with transaction():
        send("amina@example.org", "en", "greeting", {"name": "Eve\r\nBcc: all@example.org"})
    run_waiting()
    (message,) = smtp_sink.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Eve"
    assert smtp_sink.envelopes == [("impact@example.org", ["amina@example.org"])]


def test_a_header_with_a_line_end_is_refused_by_the_message_itself(engine_app: Flask) -> None:
    write(template="plain")
    letter = the_letter()
    letter.subject = "Hello\r\nBcc: all@example.org"
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        message_of(letter, "IMPACT <impact@example.org>")


def test_a_4xx_answer_is_tried_again_later(
    engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(smtp_sink.url)
    smtp_sink.answer = "451 4.3.0 Try again later"
    with time_machine.travel(NOON, tick=False) as time:
        write()
        run_waiting()
        letter = the_letter()
        assert (letter.sent_at, letter.failed_at, letter.attempts) == (None, None, 1)
        assert "451" in letter.error
        assert job_state() == "waiting"
        smtp_sink.answer = ""
        time.shift(60)
        run_waiting()
    letter = the_letter()
    assert letter.sent_at is not None
    assert (letter.attempts, letter.error) == (2, "")
    assert len(smtp_sink.messages) == 1


def test_a_5xx_answer_stops_and_shows(engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]) -> None:
    over_smtp(smtp_sink.url)
    smtp_sink.answer = "550 5.1.1 No such user"
    write()
    run_waiting()
    letter = the_letter()
    assert letter.failed_at is not None
    assert "answered 550: 5.1.1 No such user" in letter.error
    assert job_state() == "failed"
    listed = engine_app.test_cli_runner().invoke(args=["mail", "list", "--only", "failed"]).output
    assert "amina@example.org" in listed
    assert "No such user" in listed


def test_a_server_that_hangs_or_is_away_is_tried_again(
    engine_app: Flask, silent_server: str, over_smtp: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.mail.delivery.TIMEOUT", 0.2)
    over_smtp(silent_server)
    with time_machine.travel(NOON, tick=False) as time:
        write()
        run_waiting()
        assert "timed out" in the_letter().error
        over_smtp("smtp://127.0.0.1:1")
        time.shift(60)
        run_waiting()
        letter = the_letter()
        assert "ConnectionRefusedError" in letter.error
        assert letter.attempts == 2
        assert job_state() == "waiting"


def test_asking_for_mail_never_waits_for_the_mail_server(
    engine_app: Flask, silent_server: str, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(silent_server)
    done = threading.Event()
    watchdog = threading.Timer(5, done.set)
    watchdog.start()
    write()
    watchdog.cancel()
    assert not done.is_set()


def test_starttls_is_insisted_on_where_it_is_asked_for(
    engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(smtp_sink.url + "?tls=starttls")
    write()
    run_waiting()
    assert smtp_sink.messages == []
    assert "STARTTLS" in the_letter().error


def test_a_wrong_password_is_the_servers_matter_and_not_the_letters(
    engine_app: Flask, smtp_sink: SmtpSink, over_smtp: Callable[[str], None]
) -> None:
    over_smtp(smtp_sink.url.replace("smtp://", "smtp://me:wrong@"))
    write()
    run_waiting()
    assert the_letter().failed_at is None
    assert job_state() == "waiting"


def test_the_words_of_a_secret_letter_are_wiped_when_it_is_sent(engine_app: Flask, tmp_path: Path) -> None:
    write(secret=True)
    assert "reading/7" in the_letter().text
    run_waiting()
    letter = the_letter()
    assert (letter.text, letter.html) == (WIPED, "")
    (file,) = (tmp_path / "mail").iterdir()
    assert b"reading/7" in file.read_bytes()


@pytest.mark.parametrize(
    "public_url, expected",
    [
        ("https://impact.example.org", "https://impact.example.org/fr/reading/7"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/fr/reading/7"),
        ("https://example.org/impact", "https://example.org/impact/fr/reading/7"),
    ],
)
def test_links_begin_with_the_public_address_whatever_the_host_header(
    engine_app: Flask, public_url: str, expected: str
) -> None:
    engine_app.extensions["settings"] = replace(engine_app.extensions["settings"], public_url=public_url)
    with engine_app.test_request_context("/", headers={"Host": "evil.example"}):
        assert public_address("reading", "fr", number=7) == expected


def test_the_class_of_an_answer_decides() -> None:
    assert isinstance(transport._by_code(550, b"no"), transport.Refused)
    assert isinstance(transport._by_code(421, b"later"), transport.NotNow)
