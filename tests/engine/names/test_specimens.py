"""The public specimens and transliterated names that lie beside the checkout."""

import json
from collections import Counter
from datetime import date

from isotrace.engine.names.travel import Script, decode_name, parse, split_name
from tests.shared import SHARED, needs_shared

TODAY = date(2026, 11, 21)
CHECKS = {"doc": "number", "dob": "birth", "exp": "expiry", "comp": "composite"}
CARD_NAME = 30


def rows(name):
    with (SHARED / "data/screening" / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@needs_shared
def test_specimens_are_all_read_and_eighteen_are_valid():
    specimens = rows("mrz_specimens.jsonl")
    zones = [parse(specimen["mrz"], TODAY) for specimen in specimens]
    assert (len(zones), sum(zone.valid for zone in zones)) == (20, 18)
    assert [(zone.issuing, zone.failed) for zone in zones if not zone.valid] == [
        ("BAD", ("number", "birth", "expiry", "composite", "birth_date", "expiry_date")),
        ("INP", ("expiry", "composite")),
    ]


@needs_shared
def test_specimens_check_digits_fail_one_by_one_where_they_were_computed_to():
    for specimen in rows("mrz_specimens.jsonl"):
        zone = parse(specimen["mrz"], TODAY)
        known = specimen["check_digits"]
        assert {name: CHECKS[name] not in zone.failed for name in known} == known
        assert zone.format[:3] in specimen["type"].replace("-", "")


@needs_shared
def test_specimens_that_are_valid_are_not_repaired():
    said = {zone.lines: list(zone.repairs) for zone in (parse(specimen["mrz"], TODAY) for specimen in rows("mrz_specimens.jsonl"))}
    assert [repairs for lines, repairs in said.items() if repairs and parse("\n".join(lines), TODAY).valid] == []


@needs_shared
def test_specimen_of_the_arabic_table_is_read_back():
    zone = next(zone for row in rows("mrz_specimens.jsonl") if (zone := parse(row["mrz"], TODAY)).issuing == "ASU")
    assert [(spelling.text, spelling.script) for spelling in zone.spellings] == [
        ("عبدالرحيم محمود", Script.ARABIC),
        ("ABDALRHYM MHMWD", Script.LATIN),
        ("EBDALRXHYM MXHMWD", Script.LATIN),
    ]


@needs_shared
def test_names_of_the_arabic_table_are_told_from_all_others():
    """The kinds are how the names of the pairs were made: every Arabic one is read back, none of the others is taken for one."""
    names = {(row["kind"].removeprefix("neg_"), row["query"]["mrz_name"]) for row in rows("pairs_mrz.dev.jsonl")}
    found = Counter()
    for kind, field in names:
        primary, secondary, truncated = split_name(field, CARD_NAME)
        spellings = decode_name(primary, secondary, truncated=truncated)
        found[kind, any(spelling.script is Script.ARABIC for spelling in spellings)] += 1
    assert found == {("icao_arabic", True): 317, ("icao_cyrillic", False): 460, ("truncated_td1", False): 304}
