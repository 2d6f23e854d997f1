"""Settings, all from the environment; each is documented where it is defined.

The README lists the same names. `Settings.from_environment()` is called once, by `create_app`.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent


class SettingsError(RuntimeError):
    """A setting is missing or unsafe; the message names it and says what to do."""


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{name} must be a whole number, not {text!r}.") from None


def _yes(name: str, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "yes", "true", "on"}:
        return True
    if text in {"0", "no", "false", "off"}:
        return False
    raise SettingsError(f"{name} must be yes or no, not {text!r}.")


def _secret_of(instance: Path) -> str:
    """The embedded mode's own secret: made at the first start, readable by its owner only."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_hex(32))
    return path.read_text().strip()


@dataclass(frozen=True)
class Settings:
    # IMPACT_ENV: "local" (default) or "production". Production refuses default secrets.
    environment: str = "local"
    # INSTANCE_DIR: where the embedded mode keeps its database, files, queue and secret.
    instance: Path = ROOT / "instance"
    # DATABASE_URL: SQLAlchemy URL. Default: an SQLite file in INSTANCE_DIR.
    database_url: str = ""
    # REDIS_URL: wake-ups of the job queue and counters of rate limits. Default: an SQLite file and memory.
    redis_url: str = ""
    # STORAGE_URL: where files are kept: file:///path or s3://bucket/prefix?endpoint=…&region=…
    # (credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY). Default: INSTANCE_DIR/files.
    storage_url: str = ""
    # MAIL_URL: smtp://user:password@host:587?tls=starttls, or file:///folder. Default: INSTANCE_DIR/mail.
    mail_url: str = ""
    # MAIL_FROM: the sender of every letter.
    mail_from: str = "IMPACT 10x10x10 <impact@localhost>"
    # SECRET_KEY: signs cookies and links. Default: made once in INSTANCE_DIR (never in production).
    secret_key: str = field(default="", repr=False)
    # PUBLIC_URL: the address people use; links in letters begin with it, never with the Host header.
    public_url: str = "http://127.0.0.1:8000"
    # HOST and PORT: where the server listens.
    host: str = "127.0.0.1"
    port: int = 8000
    # WEB_WORKERS and WEB_THREADS: gunicorn processes, and threads in each.
    web_workers: int = 2
    web_threads: int = 4
    # JOB_WORKERS: processes that make reports and send letters.
    job_workers: int = 1
    # LANGUAGES: codes of the interface languages, in the order of the language list.
    languages: tuple[str, ...] = ("ar", "en", "fr")
    # TRUSTED_PROXIES: how many reverse proxies stand in front (their X-Forwarded-* are believed).
    trusted_proxies: int = 0
    # SUPPRESSION_THRESHOLD: counts of people below this are never shown in public.
    suppression_threshold: int = 10
    # ON_TRACK_FROM and SLIGHTLY_BEHIND_FROM: limits of the status rule, in hundredths.
    on_track_from: int = 95
    slightly_behind_from: int = 60
    # REVIEW_AIM_DAYS: working days within which a first answer is aimed at (the mark on the age bars).
    review_aim_days: int = 10
    # CLAIM_HOURS: how long a reviewer's claim lasts before it expires.
    claim_hours: int = 24
    # SESSION_IDLE_MINUTES and SESSION_HOURS: a sign-in ends after this silence, and at the latest after this.
    session_idle_minutes: int = 120
    session_hours: int = 12
    # UPLOAD_MAX_MB: the largest evidence file.
    upload_max_mb: int = 20
    # CONTACT_EMAIL: where readers write about privacy and accessibility; without it the pages name "the operator".
    contact_email: str = ""
    # MAP_DISCLAIMER: the sentence under maps about borders and names; without it the usual one, in the reader's language.
    map_disclaimer: str = ""
    # ARABIC_NUMERALS: latin (1,234.5) or arabic (١٬٢٣٤٫٥): the digits of reports in Arabic.
    arabic_numerals: str = "latin"
    # PAGE_CACHE_MB: memory in which each web process keeps public pages; 0 keeps none.
    page_cache_mb: int = 32
    # PLEDGES: open or closed; closed, no pledge is taken, and those that were made stay counted.
    pledges_open: bool = True
    # PLEDGE_KEY: keys that stand in place of addresses are derived from it; without it from SECRET_KEY. Changed, a
    # mailbox that pledged before can pledge once more, and links of earlier letters lead nowhere.
    pledge_key: str = ""
    # PLEDGE_NETWORK_HOURLY and PLEDGE_NETWORK_DAILY: as many pledges of one network (/24 or /64) count.
    pledge_network_hourly: int = 30
    pledge_network_daily: int = 120
    # PLEDGE_COUNTRY_HOURLY: beyond it letters to pledgers of a country wait for the next hour.
    pledge_country_hourly: int = 20000
    # PLEDGE_ALLOWED_NETWORKS: networks whose pledges are not counted against the limits (a campus behind one address).
    pledge_allowed_networks: tuple[str, ...] = ()
    # PLEDGE_ADULT_FROM: the age from which letters can be had.
    pledge_adult_from: int = 16
    # RATE_LIMITS: "no" switches limits off (load tests on a private machine only).
    rate_limits: bool = True
    # SIGNING_CERTIFICATE_FILE: PEM with the certificate that seals reports, then whatever stands behind it. Without it
    # a key and a certificate are made once in INSTANCE_DIR/signing.pem.
    signing_certificate_file: str = ""
    # SIGNING_KEY_FILE and SIGNING_KEY_PASSWORD: PEM with its private key (EC or RSA), and the password of that file.
    signing_key_file: str = ""
    signing_key_password: str = field(default="", repr=False)
    # SIGNING_PKCS11_MODULE, _TOKEN, _KEY, _PIN: the key is in a token instead: path of the module, label of the token,
    # label of the key, PIN. Needs the Python package python-pkcs11, and SIGNING_CERTIFICATE_FILE.
    signing_pkcs11_module: str = ""
    signing_pkcs11_token: str = ""
    signing_pkcs11_key: str = ""
    signing_pkcs11_pin: str = field(default="", repr=False)
    # EARLIER_CERTIFICATES_FILE: PEM with the certificates that sealed before the present one.
    earlier_certificates_file: str = ""
    # TIMESTAMP_URL: a timestamp server (RFC 3161) that confirms the moment of each signature. Default: none.
    timestamp_url: str = ""
    # LOG_LEVEL: DEBUG, INFO, WARNING, ERROR. Logs are one JSON object a line on standard error.
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls) -> Settings:
        """Read every setting; raises SettingsError naming the one that is wrong."""
        environment = os.environ.get("IMPACT_ENV", "local").strip() or "local"
        if environment not in {"local", "production"}:
            raise SettingsError(f"IMPACT_ENV must be local or production, not {environment!r}.")
        instance = Path(os.environ.get("INSTANCE_DIR", "") or ROOT / "instance").resolve()
        secret = os.environ.get("SECRET_KEY", "").strip()
        if environment == "production":
            _refuse_unsafe(secret)
        return cls(
            environment=environment,
            instance=instance,
            database_url=os.environ.get("DATABASE_URL", "") or f"sqlite:///{instance / 'impact.sqlite'}",
            redis_url=os.environ.get("REDIS_URL", ""),
            storage_url=os.environ.get("STORAGE_URL", "") or f"file://{instance / 'files'}",
            mail_url=os.environ.get("MAIL_URL", "") or f"file://{instance / 'mail'}",
            mail_from=os.environ.get("MAIL_FROM", "") or cls.mail_from,
            secret_key=secret or _secret_of(instance),
            public_url=(os.environ.get("PUBLIC_URL", "") or f"http://127.0.0.1:{_number('PORT', 8000)}").rstrip("/"),
            host=os.environ.get("HOST", "") or cls.host,
            port=_number("PORT", cls.port),
            web_workers=_number("WEB_WORKERS", cls.web_workers),
            web_threads=_number("WEB_THREADS", cls.web_threads),
            job_workers=_number("JOB_WORKERS", cls.job_workers),
            languages=tuple(os.environ.get("LANGUAGES", "").split() or cls.languages),
            trusted_proxies=_number("TRUSTED_PROXIES", cls.trusted_proxies),
            suppression_threshold=_number("SUPPRESSION_THRESHOLD", cls.suppression_threshold),
            on_track_from=_number("ON_TRACK_FROM", cls.on_track_from),
            slightly_behind_from=_number("SLIGHTLY_BEHIND_FROM", cls.slightly_behind_from),
            review_aim_days=_number("REVIEW_AIM_DAYS", cls.review_aim_days),
            claim_hours=_number("CLAIM_HOURS", cls.claim_hours),
            session_idle_minutes=_number("SESSION_IDLE_MINUTES", cls.session_idle_minutes),
            session_hours=_number("SESSION_HOURS", cls.session_hours),
            upload_max_mb=_number("UPLOAD_MAX_MB", cls.upload_max_mb),
            contact_email=os.environ.get("CONTACT_EMAIL", "").strip(),
            map_disclaimer=os.environ.get("MAP_DISCLAIMER", "").strip(),
            arabic_numerals=_chosen("ARABIC_NUMERALS", os.environ.get("ARABIC_NUMERALS", ""), ("latin", "arabic")),
            page_cache_mb=_number("PAGE_CACHE_MB", cls.page_cache_mb),
            pledges_open=_chosen("PLEDGES", os.environ.get("PLEDGES", ""), ("open", "closed")) == "open",
            pledge_key=os.environ.get("PLEDGE_KEY", "").strip(),
            pledge_network_hourly=_number("PLEDGE_NETWORK_HOURLY", cls.pledge_network_hourly),
            pledge_network_daily=_number("PLEDGE_NETWORK_DAILY", cls.pledge_network_daily),
            pledge_country_hourly=_number("PLEDGE_COUNTRY_HOURLY", cls.pledge_country_hourly),
            pledge_allowed_networks=_networks("PLEDGE_ALLOWED_NETWORKS", os.environ.get("PLEDGE_ALLOWED_NETWORKS", "")),
            pledge_adult_from=_number("PLEDGE_ADULT_FROM", cls.pledge_adult_from),
            rate_limits=_yes("RATE_LIMITS", cls.rate_limits),
            **_signing(),
            log_level=os.environ.get("LOG_LEVEL", "") or cls.log_level,
        )

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")


def _chosen(name: str, value: str, words: tuple[str, ...]) -> str:
    """One of the words, the first where the setting is not there."""
    chosen = value.strip() or words[0]
    if chosen not in words:
        raise SettingsError(f"{name} must be {' or '.join(words)}, not {chosen!r}.")
    return chosen


def _networks(name: str, value: str) -> tuple[str, ...]:
    """Networks as 192.0.2.0/24 or 2001:db8::/32, with spaces between."""
    written = tuple(value.split())
    for one in written:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError as fault:
            raise SettingsError(f"{name}: {fault}. Write networks as 192.0.2.0/24, with spaces between.") from fault
    return written


def _signing() -> dict[str, str]:
    """Who seals. Half of a choice is refused: a certificate without its key, or a key without its certificate."""
    found = {
        "signing_certificate_file": os.environ.get("SIGNING_CERTIFICATE_FILE", "").strip(),
        "signing_key_file": os.environ.get("SIGNING_KEY_FILE", "").strip(),
        "signing_key_password": os.environ.get("SIGNING_KEY_PASSWORD", "").strip(),
        "signing_pkcs11_module": os.environ.get("SIGNING_PKCS11_MODULE", "").strip(),
        "signing_pkcs11_token": os.environ.get("SIGNING_PKCS11_TOKEN", "").strip(),
        "signing_pkcs11_key": os.environ.get("SIGNING_PKCS11_KEY", "").strip(),
        "signing_pkcs11_pin": os.environ.get("SIGNING_PKCS11_PIN", "").strip(),
        "earlier_certificates_file": os.environ.get("EARLIER_CERTIFICATES_FILE", "").strip(),
        "timestamp_url": os.environ.get("TIMESTAMP_URL", "").strip(),
    }
    has_key = bool(found["signing_key_file"] or found["signing_pkcs11_module"])
    if has_key != bool(found["signing_certificate_file"]):
        raise SettingsError(
            "SIGNING_CERTIFICATE_FILE and its key (SIGNING_KEY_FILE or SIGNING_PKCS11_MODULE) are set together or not at all."
        )
    if found["signing_pkcs11_module"] and not found["signing_pkcs11_key"]:
        raise SettingsError("SIGNING_PKCS11_MODULE needs SIGNING_PKCS11_KEY, the label of the key in the token.")
    if found["timestamp_url"] and not found["timestamp_url"].startswith(("http://", "https://")):
        raise SettingsError("TIMESTAMP_URL must begin with http:// or https://.")
    return found


def _refuse_unsafe(secret: str) -> None:
    """Production starts only with settings that somebody chose; the message lists every one that is missing."""
    wanted = []
    if len(secret) < 32 or len(set(secret)) < 8:
        wanted.append(
            "SECRET_KEY (at least 32 random characters: python3 -c 'import secrets; print(secrets.token_hex(32))')"
        )
    if not os.environ.get("DATABASE_URL"):
        wanted.append("DATABASE_URL (for example postgresql+psycopg://user:password@host/impact)")
    if not os.environ.get("PUBLIC_URL", "").startswith("https://"):
        wanted.append("PUBLIC_URL (the https:// address people use)")
    if not os.environ.get("MAIL_URL"):
        wanted.append("MAIL_URL (for example smtp://user:password@host:587?tls=starttls)")
    if wanted:
        raise SettingsError("A production start needs these settings: " + "; ".join(wanted) + ".")
