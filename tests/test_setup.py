"""What a new user reads and types agrees with what is there."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, Settings
from impact.serve import CannotStart, refuse_taken_port

README = (ROOT / "README.md").read_text()


def settings_in_code() -> set[str]:
    source = (ROOT / "config.py").read_text()
    return set(re.findall(r'(?:environ\.get|_number|_yes)\("([A-Z_]+)"', source))


def settings_in_readme() -> set[str]:
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_the_readme_lists_exactly_the_settings_that_the_code_reads() -> None:
    assert settings_in_readme() == settings_in_code()
    assert "DATABASE_URL" in settings_in_code()


def test_every_make_target_of_the_readme_exists_and_make_alone_lists_it() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"`make ([a-z-]+)", README))
    assert named >= {"setup", "check", "demo", "pdf", "bench", "run"}
    assert named <= set(re.findall(r"(?m)^  make ([a-z-]+)", listed))


def test_every_requirement_is_pinned_with_hashes() -> None:
    done = subprocess.run([sys.executable, "bin/lock", "covers"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_taken_port_is_refused_with_a_port_to_try_instead() -> None:
    with socket.socket() as other:
        # The way gunicorn listens: without the look beforehand a second server would share this port silently.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"127\.0\.0\.1:{port} .*in use.*make run PORT={port + 1}"):
            refuse_taken_port(Settings(port=port))


def test_a_free_port_is_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    refuse_taken_port(Settings(port=port))
    refuse_taken_port(Settings(port=port))


def test_a_host_that_is_not_ours_is_refused_in_words() -> None:
    with pytest.raises(CannotStart, match=r"cannot listen on 192\.0\.2\.1:8000"):
        refuse_taken_port(Settings(host="192.0.2.1"))


# --- catalogues ------------------------------------------------------------------------------------


def project_with(folder: Path, catalogue: str) -> Path:
    """A tiny project with one sentence, one count and one language, beside the real scripts."""
    (folder / "bin").mkdir()
    (folder / "bin" / "translations").write_bytes((ROOT / "bin" / "translations").read_bytes())
    (folder / "babel.cfg").write_bytes((ROOT / "babel.cfg").read_bytes())
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text(
        '{{ _("Sign in as %(name)s", name=name) }}'
        "{% trans count=3 %}{{ count }} promise{% pluralize %}{{ count }} promises{% endtrans %}"
    )
    path = folder / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: ar\\n"\n'
    plurals = (
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : '
        'n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"\n\n'
    )
    path.write_text(head + plurals + catalogue)
    return folder


COUNT = 'msgid "%(count)s promise"\nmsgid_plural "%(count)s promises"\n' + "".join(
    f'msgstr[{form}] "%(count)s وعد"\n' for form in range(6)
)
SENTENCE = 'msgid "Sign in as %(name)s"\nmsgstr "تسجيل الدخول باسم %(name)s"\n\n'


@pytest.mark.parametrize(
    "catalogue, problem",
    [
        (SENTENCE + COUNT, ""),
        (COUNT, "not in the catalogue: 'Sign in as %(name)s'"),
        ('msgid "Sign in as %(name)s"\nmsgstr ""\n\n' + COUNT, "not translated: 'Sign in as %(name)s'"),
        ("#, fuzzy\n" + SENTENCE + COUNT, "marked fuzzy: 'Sign in as %(name)s'"),
        (SENTENCE + COUNT.replace('msgstr[2] "%(count)s وعد"', 'msgstr[2] ""'), "not translated: '%(count)s promise'"),
        ("#, python-format\n" + SENTENCE.replace("باسم %(name)s", "باسم %(nom)s") + COUNT, "placeholder"),
    ],
)
def test_a_catalogue_is_complete_only_when_every_sentence_is_said(tmp_path: Path, catalogue: str, problem: str) -> None:
    folder = project_with(tmp_path, catalogue)
    done = subprocess.run(
        [sys.executable, "bin/translations", "check", "--strict", "ar"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if problem else 0), done.stdout + done.stderr
    assert problem in done.stdout
