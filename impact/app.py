"""create_app(): the one list of blueprints. Read this first."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import impact.models_of_all_rooms  # noqa: F401  (every table is known before the first query)
from config import ROOT, Settings
from impact import addresses, guards, i18n, limits, logs, page_cache, pages, security, whoami
from impact import db as database
from impact.db import db

csrf = CSRFProtect()
migrate = Migrate()


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (from the environment by default)."""
    settings = settings or Settings.from_environment()
    app = Flask(
        "impact",
        root_path=str(ROOT / "impact"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "impact" / "static"),
        instance_path=str(settings.instance),
    )
    app.extensions["settings"] = settings
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-impact" if settings.secure_cookies else "impact",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=(settings.upload_max_mb + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.secure_cookies,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    logs.init_app(app)
    database.init_app(app)
    # Before anything that asks who is there: a kept page is for everybody.
    page_cache.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    addresses.init_app(app)
    i18n.init_app(app)
    limits.init_app(app)
    security.init_app(app)
    # Before the CSRF check: what its refusal looks like depends on who is asking.
    whoami.init_app(app)
    csrf.init_app(app)
    guards.init_app(app)
    pages.init_app(app)
    _register_rooms(app)
    _register_commands(app)

    @app.get("/")
    def root() -> ResponseReturnValue:
        """The reader's language decides; nothing is remembered and no cookie is set."""
        response = redirect(url_for("registry.home", lang=i18n.preferred_language()))
        response.headers["Vary"] = "Accept-Language"
        return response

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        """For watchers: 200 when the database answers, 503 otherwise; says nothing else to anybody."""
        healthy = database.answers()
        return ({"status": "ok" if healthy else "database unavailable"}, 200 if healthy else 503)

    return app


def _register_rooms(app: Flask) -> None:
    """Every blueprint, in the order of the staircase. Pages of people live under /<language>/."""
    from impact import administration, work
    from impact.accounts import views as accounts
    from impact.champions import views as champions
    from impact.commitments import new_leaders, waiting
    from impact.commitments import views as commitments
    from impact.economies import views as economies
    from impact.indicators import views as indicators
    from impact.pledges import keeping, sending  # noqa: F401  (have their jobs done)
    from impact.pledges import views as pledges
    from impact.priorities import views as priorities
    from impact.progress import condition_views as conditions
    from impact.progress import views as progress
    from impact.registry import views as registry
    from impact.reviews import handing_in
    from impact.reviews import views as reviews
    from impact.seals import verifying  # noqa: F401  (has the list of seals looked through with the audit trail)
    from impact.seals import views as seals
    from reports import views as reports
    from reports import waiting as editions_waiting
    from reports.group import waiting as groups_waiting
    from reports.web import views as editions

    new_leaders.register()
    waiting.register()
    editions_waiting.register()
    groups_waiting.register()
    handing_in.register()
    for blueprint in (
        accounts.blueprint,
        seals.blueprint,
        champions.blueprint,
        indicators.blueprint,
        economies.blueprint,
        commitments.blueprint,
        reviews.blueprint,
        progress.blueprint,
        pledges.blueprint,
        reports.blueprint,
        conditions.blueprint,
        registry.blueprint,
        priorities.blueprint,
        administration.blueprint,
        work.blueprint,
    ):
        app.register_blueprint(blueprint, url_prefix="/<lang:lang>" + (blueprint.url_prefix or ""))
    # Printed on paper, so short: the language of an edition stands at the end of its address.
    app.register_blueprint(editions.blueprint)

    # What is printed on covers names no language.
    app.register_blueprint(reports.printed)


def _register_commands(app: Flask) -> None:
    """Every command group of `flask …`."""
    from impact.accounts.cli import accounts_cli
    from impact.audit.cli import audit_cli
    from impact.commitments.cli import commitments_cli
    from impact.demo.cli import demo_cli
    from impact.economies.cli import economies_cli
    from impact.indicators.cli import indicators_cli
    from impact.indicators.gap_index_cli import gap_index_cli
    from impact.jobs.cli import jobs_cli
    from impact.mail.cli import mail_cli
    from impact.pledges.cli import pledges_cli
    from impact.progress.cli import status_cli
    from impact.seals.cli import seals_cli
    from impact.storage_sweep import storage_cli
    from reports.cli import editions_cli

    for group in (
        accounts_cli,
        audit_cli,
        commitments_cli,
        demo_cli,
        economies_cli,
        editions_cli,
        gap_index_cli,
        indicators_cli,
        jobs_cli,
        pledges_cli,
        mail_cli,
        seals_cli,
        status_cli,
        storage_cli,
    ):
        app.cli.add_command(group)
