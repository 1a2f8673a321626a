"""A hidden record and one that never was: the same status, the same bytes and headers, after the same number of queries."""

import pytest

from tests.walk.asking import Ask
from tests.walk.classified import OPERATIONS, PAGES
from tests.walk.conftest import PEOPLE
from tests.walk.pictures import verbs
from tests.walk.records import differences, pairs
from tests.walk.routes import operations, pages


@pytest.mark.parametrize("who", [*PEOPLE, ""])
def test_pages_tell_nothing_of_a_hidden_record(walk, who):
    found = {
        name: told
        for name, line in PAGES.items()
        if name in pages() and (told := differences(walk.pages[who], pairs(walk, who, pages()[name], line, verbs(walk, name), api=False)))
    }
    assert found == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_interface_tells_nothing_of_a_hidden_record(walk, who):
    found = {
        name: told
        for name, line in OPERATIONS.items()
        if name in operations()
        and (told := differences(walk.programs[who], pairs(walk, who, operations()[name], line, (name.partition(" ")[0],), api=True)))
    }
    assert found == {}


@pytest.mark.parametrize("who", ["analyst", ""])
def test_other_verbs_tell_nothing_of_a_hidden_record(walk, who):
    """What an address does not take, and what is asked about it before."""
    found = []
    for table, known, askers in ((PAGES, pages(), walk.pages), (OPERATIONS, operations(), walk.programs)):
        for name, line in table.items():
            if who in askers and name in known:
                asked = pairs(walk, who, known[name], line, ("GET",), api=True)
                others = ((Ask(verb, ask.path), ids, never) for ask, ids, never in asked for verb in ("HEAD", "OPTIONS", "DELETE"))
                found += differences(askers[who], others)
    assert found == []


def test_owner_finds_each_hidden_record_under_its_own_address(walk):
    """The walk would see what it looks for: to its owner every hidden report, notice and hit is there."""
    owner = walk.pages["ken.officer"]
    places = {"records.Report": "/reports/{id}/", "notices.Notice": "/notices/{id}/", "screening.Hit": "/checks/hits/{id}"}
    seen = {label: [owner.ask(Ask("GET", path), {"id": one}).status for one in walk.hidden.of(label)] for label, path in places.items()}
    assert seen == {label: [200] * len(walk.hidden.of(label)) for label in places}
