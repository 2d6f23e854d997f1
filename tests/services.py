"""The real services that tests may ask for, each started when first asked for and stopped by its own handle.

    postgres_url, postgres_database   an own PostgreSQL cluster (initdb in a temporary folder), one per test process
    redis_url                         an own redis-server
    s3_server, s3_url                 moto's S3 server in a thread, with a bucket
    smtp_sink                         a mail server that keeps what it is sent

A tool that is missing is an error, never a skip: `make setup` installs them all. Every test process of xdist has its
own services, so tests never meet each other. Nothing may be reached beyond this machine (see no_network).
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as email_policy
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

STARTS_WITHIN = 30  # seconds: a service that has not answered by then is reported with its log

# The second run of `make test` sets this to "postgresql"; only tests that touch the database are run again.
SECOND_DATABASE = os.environ.get("IMPACT_TEST_DATABASE") == "postgresql"
# A test touches the database when it asks, directly or not, for one of these (tests/conftest.py).
DATABASE_FIXTURES = frozenset({"app", "database", "session", "postgres_url", "postgres_database"})


# A test is quick when it asks for none of these either, and drives no browser: `make check` runs those.
SERVICE_FIXTURES = DATABASE_FIXTURES | {
    "postgres_server",
    "redis_server",
    "s3_server",
    "smtp_sink",
    "page",
    "browser",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="only tests without database, services and browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database run only what touches it, without the browser: the rest would be the same again."""
    if config.getoption("quick"):
        wanted = [item for item in items if not asks_for(item, SERVICE_FIXTURES)]
    elif SECOND_DATABASE:
        wanted = [item for item in items if asks_for(item, DATABASE_FIXTURES) and "browser" not in item.path.parts]
    else:
        return
    kept = {item.nodeid for item in wanted}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
    items[:] = wanted


def asks_for(item: pytest.Item, fixtures: frozenset[str]) -> bool:
    """True when the test carries the mark `database` or asks, directly or through others, for one of the fixtures."""
    marked = item.get_closest_marker("database") is not None
    return marked or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


# --- no network ------------------------------------------------------------------------------------


class NetworkRefused(AssertionError):
    """A test tried to reach another machine."""


def is_address(host: object) -> bool:
    """True for an IP address in figures."""
    try:
        ip_address(str(host))
    except ValueError:
        return False
    return True


def is_here(address: object) -> bool:
    """True for this machine: a Unix socket, a loopback address or a name that means one."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("localhost", "", None):
        return True
    return is_address(host) and ip_address(host).is_loopback


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections, datagrams and look-ups of names that leave this machine fail the test that makes them.

    What is not Python's socket module is kept in by its own settings: the browser resolves no name
    (browser_type_launch_args), PostgreSQL and the object store are given addresses of this machine only.
    """
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    getaddrinfo = socket.getaddrinfo

    def refuse_unless_here(address: object) -> None:
        if not is_here(address):
            raise NetworkRefused(f"a test tried to reach {address!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_unless_here(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_unless_here(address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        refuse_unless_here(rest[-1])
        return sendto(self, data, *rest)

    def guarded_getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        # An address in figures needs no look-up; connecting to it is what is refused.
        if not is_address(name):
            refuse_unless_here((name,))
        return getaddrinfo(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket.socket, "sendto", guarded_sendto)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        # A proxy of the machine must not stand between a test and the servers it started.
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        yield


# --- starting and stopping -------------------------------------------------------------------------


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str) -> str:
    """The full path of a program of the distribution; Debian keeps PostgreSQL's out of PATH."""
    places = [os.environ.get("PATH", os.defpath)]
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    places += [str(path) for path in sorted(versions, key=lambda path: -int(path.parent.name))]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        raise RuntimeError(f"{name} is not installed; `make setup` installs what the tests need")
    return found


def unprivileged() -> list[str]:
    """The words before a command that must not run as root: nothing, unless we are root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    return [
        program("setpriv"),
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
    ]


@contextlib.contextmanager
def started(command: list[str], ready: Callable[[], bool], folder: Path, stop: signal.Signals) -> Iterator[None]:
    """Run a server in the foreground, wait until it is ready, stop it by its handle.

    setpriv ends it too if this process is killed, so that even an aborted run leaves nothing behind.
    """
    log = folder / "log"
    privileges = unprivileged() or [program("setpriv")]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*privileges, f"--pdeathsig={stop.name.removeprefix('SIG')}", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not ready():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.02)
        yield
    finally:
        server.send_signal(stop)
        try:
            server.wait(STARTS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextlib.contextmanager
def own_folder(name: str) -> Iterator[Path]:
    """A short-named temporary folder (a socket's path is at most 107 characters) of the unprivileged user."""
    folder = Path(tempfile.mkdtemp(prefix=f"impact-{name}-"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def answers(port: int) -> bool:
    """True when something accepts connections on that port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# --- PostgreSQL ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PostgresServer:
    """A running cluster; `create` gives a database of it and `drop` takes it away."""

    folder: Path
    port: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://impact@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> None:
        import psycopg

        where = f"host={self.folder} port={self.port} user=impact dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    def ready(self) -> bool:
        import psycopg

        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def create(self, database: str, template: str = "template0") -> str:
        self.run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextlib.contextmanager
def postgresql(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A cluster of Debian's PostgreSQL in a temporary folder. It forgets everything, so it need not sync to disk, but for a bench."""
    with own_folder("pg") as folder:
        data = folder / "data"
        command = [
            *unprivileged(),
            program("initdb"),
            "--pgdata",
            str(data),
            "--username=impact",
            "--auth=trust",
        ]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        server = PostgresServer(folder, free_port())
        command = [program("postgres"), "-D", str(data), "-k", str(folder), "-p", str(server.port)]
        hasty = () if durable else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        for setting in ("listen_addresses=127.0.0.1", *hasty):
            command += ["-c", setting]
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for connections that a test forgot.
        with started(command, server.ready, folder, signal.SIGINT):
            yield server


@pytest.fixture(scope="session")
def postgres_server(no_network: None) -> Iterator[PostgresServer]:
    """A cluster for this test process."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The address of this test process's own, empty database."""
    return postgres_server.create("impact")


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[Callable[..., str]]:
    """Makes further databases, empty or from a template: `url = postgres_database("migrated", template="impact")`.

    The template must have no open connection. They are dropped when the test ends.
    """
    made: list[str] = []

    def create(name: str, template: str = "template0") -> str:
        url = postgres_server.create(name, template)
        made.append(name)
        return url

    yield create
    for name in made:
        postgres_server.drop(name)


# --- Redis -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def redis_server(no_network: None) -> Iterator[int]:
    """The port of a redis-server that keeps nothing."""
    with own_folder("redis") as folder:
        port = free_port()
        command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(folder)]
        with started(command, lambda: answers(port), folder, signal.SIGTERM):
            yield port


@pytest.fixture
def redis_url(redis_server: int) -> str:
    """The address of an empty Redis: what earlier tests left is flushed."""
    import redis

    url = f"redis://127.0.0.1:{redis_server}/0"
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


# --- S3 --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class S3Server:
    """Where the S3 server answers, and what opens its bucket."""

    endpoint: str
    bucket: str = "impact"
    key_id: str = "test"
    secret: str = "test"
    region: str = "us-east-1"


@pytest.fixture(scope="session")
def s3_server(no_network: None) -> Iterator[S3Server]:
    """moto's S3 in a thread of this process, on a free port, with one bucket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        there = S3Server(endpoint=f"http://{host}:{port}")
        make_bucket(there)
        yield there
    finally:
        server.stop()


def make_bucket(server: S3Server) -> None:
    from urllib.request import Request, urlopen

    with urlopen(Request(f"{server.endpoint}/{server.bucket}", method="PUT"), timeout=STARTS_WITHIN) as answer:
        assert answer.status == 200


@pytest.fixture
def s3_url(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """STORAGE_URL of an empty bucket; its keys are in the environment, as in production."""
    from urllib.request import Request, urlopen

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret)
    with urlopen(Request(f"{s3_server.endpoint}/moto-api/reset", method="POST"), timeout=STARTS_WITHIN):
        pass
    make_bucket(s3_server)
    return f"s3://{s3_server.bucket}?endpoint={s3_server.endpoint}&region={s3_server.region}"


# --- e-mail ----------------------------------------------------------------------------------------


@dataclass
class SmtpSink:
    """A mail server of the test: `url` is a MAIL_URL, `messages` what arrived, oldest first."""

    host: str = ""
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    # When set, every message is answered with it, for example "451 Try again later".
    answer: str = ""

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.answer:
            return self.answer
        message = BytesParser(policy=email_policy).parsebytes(envelope.content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return "250 OK"


@pytest.fixture
def smtp_sink(no_network: None) -> Iterator[SmtpSink]:
    """A mail server on a free port of 127.0.0.1 that keeps every message."""
    from aiosmtpd.controller import Controller

    sink = SmtpSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.host, sink.port = controller.hostname, controller.port
    try:
        yield sink
    finally:
        controller.stop()


# --- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The distribution's Chromium, without a sandbox (tests may run as root) and without anything of its own online."""
    return {
        "executable_path": program("chromium"),
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--no-first-run",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }
