"""The settings of this process, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from isotrace.server.cluster import socket_folder
from isotrace.server.dsn import parts_of, socket_url, with_login
from isotrace.server.environment import Environment
from isotrace.server.errors import ConfigError
from isotrace.server.keys import Keys, kept_keys

Mode = Literal["demo", "production", "test"]
DATABASE_NAME = "isotrace"
LEDGER = "forgotten.jsonl"
ROLES = {"owner": "isotrace_owner", "app": "isotrace_app", "jobs": "isotrace_jobs"}


@dataclass(frozen=True, slots=True)
class Oidc:
    """One OpenID Connect provider for sign-in."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the environment decides.

    `databases` maps owner, app and jobs to a PostgreSQL URL each; owner is absent where a production process was not given it.
    `embedded` is true when the database is the cluster in the data folder. `demo_password` is empty in production.
    """

    data: Path
    host: str
    port: int
    mode: Mode
    databases: Mapping[str, str] = field(repr=False)
    embedded: bool
    secret_key: str = field(repr=False)
    metrics_key: str = field(repr=False)
    proof_key: str = field(repr=False)
    audit_key: str = field(repr=False)
    audit_signing_key: str = field(repr=False)
    audit_bulk: int
    demo_password: str = field(repr=False)
    email_url: str = field(repr=False)
    email_from: str
    public_url: str
    oidc: Oidc | None
    proxies: int
    debug: bool

    @property
    def cluster_folder(self) -> Path:
        """Where the embedded PostgreSQL keeps its files."""
        return self.data / "postgres"

    @property
    def ledger(self) -> Path:
        """The file of what was deleted, which outlives every backup."""
        return self.data / LEDGER


@lru_cache(maxsize=1)
def load() -> Config:
    """Return the settings of this process; the first call reads the environment and makes a demo's keys.

    Raises ConfigError, which lists everything that is missing.
    """
    return read(os.environ)


def read(variables: Mapping[str, str]) -> Config:
    """Return the settings that these variables make; for `load` and for tests.

    Raises ConfigError.
    """
    env = Environment(variables)
    mode = cast("Mode", env.choice("ISOTRACE_MODE", "production", ("production", "demo", "test")))
    port = env.number("ISOTRACE_PORT", 8350, low=1, high=65535)
    config = Config(
        data=Path(env.text("ISOTRACE_DATA", str(_default_data()))).expanduser().absolute(),
        host=env.text("ISOTRACE_HOST", "127.0.0.1"),
        port=port,
        mode=mode,
        databases={},
        embedded=False,
        secret_key="",
        metrics_key="",
        proof_key="",
        audit_key="",
        audit_signing_key="",
        audit_bulk=env.number("ISOTRACE_AUDIT_BULK", 300, low=1, high=1_000_000),
        demo_password="",
        email_url=_email(env, mode),
        email_from=env.text("ISOTRACE_EMAIL_FROM", "isotrace@localhost"),
        public_url=_public_url(env, mode, port),
        oidc=_oidc(env),
        proxies=env.number("ISOTRACE_PROXIES", 0, low=0, high=10),
        debug=env.flag("ISOTRACE_DEBUG", default=False),
    )
    config = _production(config, env) if mode == "production" else _own_keys(config, env)
    _complete(env)
    return config


def django_database(url: str) -> dict[str, Any]:
    """Return the ENGINE, NAME, USER, PASSWORD, HOST, PORT and OPTIONS of a PostgreSQL URL."""
    parts = parts_of(url)
    named = {key: str(parts.pop(name, "")) for key, name in _DJANGO_NAMES.items()}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": parts}


_DJANGO_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def _default_data() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / ".isotrace"


def _production(config: Config, env: Environment) -> Config:
    databases = {"owner": _database("DATABASE_URL", env.text("DATABASE_URL"))}
    databases |= {role: _database(name, env.required(name)) for role, name in _URL_NAMES.items()}
    return replace(
        config,
        databases={role: url for role, url in databases.items() if url},
        secret_key=_long(env, "ISOTRACE_SECRET_KEY"),
        metrics_key=_long(env, "ISOTRACE_METRICS_KEY"),
        proof_key=_long(env, "ISOTRACE_PROOF_KEY"),
        audit_key=_long(env, "ISOTRACE_AUDIT_KEY"),
        audit_signing_key=_long(env, "ISOTRACE_AUDIT_SIGNING_KEY", needed=False),
    )


def _long(env: Environment, name: str, *, needed: bool = True) -> str:
    key = env.required(name) if needed else env.text(name)
    if key and len(key) < 32:
        raise ConfigError("%(name)s is shorter than 32 characters: make it with `openssl rand -base64 48`.", field=name, name=name)
    return key


def _complete(env: Environment) -> None:
    if env.missing:
        raise ConfigError(
            "Not set: %(names)s. Each comes from the environment, or from a file that the same name with _FILE names; "
            "to use this folder's demonstration instead, set ISOTRACE_MODE=demo.",
            field=env.missing[0],
            names=", ".join(sorted(env.missing)),
        )


def _own_keys(config: Config, env: Environment) -> Config:
    if config.mode == "demo" and not _is_loopback(config.host):
        raise ConfigError(
            "ISOTRACE_HOST is %(host)s: a demonstration answers on this machine only; use 127.0.0.1 or ::1.",
            field="ISOTRACE_HOST",
            host=config.host,
        )
    keys = kept_keys(config.data)
    owner = _database("DATABASE_URL", env.text("DATABASE_URL"))
    return replace(
        config,
        databases=_derived(config, env, owner, keys),
        embedded=not owner,
        secret_key=env.text("ISOTRACE_SECRET_KEY", keys.secret),
        metrics_key=env.text("ISOTRACE_METRICS_KEY", keys.metrics),
        proof_key=env.text("ISOTRACE_PROOF_KEY", keys.proof),
        audit_key=env.text("ISOTRACE_AUDIT_KEY", keys.audit),
        audit_signing_key=env.text("ISOTRACE_AUDIT_SIGNING_KEY", keys.audit_signing),
        demo_password=keys.demo_password,
    )


_URL_NAMES = {"app": "ISOTRACE_APP_URL", "jobs": "ISOTRACE_JOBS_URL"}


def _derived(config: Config, env: Environment, owner: str, keys: Keys) -> dict[str, str]:
    if not owner:
        owner = socket_url(socket_folder(config.cluster_folder), ROLES["owner"], keys.owner, DATABASE_NAME)
    found = {role: _database(name, env.text(name)) for role, name in _URL_NAMES.items()}
    passwords = {"app": keys.app, "jobs": keys.jobs}
    return {"owner": owner} | {role: url or with_login(owner, ROLES[role], passwords[role]) for role, url in found.items()}


def _database(name: str, url: str) -> str:
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ConfigError("%(name)s is not of the form postgresql://user:password@host/database.", field=name, name=name)
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _email(env: Environment, mode: Mode) -> str:
    url = env.required("ISOTRACE_EMAIL_URL") if mode == "production" else env.text("ISOTRACE_EMAIL_URL", "console:")
    if url and urlsplit(url).scheme not in {"smtp", "smtps", "console"}:
        raise ConfigError("ISOTRACE_EMAIL_URL must begin with smtp://, smtps:// or console:.", field="ISOTRACE_EMAIL_URL")
    return url


def _public_url(env: Environment, mode: Mode, port: int) -> str:
    url = env.required("ISOTRACE_PUBLIC_URL") if mode == "production" else env.text("ISOTRACE_PUBLIC_URL", f"http://localhost:{port}")
    parts = urlsplit(url)
    if url and (parts.scheme not in {"https", "http"} or not parts.hostname or (mode == "production" and parts.scheme != "https")):
        raise ConfigError("ISOTRACE_PUBLIC_URL must be the https:// address at which people reach it.", field="ISOTRACE_PUBLIC_URL")
    return url.rstrip("/")


def _oidc(env: Environment) -> Oidc | None:
    issuer = env.text("ISOTRACE_OIDC_ISSUER")
    if not issuer:
        return None
    return Oidc(
        issuer=issuer,
        client_id=env.required("ISOTRACE_OIDC_CLIENT_ID"),
        client_secret=env.required("ISOTRACE_OIDC_CLIENT_SECRET"),
        name=env.text("ISOTRACE_OIDC_NAME", "Single sign-on"),
    )
