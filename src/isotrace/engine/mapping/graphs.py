"""Things and links of a whole file to reports: what hangs together is one report, and what is wrong with one holds back no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.build import Bad, Draft, Joined, Problems, RowError, Stated
from isotrace.engine.mapping.tables import Row
from isotrace.engine.schema import registry
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_, Message

OWN = "isotrace"
"""Under this name an export says what it is here, so that it comes back without loss."""
MOST_THINGS = 400
"""Things of one report."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What could not be carried: of which object, what of it, and its value in a few words."""

    object: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of a file: its own id, and what it says as our kind; `number` counts objects from 1, `raw` is how it came."""

    id: str
    kind: str
    properties: Mapping[str, Any]
    number: int
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of a file by the ids of its ends."""

    kind: str
    source: str
    target: str
    properties: Mapping[str, Any]
    number: int
    raw: Mapping[str, Any]


@dataclass(slots=True)
class Graph:
    """A file as things and links, with what of it could not be carried and which of its objects cannot be read."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    broken: list[Bad] = field(default_factory=list)

    def add(self, node: Node) -> None:
        """Add a thing; a second one with its id is broken."""
        if node.id in self.nodes:
            self.broke(node.number, node.raw, N_("Another object of this file has the same id. Take one of them out."))
        else:
            self.nodes[node.id] = node

    def broke(self, number: int, raw: Any, sentence: str) -> None:
        """Add an object that cannot be read."""
        whole = raw if isinstance(raw, dict) else {}
        self.broken.append(Bad(Row(number, {}, whole=whole), (RowError("", str(whole.get("id", ""))[:100], Message(sentence)),)))


def assembled(graph: Graph, namespace: str) -> Iterator[Draft | Bad]:
    """Yield a report for everything that hangs together, in the order of the file."""
    yield from graph.broken
    edges = []
    for edge in graph.edges:
        if edge.source in graph.nodes and edge.target in graph.nodes:
            edges.append(edge)
        else:
            graph.losses.append(Loss(str(edge.raw.get("id", "")), edge.kind, "an end of it is not in the file"))
    groups = _groups(graph, edges)
    joined: dict[str, list[Edge]] = {}
    for edge in edges:
        joined.setdefault(groups[edge.source], []).append(edge)
    members: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        members.setdefault(groups[node.id], []).append(node)
    for head, nodes in members.items():
        yield _report(nodes, joined.get(head, []), namespace)


def checked(made: Iterable[Draft | Bad], problems: Problems) -> Iterator[Draft | Bad]:
    """Pass reports on; one against which something stands is bad."""
    for each in made:
        found = list(problems(each)) if isinstance(each, Draft) else []
        errors = tuple(RowError(error.field, "", error.message) for error in found)
        yield Bad(each.row, errors) if errors else each


def _groups(graph: Graph, edges: list[Edge]) -> dict[str, str]:
    """Return for each thing the one that stands for all that hang together with it."""
    parent = {key: key for key in graph.nodes}

    def head(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for edge in edges:
        parent[head(edge.source)] = head(edge.target)
    return {key: head(key) for key in graph.nodes}


def _report(nodes: list[Node], edges: list[Edge], namespace: str) -> Draft | Bad:
    row = Row(
        nodes[0].number, {}, whole={"objects": [dict(raw) for raw in (*(node.raw for node in nodes), *(edge.raw for edge in edges)) if raw]}
    )
    errors: list[RowError] = []
    names = {node.id: f"t{place}" for place, node in enumerate(sorted(nodes, key=lambda each: each.id))}
    if len(nodes) > MOST_THINGS:
        sentence = N_("Too much hangs together for one report. Split it, or leave links out.")
        return Bad(row, (RowError("", nodes[0].id[:100], Message(sentence)),))
    things = {names[node.id]: stated for node in nodes if (stated := _stated(node, errors))}
    links = {name: link for edge in edges if (link := _joined(edge, names, errors)) and (name := link.name)}
    if errors:
        return Bad(row, tuple(errors))
    key = min(node.id for node in nodes)
    return Draft(row, f"{namespace}:{key}", dict(sorted(things.items())), tuple(links[name] for name in sorted(links)), {})


def _stated(node: Node, errors: list[RowError]) -> Stated | None:
    try:
        clean_text(node.id, 200)
        return Stated(node.kind, registry().clean(node.kind, node.properties))
    except InputError as error:
        errors += _placed(node.id, node.properties, error)
        return None


def _joined(edge: Edge, names: Mapping[str, str], errors: list[RowError]) -> Joined | None:
    try:
        return Joined(edge.kind, names[edge.source], names[edge.target], registry().clean(edge.kind, edge.properties))
    except InputError as error:
        errors += _placed(str(edge.raw.get("id", "")), edge.properties, error)
        return None


def _placed(name: str, properties: Mapping[str, Any], error: InputError) -> list[RowError]:
    found = getattr(error, "errors", None) or [error]
    return [RowError(f"{name} {each.field}".strip(), str(properties.get(each.field, ""))[:100], each.message) for each in found]
