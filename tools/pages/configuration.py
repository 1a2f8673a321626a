"""The page of the settings: every variable that the code reads, what it means, and whether production needs it."""

import re
from pathlib import Path

from isotrace.server import config
from isotrace.server.errors import ConfigError
from tools.pages.text import WRITTEN, code, join, table

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"""["'](ISOTRACE_[A-Z_]+|DATABASE_URL)["']""")
_BETWEEN_PROCESSES = {"ISOTRACE_PROCESS", "ISOTRACE_PARENT"}
"""Set by the launcher and the worker for their own children; nobody else sets them."""

SERVICE = {
    "ISOTRACE_MODE": ("production", "`production`, `demo` or `test`. `isotrace demo` sets demo by itself."),
    "ISOTRACE_PUBLIC_URL": (
        "demo: http://localhost:PORT",
        "The https:// address at which people reach the service; its host is the only one answered to.",
    ),
    "ISOTRACE_HOST": ("127.0.0.1", "Address that the web process listens on. A demonstration takes loopback only."),
    "ISOTRACE_PORT": ("8350", "Port that the web process listens on, 1 to 65535."),
    "ISOTRACE_DATA": (
        ".isotrace in the checkout",
        "Folder of a demonstration, of the backups of `isotrace upgrade`, and of `forgotten.jsonl`, the deletions; processes share it.",
    ),
    "ISOTRACE_PROXIES": (
        "0",
        "How many reverse proxies of yours stand before the web process, 0 to 10; see [production](../production.md#reverse-proxy).",
    ),
    "ISOTRACE_AUDIT_BULK": ("300", "How many looks of one person within an hour an auditor is told of, when there are more."),
    "ISOTRACE_DEBUG": ("False", "`True` prints the whole trace of a failed command, which may hold values of records."),
}
DATABASE = {
    "DATABASE_URL": (
        "demo: PostgreSQL of its own",
        "The owner's login: migrates, backs up, restores, opens accounts. Leave it away from the web process and the worker.",
    ),
    "ISOTRACE_APP_URL": ("demo: derived", "The serving login: every request runs as it."),
    "ISOTRACE_JOBS_URL": ("demo: derived", "The jobs login: background work, and the reading of the list of published notices."),
    "ISOTRACE_PG_BIN": (
        "the wheel's, else Debian's newest",
        "Folder of PostgreSQL's programs, 15 or newer; for the demonstration, the tests, backup and restore.",
    ),
}
SECRETS = {
    "ISOTRACE_SECRET_KEY": ("demo: made at first start", "Signs sessions and forms; at least 32 characters."),
    "ISOTRACE_METRICS_KEY": ("demo: made at first start", "Opens `/metrics`; at least 32 characters."),
    "ISOTRACE_PROOF_KEY": (
        "demo: made at first start",
        "Makes and checks the proofs of deletion; at least 32 characters. Never change it: older proofs could not be checked any more.",
    ),
    "ISOTRACE_AUDIT_KEY": (
        "demo: made at first start",
        "Wraps the keys of the audit trail; at least 32 characters. Never change it: the trail could not be read or examined any more.",
    ),
    "ISOTRACE_AUDIT_SIGNING_KEY": (
        "demo: made at first start",
        "Signs the head of the audit trail; at least 32 characters. For `worker` and `audit` only: leave it away from `serve`.",
    ),
}
MAIL = {
    "ISOTRACE_EMAIL_URL": (
        "demo: console:",
        "`smtp://user:password@host:port` (STARTTLS when a user is given, port 587), `smtps://...` (port 465), or `console:`.",
    ),
    "ISOTRACE_EMAIL_FROM": ("isotrace@localhost", "Sender of the mails."),
}
OIDC = {
    "ISOTRACE_OIDC_ISSUER": ("", "Address of the OpenID Connect provider; leave it unset for none."),
    "ISOTRACE_OIDC_CLIENT_ID": ("", "Needed with an issuer."),
    "ISOTRACE_OIDC_CLIENT_SECRET": ("", "Needed with an issuer."),
    "ISOTRACE_OIDC_NAME": ("Single sign-on", "What the button says."),
}
PROGRAMS = {
    "ISOTRACE_TOKEN": ("demo: its border officer", "Key (`isk_...`) of the person as whom `isotrace check` asks."),
}
PARTS = {"Service": SERVICE, "Database": DATABASE, "Secrets": SECRETS, "Mail": MAIL, "Single sign-on": OIDC, "Programs": PROGRAMS}
_INTRODUCTION = """
All settings come from the environment; there is no settings file. Instead of a variable `NAME` a variable `NAME_FILE` may name a
file that holds the value (for secrets that a container or a service manager mounts); `ISOTRACE_PG_BIN` alone has no such form.
When both are set, or the file cannot be read or is empty, nothing starts. In mode production every variable marked "yes" must be
there: `isotrace check-ready` lists all that are missing at once. Addresses of databases are
`postgresql://user:password@host:port/database`, options of libpq may follow (`?sslmode=verify-full`).
"""
_ELSEWHERE = """
Variables of setting up and testing, read by `tools/bootstrap.py` and the tests: `PYTHON` (which Python `make` uses),
`ISOTRACE_BOOTSTRAP_VIA` (`uv`, `venv`, `target` or `apt`: the one way to make the virtual environment), `ISOTRACE_SHARED` (where
the evaluation data of others lies; tests that need it are skipped without it).
"""


def named() -> set[str]:
    """Return every variable that a module of the package names."""
    found = {name for path in (ROOT / "src" / "isotrace").rglob("*.py") for name in _NAMED.findall(path.read_text(encoding="utf-8"))}
    return found - _BETWEEN_PROCESSES


def required() -> set[str]:
    """Return what production misses when nothing is set."""
    try:
        config.read({"ISOTRACE_MODE": "production", "ISOTRACE_OIDC_ISSUER": "https://issuer.example"})
    except ConfigError as error:
        return set(str(error.message.params["names"]).split(", "))
    raise AssertionError("Production starts without settings.")


def page() -> str:
    """Return the page. Raises LookupError when the code reads a variable that is not described, or the other way round."""
    described = {name for part in PARTS.values() for name in part}
    if difference := described ^ named():
        raise LookupError(f"Describe in tools/pages/configuration.py, or take out of it: {', '.join(sorted(difference))}")
    must = required()
    blocks = []
    for title, part in PARTS.items():
        rows = [(code(name), _needed(name, must), default, meaning) for name, (default, meaning) in part.items()]
        blocks += [f"## {title}", table(("variable", "needed in production", "default", "meaning"), rows)]
    return join("# Configuration", WRITTEN, _INTRODUCTION, *blocks, "## Setting up and testing", _ELSEWHERE)


def _needed(name: str, must: set[str]) -> str:
    if name == "DATABASE_URL":
        return "for the owner's commands"
    return ("with an issuer" if name in OIDC else "yes") if name in must else "no"
