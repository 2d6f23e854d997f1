"""How gunicorn serves `wsgi:app`, with `make run` and in production; the numbers come from config.py."""

import gc
import os
import sys
from pathlib import Path

# gunicorn reads this file before it looks for the application.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from config import Settings, SettingsError

try:
    settings = Settings.from_environment()
except SettingsError as error:
    sys.exit(f"gunicorn: {error}")

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
workers = settings.web_workers
threads = settings.web_threads
worker_class = "gthread"
# Without it one process gets all the clients that keep their connection open.
reuse_port = True
# The application is imported once, and its memory shared.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# Heartbeats belong in memory: on a busy disk they make a healthy worker look dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (a folder of the system)
# The control socket lies in the home folder, where two servers would meet.
control_socket_disable = True
# Only behind a proxy that sets them are X-Forwarded-* believed; the application counts the proxies itself.
forwarded_allow_ips = "127.0.0.1"
errorlog = "-"
loglevel = "warning"


def when_ready(server: object) -> None:
    """Everything that was imported stays for ever: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """A database connection must not be shared between processes."""
    from impact.db import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
