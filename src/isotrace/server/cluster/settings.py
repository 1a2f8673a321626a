"""The server's settings file, written anew at every start."""

from collections.abc import Mapping
from pathlib import Path

# Values of rows must never reach the log: an ERROR's text can hold one, so only LOG, FATAL and PANIC are written.
_QUIET = {
    "log_destination": "stderr",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "%m [%p] ",
}
# What is deleted must not live on in files of the log that are kept to be used again: they are removed instead.
_MODEST = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "256MB",
    "wal_recycle": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "datestyle": "ISO, YMD",
    "default_text_search_config": "pg_catalog.simple",
    "password_encryption": "scram-sha-256",
    "track_commit_timestamp": "on",  # the audit trail is sealed in the order of commits
}
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "1h"}


def settings_text(sockets: Path, *, fast: bool) -> str:
    """Return postgresql.conf; `fast` gives up safety against a crash, for tests."""
    settings = _MODEST | _QUIET | (_FAST if fast else {}) | {"unix_socket_directories": str(sockets)}
    return _lines(settings)


def _lines(settings: Mapping[str, str]) -> str:
    return "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items())
