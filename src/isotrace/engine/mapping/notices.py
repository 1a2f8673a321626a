"""Public notices as their owner publishes them in JSON, lists or single ones: each becomes a person, what he is sought for, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.graphs import Edge, Graph, Loss, Node
from isotrace.engine.mapping.jsonlines import loaded
from isotrace.engine.mapping.limits import whole
from isotrace.engine.text import N_

_SEX = {"M": "M", "F": "F"}
_READ = frozenset(
    {
        "entity_id", "name", "forename", "date_of_birth", "nationalities", "sex_id", "place_of_birth", "country_of_birth_id",
        "distinguishing_marks", "arrest_warrants", "_links", "place", "country", "date_of_event", "un_reference", "un_resolution",
        "summary", "profession", "aliases", "name_in_original_script",
    }
)  # fmt: skip


def read_notices(stream: BinaryIO) -> Graph:
    """Return notices as things and links. Raises InputError for what holds no notices."""
    found = loaded(whole(stream))
    graph, number = Graph(), 0
    for number, notice in enumerate(_notices(found), 1):
        if not isinstance(notice, dict) or not isinstance(notice.get("entity_id"), str):
            graph.broke(number, notice, N_("This is no notice: it has no entity_id."))
        elif not _names(notice):
            graph.losses.append(Loss(notice["entity_id"], "name", "a notice without a name"))
        else:
            _notice(graph, number, notice)
    if not number:
        raise InputError(N_("This file holds no notices: no entity_id, and no list of them."))
    return graph


def _notices(found: Any) -> Iterator[Any]:
    if isinstance(found, list):
        yield from found
    elif isinstance(found, dict):
        embedded = found.get("_embedded")
        listed = embedded.get("notices") if isinstance(embedded, dict) else None
        yield from listed if isinstance(listed, list) else [found] if "entity_id" in found else []


def _text(notice: Mapping[str, Any], name: str) -> str:
    value = notice.get(name)
    return value.strip() if isinstance(value, str) and value.strip() != "-" else ""


def _names(notice: Mapping[str, Any]) -> list[str]:
    main = " ".join(filter(None, (_text(notice, "forename"), _text(notice, "name"))))
    aliases = notice.get("aliases")
    others = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
    return [name for name in (main, *others) if name]


def _notice(graph: Graph, number: int, notice: Mapping[str, Any]) -> None:
    key = notice["entity_id"]
    for name in sorted(notice.keys() - _READ):
        if notice[name] not in (None, "", 0, []):
            graph.losses.append(Loss(key, name, str(notice[name])[:100]))
    warrants = notice.get("arrest_warrants")
    charges = [each for each in warrants if isinstance(each, dict)] if isinstance(warrants, list) else []
    nationalities = notice.get("nationalities")
    person = {
        "names": _names(notice),
        "family_name": _text(notice, "name"),
        "given_names": _text(notice, "forename"),
        "name_original_script": _text(notice, "name_in_original_script"),
        "birth_date": _text(notice, "date_of_birth").replace("/", "-"),
        "sex": _SEX.get(_text(notice, "sex_id"), ""),
        "nationalities": nationalities if isinstance(nationalities, list) else [],
        "place_of_birth": _text(notice, "place_of_birth"),
        "country_of_birth": _text(notice, "country_of_birth_id"),
        "occupation": _text(notice, "profession"),
        "description": _text(notice, "distinguishing_marks"),
    }
    graph.add(Node(key, "Person", person, number, notice))
    graph.add(Node(f"{key} event", "Event", _event(notice, charges), number, {}))
    graph.edges.append(Edge("Involvement", key, f"{key} event", _involvement(notice, charges), number, {}))


def _event(notice: Mapping[str, Any], charges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the notice is about; the State of the first warrant."""
    country = _text(charges[0], "issuing_country_id") if charges else _text(notice, "country")
    said = {"country": country, "place": _text(notice, "place"), "date": _text(notice, "date_of_event").replace("/", "-")}
    return {"title": f"Public notice {notice['entity_id']}"} | said


def _involvement(notice: Mapping[str, Any], charges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The status as far as the notice says it: a warrant does not tell whether somebody is charged or convicted."""
    charged = "\n".join(_text(each, "charge") or _text(each, "charge_translation") for each in charges)
    status = "un_sanctioned" if _text(notice, "un_reference") else "other_specified" if charges else "missing"
    ground = charged or _text(notice, "summary") or _text(notice, "un_reference") or "Public notice"
    return {"role": "other", "status": status, "ground": ground}
