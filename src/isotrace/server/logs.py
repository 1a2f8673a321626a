"""The log: one JSON object a line, with ids and classes; never a query string, a form value or the text of an exception."""

import logging
import traceback
from contextvars import ContextVar
from time import gmtime
from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("isotrace_request_id", default="")

_PLAIN = (str, int, float, bool, UUID)
_WORDS = {"status_code", "route", "seconds", "count", "band", "action"}
_DEEPEST = 12


def new_request_id() -> str:
    """Begin a request: make its id, which every line logged from here on carries, and return it."""
    fresh = uuid4().hex
    request_id.set(fresh)
    return fresh


class LineFormatter(JsonFormatter):
    """Writes what a line may say: time, level, logger, event, ids, and for an exception its class, sqlstate and place."""

    converter = staticmethod(gmtime)

    def __init__(self) -> None:
        super().__init__(
            fmt="%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger", "message": "event"},
            datefmt="%Y-%m-%dT%H:%M:%SZ",
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in log_data.items() if name in _FRAME or _may_be_said(name, value)}
        if said := request_id.get():
            kept["request_id"] = said
        return kept

    def format(self, record: logging.LogRecord) -> str:
        request, exception = getattr(record, "request", None), record.exc_info
        plain = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None})
        if request is not None:  # Django's own sentence goes on with the address that was asked for
            plain.msg, plain.args = str(record.msg).partition(":")[0], None
            plain.route = getattr(getattr(request, "resolver_match", None), "view_name", None) or "unmatched"
        if exception and exception[1]:
            plain.__dict__ |= {f"error_{name}": value for name, value in told_of(exception[1]).items()}
        return super().format(plain)


_FRAME = {"time", "level", "logger", "event", "error_class", "error_sqlstate", "error_place"}


def told_of(error: BaseException) -> dict[str, str]:
    """Return the class (with its causes'), the sqlstate if any and the innermost places of an exception: all without its values."""
    chain: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in chain:
        chain.append(step)
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    state = next((found for link in chain if (found := getattr(link, "sqlstate", None))), None)
    told = {"class": " < ".join(type(link).__name__ for link in chain), "place": _place(error.__traceback__)}
    return told | ({"sqlstate": str(state)} if state else {})


def dict_config(mode: str) -> dict[str, Any]:
    """Return Django's LOGGING: JSON lines to standard error; tests hear warnings only."""
    level = "WARNING" if mode == "test" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "isotrace.server.logs.LineFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.db.backends": {"level": "WARNING"},  # below that it writes statements with their values
            "django.request": {"level": "ERROR"},  # a page not found names what was typed
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "procrastinate": {"level": "WARNING"},
            "allauth": {"level": "WARNING"},
        },
    }


def _may_be_said(name: str, value: object) -> bool:
    return name not in RESERVED_ATTRS and (name in _WORDS or name.endswith("_id")) and isinstance(value, _PLAIN)


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    return " > ".join(
        f"{frame.filename.rpartition('site-packages/')[2].rpartition('/src/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    )
