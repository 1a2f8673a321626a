"""Many questions at once: a pure function from a batch of records to a batch of answers, for a pool of processes or a cluster.

Needs pyarrow, the extra `batch`; nothing else in the engine does.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from isotrace.engine.errors import InputError
from isotrace.engine.names.index import EVERYBODY, Index
from isotrace.engine.names.person import Query
from isotrace.engine.schema.partial import PartialDate

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("id", "name", "document", "document_country", "birth", "nationality", "sex", "place")
"""What a batch of questions may hold, all texts; only `id` must be there. `birth` is as in PartialDate, codes of countries are alpha-3."""


def answer_batch(questions: "pa.RecordBatch", index: Index, rights: frozenset[str] = EVERYBODY, limit: int = 5) -> "pa.RecordBatch":
    """Return one row for each lead: id of the question, subject, band, points, agreement, evidence, reasons, list version; or its error.

    A question that cannot be asked gets one row with `error`, and the others their answers. The order is that of the questions.
    """
    import pyarrow as pa

    rows = [row for question in questions.to_pylist() for row in _answers(question, index, rights, limit)]
    return pa.RecordBatch.from_pylist(rows, schema=schema())


def schema() -> "pa.Schema":
    """The columns of an answer."""
    import pyarrow as pa

    texts = {name: pa.string() for name in ("id", "subject_id", "band", "name")}
    numbers = {name: pa.float64() for name in ("points", "agreement", "evidence")}
    return pa.schema(texts | numbers | {"reasons": pa.list_(pa.string()), "list_version": pa.string(), "error": pa.string()})


def _answers(question: Mapping[str, Any], index: Index, rights: frozenset[str], limit: int) -> Iterator[dict[str, Any]]:
    try:
        found = index.lookup(_query(question), rights, limit)
    except InputError as error:
        yield {"id": question["id"], "error": str(error)}
        return
    for result in found:
        yield {
            "id": question["id"],
            "subject_id": result.subject_id,
            "band": result.band.value,
            "name": result.name,
            "points": result.points,
            "agreement": result.agreement,
            "evidence": result.evidence,
            "reasons": [str(reason) for reason in result.reasons],
            "list_version": result.versions.list,
        }


def _query(question: Mapping[str, Any]) -> Query:
    said: dict[str, str | None] = {name: question.get(name) or None for name in COLUMNS}
    return Query(
        name=said["name"],
        document=said["document"],
        document_country=said["document_country"],
        birth=PartialDate.parse(said["birth"]) if said["birth"] else None,
        nationality=said["nationality"],
        sex=said["sex"],
        place=said["place"],
    )
