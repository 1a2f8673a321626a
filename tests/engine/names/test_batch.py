import pyarrow as pa

from isotrace.engine.names.batch import answer_batch
from isotrace.engine.names.index import Index
from isotrace.engine.names.person import Person
from isotrace.engine.names.snapshot import Snapshot
from isotrace.engine.schema.partial import PartialDate

LIST = Index(Snapshot.of([Person("n-1", ("Ivan Petrovich Testovenko",), births=(PartialDate(1970, 5, 22),))]))


def test_batch_answers_each_question_in_order_and_says_what_cannot_be_asked():
    questions = pa.RecordBatch.from_pylist(
        [
            {"id": "a", "name": "TESTOVENKO IVAN PETROVICH", "birth": "1970-05-22"},
            {"id": "b", "name": "Quite Another", "birth": None},
            {"id": "c", "name": "Anybody", "birth": "yesterday"},
        ]
    )
    answers = answer_batch(questions, LIST).to_pylist()
    assert [(row["id"], row["subject_id"], row["band"], row["error"]) for row in answers] == [
        ("a", "n-1", "identity_likely", None),
        ("c", None, None, "yesterday is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
    ]


def test_batch_is_pure():
    questions = pa.RecordBatch.from_pylist([{"id": "a", "name": "Ivan Testovenko"}])
    assert answer_batch(questions, LIST).equals(answer_batch(questions, LIST))
