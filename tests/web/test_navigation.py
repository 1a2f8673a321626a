from types import SimpleNamespace

import pytest

from isotrace.web import navigation

pytestmark = pytest.mark.urls("tests.web.urls")

OFFICER = SimpleNamespace(role="border_officer")
ANALYST = SimpleNamespace(role="analyst")


@pytest.fixture(autouse=True)
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})


def test_items_of_nobody_are_none():
    navigation.register("set_theme", "Theme")
    assert navigation.items(None) == []


def test_items_without_their_page_are_left_out():
    navigation.register("no_such_page", "Nothing")
    assert navigation.items(OFFICER) == []


def test_items_of_a_role_come_in_order_with_their_counts():
    navigation.register("set_theme", "Theme", order=2, count=lambda viewer: len(viewer.role))
    navigation.register("set_language", "Language", order=1)
    navigation.register("account_login", "Elsewhere", roles=("analyst",))
    assert [(item.label, item.count) for item in navigation.items(OFFICER)] == [("Language", None), ("Theme", 14)]
    assert [item.label for item in navigation.items(ANALYST)] == ["Language", "Theme", "Elsewhere"]


@pytest.mark.parametrize(("path", "name"), [("/", "home"), ("/reports/12", "reports"), ("/reports/map/", "map"), ("/else", "")])
def test_current_is_the_longest_address_above_the_page(path, name):
    nav = [navigation.NavItem("", name, None, url) for name, url in (("home", "/"), ("reports", "/reports/"), ("map", "/reports/map/"))]
    assert navigation.current(nav, path) == name
