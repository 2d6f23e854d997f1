"""The services that other tests stand on are the real ones, and nothing leaves this machine."""

import smtplib
import socket
from collections.abc import Callable
from email.message import EmailMessage
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, text

from tests.services import NetworkRefused, S3Server, SmtpSink, is_here


@pytest.mark.parametrize(
    "address, here",
    [
        (("127.0.0.1", 80), True),
        (("127.8.9.10", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/socket", True),
        (("192.0.2.1", 80), False),
        (("10.0.0.1", 80), False),
        (("2001:db8::1", 80, 0, 0), False),
        (("example.org", 80), False),
    ],
)
def test_only_this_machine_is_here(address: object, here: bool) -> None:
    assert is_here(address) is here


def test_a_connection_to_another_machine_is_refused_before_it_is_tried() -> None:
    with socket.socket() as outside, pytest.raises(NetworkRefused, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


def test_the_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkRefused, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_postgresql_answers_and_keeps_arabic(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(text("SELECT 'المساواة' || ''")) == "المساواة"
    engine.dispose()


def test_further_databases_come_from_a_template(postgres_database: Callable[..., str]) -> None:
    engine = create_engine(postgres_database("pattern"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (id int)"))
    engine.dispose()
    copy = create_engine(postgres_database("copied", template="pattern"))
    with copy.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 0
    copy.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_redis_is_empty_for_every_test(redis_url: str, turn: int) -> None:
    import redis

    with redis.Redis.from_url(redis_url) as client:
        assert client.incr("turn") == 1


@pytest.mark.parametrize("turn", [1, 2])
def test_the_bucket_is_empty_for_every_test(s3_url: str, s3_server: S3Server, turn: int) -> None:
    from obstore.store import from_url

    bucket = s3_url.partition("?")[0]
    store = from_url(bucket, endpoint=s3_server.endpoint, region=s3_server.region, client_options={"allow_http": True})
    assert [meta["path"] for batch in store.list() for meta in batch] == []
    store.put("a/b.txt", b"kept")
    assert bytes(store.get("a/b.txt").bytes()) == b"kept"
    with pytest.raises(HTTPError, match="403"):  # a real server: without the keys nothing is read
        urlopen(f"{s3_server.endpoint}/{s3_server.bucket}/a/b.txt")


def test_the_mail_server_keeps_what_it_is_sent(smtp_sink: SmtpSink) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "تقرير"
    letter.set_content("Bonjour à tous")
    with smtplib.SMTP(smtp_sink.host, smtp_sink.port, timeout=5) as server:
        server.send_message(letter)
    assert [message["Subject"] for message in smtp_sink.messages] == ["تقرير"]
    assert smtp_sink.messages[0].get_content().strip() == "Bonjour à tous"
    assert smtp_sink.envelopes == [("a@example.org", ["b@example.org"])]


def test_the_mail_server_refuses_when_told_to(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer = "451 Try again later"
    letter = EmailMessage()
    letter["From"], letter["To"] = "a@example.org", "b@example.org"
    letter.set_content("x")
    with (
        smtplib.SMTP(smtp_sink.host, smtp_sink.port, timeout=5) as server,
        pytest.raises(smtplib.SMTPDataError),
    ):
        server.send_message(letter)
    assert smtp_sink.messages == []


def test_the_browser_opens_a_page_of_this_machine_and_no_other(page: Page, s3_server: S3Server) -> None:
    from playwright.sync_api import Error

    answer = page.goto(f"{s3_server.endpoint}/moto-api/")
    assert answer is not None
    assert answer.ok
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
