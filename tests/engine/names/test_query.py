import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.names.person import Query
from isotrace.engine.names.query import ParsedQuery, QueryKind, parse
from isotrace.engine.schema.partial import PartialDate
from tests.engine.names.zones import make


@pytest.mark.parametrize("text", ["A1234567", " a 123 4567 ", "12-345", "AB 123456", "АВ123456", "٤٥٦٧٨"])
def test_query_with_digits_is_a_document_number(text):
    assert parse(text) == ParsedQuery(QueryKind.DOCUMENT, document=text.strip())


@pytest.mark.parametrize("text", ["Ivan Testov", "Testov", "TESTOV<<IVAN", "Ivan Testov 2", "王小明", "Testov, Ivan", "بيتر"])
def test_query_without_digits_is_a_name(text):
    assert parse(text) == ParsedQuery(QueryKind.NAME, name=text)


def test_query_with_a_zone_gives_name_document_birth_nationality_and_sex():
    parsed = parse(
        "\n".join(make("TD3", number="A1234567", names="TESTOV<<IVAN", nationality="MDA", issuer="MDA", birth="700502", sex="M"))
    )
    assert (parsed.kind, parsed.mrz.format) == (QueryKind.MRZ, "TD3")
    assert parsed.query(birth=PartialDate(1999), nationality="FRA") == Query(
        name="IVAN TESTOV", document="A1234567", document_country="MDA", birth=PartialDate(1970, 5, 2), nationality="MDA", sex="M"
    )


def test_query_takes_birth_and_nationality_typed_beside_it():
    asked = parse("Ivan Testov").query(birth=PartialDate(1970), nationality="MDA")
    assert asked == Query(name="Ivan Testov", birth=PartialDate(1970), nationality="MDA")


def test_query_with_a_stateless_nationality_says_nothing_of_it():
    parsed = parse("\n".join(make("TD3", nationality="XXA", birth="<<<<<<", sex="<")))
    assert (parsed.nationality, parsed.birth, parsed.sex) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Nothing to check. Scan a document, or type a document number or a name."),
        (" \n ", "Nothing to check. Scan a document, or type a document number or a name."),
        (None, "Nothing to check. Scan a document, or type a document number or a name."),
        ("Ivan\x00Testov", "This text holds control characters. Scan the document again, or type the number or the name."),
        ("Ivan\x07Testov", "This text holds control characters. Scan the document again, or type the number or the name."),
        ("x" * 10_000_000, "This text has 10000000 characters. A scan has at most 500."),
        ("x" * 201, "This text has 201 characters. Type a name or a number of at most 200."),
        ("1970-05-02", "This is a date. Type a name or a document number here, and the date of birth in its own field."),
        ("02.05.1970", "This is a date. Type a name or a document number here, and the date of birth in its own field."),
        ("?!😀", "There is neither a letter nor a digit in this. Type a document number or a name."),
        ("123", "This is neither a name nor a document number, which has 4 to 24 letters and digits. Check it."),
        ("1" * 25, "This is neither a name nor a document number, which has 4 to 24 letters and digits. Check it."),
        (
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "This machine-readable zone has 44 characters. Documents have three lines of 30, or two of 36 or 44. Scan the document again, or type the number or the name.",
        ),
    ],
    ids=lambda value: repr(value)[:24],
)  # fmt: skip
def test_query_that_cannot_be_checked_is_refused_with_words(text, message):
    with pytest.raises(InputError) as refused:
        parse(text)
    assert str(refused.value) == message


@given(st.text(max_size=220))
def test_query_any_text_is_understood_or_refused(text):
    try:
        parsed = parse(text)
    except InputError as refused:
        assert len(str(refused)) < 300  # noqa: PT017
    else:
        assert bool(parsed.name) or bool(parsed.document)
