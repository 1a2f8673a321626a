import pytest
from django.test import RequestFactory

from isotrace.web.context import theme
from isotrace.web.preferences import set_theme


def _set(**data):
    return set_theme(RequestFactory().post("/preferences/theme", data))


@pytest.mark.parametrize("chosen", ["light", "dark", "auto"])
def test_theme_chosen_is_kept_in_a_cookie(chosen):
    response = _set(theme=chosen, next="/reports/?kind=x")
    assert (response.status_code, response["Location"], response.cookies["theme"].value) == (302, "/reports/?kind=x", chosen)


def test_theme_unknown_changes_nothing():
    assert dict(_set(theme="pink").cookies) == {}


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_theme_going_back_elsewhere_stays_here(target):
    assert _set(theme="dark", next=target)["Location"] == "/"


def test_theme_by_get_is_refused():
    assert set_theme(RequestFactory().get("/preferences/theme")).status_code == 405


def test_theme_of_a_made_up_cookie_is_auto():
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'
    assert theme(request) == "auto"
