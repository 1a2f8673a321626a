from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.names.travel import Format, Holder, parse, write
from isotrace.engine.schema.partial import PartialDate
from tests.engine.names.zones import FIELDS, KINDS, digit, joined, make

TODAY = date(2026, 11, 21)
SAMPLE = Holder("Mustér", "Sample Person", "D23145890", "MDA", "MDA", PartialDate(1974, 8, 12), "F", PartialDate(2030, 4, 15))


def test_zone_of_a_sample_person_is_written():
    assert write(Format.TD3, SAMPLE).splitlines() == [
        "P<MDAMUSTER<<SAMPLE<PERSON<<<<<<<<<<<<<<<<<<",
        "D231458907MDA7408122F3004157<<<<<<<<<<<<<<0" + digit("D2314589077408122" + "3004157" + "<" * 14 + "0"),
    ]


@given(st.sampled_from(KINDS), FIELDS)
def test_zone_is_written_as_the_tests_write_it(kind, fields):
    """Two writers, made independently: tests/engine/names/zones.py and the product's."""
    zone = parse(joined(make(kind, **fields)), TODAY)
    holder = Holder(
        zone.primary, zone.secondary, zone.number, zone.issuing, zone.nationality, zone.birth, zone.sex, zone.expiry, zone.optional
    )
    assert write(Format(kind), holder).splitlines() == make(kind, **fields)


@pytest.mark.parametrize("kind", [Format.TD1, Format.TD2])
def test_zone_with_a_long_number_is_written_and_read_back(kind):
    holder = Holder("Muster", "Sample", "D23145890734", "D", "D", PartialDate(1974), "", None)
    zone = parse(write(kind, holder), TODAY)
    assert (zone.number, zone.birth, zone.sex, zone.expiry, zone.country, zone.failed) == (
        "D23145890734",
        PartialDate(1974),
        "",
        None,
        "DEU",
        (),
    )


@pytest.mark.parametrize("kind", list(Format))
def test_zone_with_a_name_too_long_keeps_a_letter_of_both_identifiers_and_is_marked(kind):
    holder = Holder("Sample" * 10, "Person" * 10, "X1", "MDA", "MDA")
    zone = parse(write(kind, holder), TODAY)
    assert (zone.truncated, zone.secondary, zone.primary) == (True, "P", ("SAMPLE" * 10)[: len(zone.primary)])


def test_zone_written_in_arabic_is_read_back_in_arabic():
    holder = Holder("نموذج", "شخص عبدالرحيم", "A1234567", "EGY", "EGY", PartialDate(1970, 1, 2), "M", PartialDate(2030, 1, 2))
    zone = parse(write(Format.TD3, holder), TODAY)
    assert (zone.lines[0], zone.spellings[0].text) == ("P<EGYNMWXDHJ<<XSHXKHXSS<EBDALRXHYM<<<<<<<<<<", "شخص عبدالرحيم نموذج")
