"""Hands a finished message to MAIL_URL: a mail server, or a folder of .eml files."""

from __future__ import annotations

import os
import smtplib
import ssl
import tempfile
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

#: seconds for each step of the conversation with the mail server
TIMEOUT = 15.0


class Refused(Exception):
    """The mail server will never take this letter (a 5xx answer about the sender, the receiver or the content)."""


class NotNow(Exception):
    """The mail server cannot be reached or asks to come again: another attempt may help."""


def deliver(message: EmailMessage, mail_url: str, timeout: float = TIMEOUT) -> None:
    """Send the message; raises Refused or NotNow. smtp://user:password@host:587?tls=starttls, smtps://…, file:///…"""
    scheme = urlsplit(mail_url).scheme
    if scheme == "file":
        _into_folder(message, Path(unquote(urlsplit(mail_url).path)))
    elif scheme in {"smtp", "smtps"}:
        _to_server(message, mail_url, timeout)
    else:
        raise NotNow(f"MAIL_URL begins with {scheme}://, which is not smtp, smtps or file.")


def _into_folder(message: EmailMessage, folder: Path) -> None:
    """One file per letter, named by its Message-ID; written aside and renamed, so that none is ever half there."""
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, folder / f"{name}.eml")
    except OSError as error:
        raise NotNow(f"The folder of letters cannot be written: {error}") from error


def _to_server(message: EmailMessage, mail_url: str, timeout: float) -> None:
    parts = urlsplit(mail_url)
    sender = parseaddr(str(message["From"]))[1]
    receiver = str(message["To"])
    try:
        with _connect(mail_url, timeout) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message, from_addr=sender, to_addrs=[receiver])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _by_code(code, answer) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _by_code(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        # Connecting, greeting and signing in are about the server, not about the letter: they may be mended.
        raise NotNow(f"{type(error).__name__}: {error}") from error


def _connect(mail_url: str, timeout: float) -> smtplib.SMTP:
    parts = urlsplit(mail_url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=timeout, context=ssl.create_default_context())
    server = smtplib.SMTP(host, parts.port or 25, timeout=timeout)
    if parse_qs(parts.query).get("tls") == ["starttls"]:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _by_code(code: int, answer: bytes | str) -> Exception:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    told = f"The mail server answered {code}: {words}"[:1000]
    return Refused(told) if 500 <= code < 600 else NotNow(told)
