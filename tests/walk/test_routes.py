"""No address without its line, and no line without its address."""

from tests.walk.classified import OPERATIONS, PAGES, classified, labels, words
from tests.walk.hidden import tables
from tests.walk.routes import everything, operations, pages

FILE = "tests/walk/classified.py"


def test_every_address_is_classified():
    missing = [f'    "{name}": _line(What...., roles),  # {found.path}' for name, found in pages().items() if name not in PAGES]
    asked = [f'    "{name}": _line(What...., roles),' for name in operations() if name not in OPERATIONS]
    assert missing == [], f"Say in PAGES of {FILE} what each of these addresses is: " + "\n".join(["", *missing])
    assert asked == [], f"Say in OPERATIONS of {FILE} what each of these operations is: " + "\n".join(["", *asked])


def test_every_classified_address_exists():
    gone = [name for name in classified() if name not in everything()]
    assert gone == [], f"These lines of {FILE} name no address any more; take them out."


def test_every_parameter_is_said():
    silent = {
        name: sorted(set(found.parameters) - set(classified()[name].of) - set(classified()[name].fixed))
        for name, found in everything().items()
        if name in classified() and not found.path.startswith("/accounts/")
    }
    assert {name: which for name, which in silent.items() if which} == {}, f"Say in `of` or `fixed` of the line in {FILE} what each takes."


def test_every_table_that_a_line_names_is_known():
    known = {model._meta.label for model in tables()} | {"bureaus.Account", "bureaus.Organisation", "bureaus.Grant", "mfa.Authenticator"}
    named = {label for line in classified().values() for chosen in words(line) for each in labels(line, chosen).values() for label in each}
    assert named - known == set()


def test_every_parameter_of_a_query_is_said():
    paging = {"after", "limit"}
    silent = {
        name: sorted(set(found.queries) - set(OPERATIONS[name].filters) - paging)
        for name, found in operations().items()
        if name in OPERATIONS
    }
    assert {name: which for name, which in silent.items() if which} == {}, f"Say in `filters` of the line in {FILE} what is asked."
