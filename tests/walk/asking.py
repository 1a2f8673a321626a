"""Asking an address as somebody, and what came back: without what differs by itself, and how often the database was asked."""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import connections, transaction
from django.test import Client

from tests.walk.classified import Line
from tests.walk.routes import Found

_TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")
"""A token against forged forms, in a page; it is drawn anew each time."""
_BY_THEMSELVES = {"X-Request-ID", "Content-Length"}
"""Headers that differ from answer to answer."""
_DRAWN = {"csrftoken", "isotrace_session"}
"""Cookies whose values are drawn anew."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: `path` with {name} for ids; `query` and `sent` hold them too. `sent` None is no body."""

    verb: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Any] | None = None
    htmx: bool = False

    def named(self) -> str:
        """Return it as a failure names it."""
        asked = f"?{urlencode(self.query)}" if self.query else ""
        return f"{self.verb} {self.path}{asked}{'' if self.sent is None else f' {dict(self.sent)}'}{' by HTMX' if self.htmx else ''}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers, cookies, body, and the number of queries by connection."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, ...], ...]
    body: bytes
    queries: tuple[int, ...]

    def said(self) -> bytes:
        """Return everything that whoever asked can read."""
        return repr((self.headers, self.cookies)).encode() + self.body

    def unlike(self, other: "Answer") -> str:
        """Return in words where another answer differs, "" where it is the same."""
        named = [(name, getattr(self, name), getattr(other, name)) for name in ("status", "queries", "headers", "cookies", "body")]
        return "; ".join(f"{name} {_apart(mine, theirs)}" for name, mine, theirs in named if mine != theirs)


def _apart(mine: Any, theirs: Any) -> str:
    """Two values from shortly before where they part."""
    one, other = str(mine), str(theirs)
    at = max(0, next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))) - 60)
    return f"…{one[at : at + 160]}… instead of …{other[at : at + 160]}…"


class Counter:
    """Counts the queries of one connection."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.count += 1
        return execute(*args)


@contextmanager
def undone() -> Iterator[None]:
    """Run the block in a transaction that is taken back, so that each request finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Asker:
    """One person at a browser, or a program with the person's key; `always` are ids that any request may name."""

    always: ClassVar[dict[str, Any]] = {}

    def __init__(self, account: Any = None, key: str = "") -> None:
        self.client, self.key = Client(), key
        if account is not None and not key:
            self.client.force_login(account)
            self.client.get("/reports/?text=nobody")  # what a process keeps in memory is kept now
        self.cookies = self.client.cookies.copy()

    def ask(self, ask: Ask, ids: Mapping[str, Any]) -> Answer:
        """Ask with these ids in their places; in the answer each stands as its place again."""
        place = {name: str(one) for name, one in (self.always | dict(ids)).items()}
        counters = {alias: Counter() for alias in ("default", "jobs")}
        with ExitStack() as stack:
            stack.enter_context(undone())
            for alias, counter in counters.items():
                stack.enter_context(connections[alias].execute_wrapper(counter))
            got = self._send(ask, place)
        self.client.cookies = self.cookies.copy()
        return _answer(got, place, tuple(counter.count for counter in counters.values()))

    def _send(self, ask: Ask, place: Mapping[str, str]) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= {"HX-Request": "true"} if ask.htmx else {}
        path, query = filled(ask.path, place), urlencode(filled(dict(ask.query), place))
        body = None if ask.sent is None else filled(dict(ask.sent), place)
        send = getattr(self.client, ask.verb.lower())
        whole = f"{path}?{query}" if query else path
        if body is None:
            return send(whole, headers=headers)
        return send(whole, body, headers=headers, **({"content_type": "application/json"} if self.key else {}))


def filled(said: Any, place: Mapping[str, str]) -> Any:
    """Return an address or a body with ids in their places."""
    if isinstance(said, str):
        for name, one in place.items():
            said = said.replace(f"{{{name}}}", one)
        return said
    if isinstance(said, Mapping):
        return {name: filled(each, place) for name, each in said.items()}
    return [filled(each, place) for each in said] if isinstance(said, list | tuple) else said


def _answer(got: Any, place: Mapping[str, str], queries: tuple[int, ...]) -> Answer:
    def plain(text: str) -> str:
        for name, one in place.items():
            text = text.replace(one, f"{{{name}}}").replace(uuid.UUID(one).hex if "-" in one else one, f"{{{name}}}")
        return text

    headers = tuple(sorted((name, plain(value)) for name, value in got.headers.items() if name not in _BY_THEMSELVES))
    cookies = tuple(
        (name, "" if name in _DRAWN else plain(each.value).partition(":")[0], str(each["max-age"])) for name, each in got.cookies.items()
    )
    body = _TOKEN.sub(b"TOKEN", got.getvalue())
    return Answer(got.status_code, headers, cookies, plain(body.decode("latin-1")).encode("latin-1"), queries)


def asks_of(found: Found, line: Line, verbs: tuple[str, ...], *, whole: bool, api: bool) -> Iterator[Ask]:
    """Yield the requests that are made of an address: with a body as it should be; for the `whole` also by HTMX and with an empty one."""
    for verb in verbs:
        if verb == "GET":
            yield Ask(verb, found.path, line.filters)
            yield from (Ask(verb, found.path, htmx=True),) if whole and not api else ()
        else:
            asked = {} if api else {name: value for name, value in line.filters.items() if "{" in value}
            yield Ask(verb, found.path, asked, line.sent)
            yield from (Ask(verb, found.path, asked, {}, htmx=not api),) if whole else ()
