"""Lists, counts, filters, pickers and what stands beside a record: the same bytes whether or not anything hidden is there.

And each address is open to the roles that its line names, and shows nothing to the others.
"""

from dataclasses import dataclass

import pytest

from tests.walk import pictures
from tests.walk.asking import Answer
from tests.walk.classified import OPERATIONS, What, classified
from tests.walk.hidden import may_know, role_of
from tests.walk.leaks import leaks

OPEN = frozenset({200, 204, 302})
SHARED = ("records.Report", "records.Entity", "notices.Notice", "screening.Hit", "handling.Consent", "privacy.Tombstone", "privacy.Case")


@dataclass
class Pictured:
    """Pictures with the hidden records, by person and request; those that show something, without them as well."""

    with_them: dict[tuple[str, str], Answer]
    without: dict[tuple[str, str], Answer]

    def of(self, *kinds):
        """The pictures of some kinds of address: who, the address, its line, and the answer."""
        for (who, key), answer in self.with_them.items():
            name = key.partition(": ")[0]
            if (line := classified()[name]).what in kinds:
                yield who, name, key, line, answer


@pytest.fixture(scope="module")
def pictured(walk):
    """Pictures of the walk's world; what is hidden is taken away for the second ones and brought back."""
    with_them = pictures.taken(walk)
    walk.writer.erase()
    walk.warm()
    try:
        return Pictured(with_them, pictures.taken(walk, with_them))
    finally:
        walk.hide()


def opened(walk, who, key):
    """Whether an address shows hidden records to this person, by the rules."""
    line = classified()[key.partition(": ")[0]]
    return role_of(walk, who) in line.open_to or any(may_know(walk, who, label) for label in line.shows)


def test_pictures_with_hidden_records_are_those_without(walk, pictured):
    shown = {key: answer for key, answer in pictured.with_them.items() if not opened(walk, *key)}
    both = [(key, answer, pictured.without[key]) for key, answer in shown.items() if key in pictured.without]
    changed = [f"{key}: {unlike}" for key, answer, before in both if (unlike := answer.unlike(before))]
    told = [f"{key}: {found}" for key, answer in shown.items() if (found := leaks(walk, key[0], answer.said()))]
    assert (changed, told) == ([], [])
    assert len(both) > 500, "the pictures show too little to prove anything"


def test_lists_answer_the_roles_that_they_are_meant_for(walk, pictured):
    refused = [
        f"{who}: {key}: {answer.status}"
        for who, _name, key, line, answer in pictured.of(What.LIST, What.REFERENCE)
        if role_of(walk, who) in line.roles and answer.status not in OPEN and "{" not in key.partition("?")[0] and "ZZZ" not in key
    ]
    assert refused == []


def test_lists_show_no_record_to_other_roles(walk, pictured):
    """What the world shares is there, and stands on no list of a role that the list is not meant for."""
    ids = [str(walk.around[label]).encode() for label in SHARED]
    shown = [
        f"{who}: {key}"
        for who, _name, key, line, answer in pictured.of(What.LIST, What.FORM)
        if role_of(walk, who) not in line.roles and any(one in answer.body for one in ids)
    ]
    assert shown == []


def test_records_open_to_no_other_role(walk, pictured):
    opened = [
        f"{who}: {key}: {answer.status}"
        for who, _name, key, line, answer in pictured.of(What.RECORD, What.STEP)
        if role_of(walk, who) not in line.roles and answer.status in {200, 204}
    ]
    assert opened == []


def test_each_record_opens_to_somebody(walk, pictured):
    """Without that, the walk would prove nothing of the address."""
    seen: dict[str, bool] = {}
    for _who, name, _key, _line, answer in pictured.of(What.RECORD):
        seen[name] = seen.get(name, False) or answer.status in OPEN
    assert sorted(name for name, somebody in seen.items() if not somebody) == []


def test_stranger_is_sent_to_sign_in(walk, pictured):
    others = [
        f"{key}: {answer.status}"
        for who, name, key, line, answer in pictured.of(*What)
        if who == ""
        and "" not in line.roles
        and name not in OPERATIONS
        and (answer.status, dict(answer.headers).get("Location", "")[:21]) != (302, "/accounts/login/?next")
    ]
    assert others == []
