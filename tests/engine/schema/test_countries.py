import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.schema import countries


def test_countries_are_those_of_iso_3166():
    assert len(countries.alpha2_to_alpha3()) == 249
    assert len(countries.alpha3_to_alpha2()) == 249
    assert countries.parse("COD") == "COD"
    assert not countries.is_country("YUG")


@pytest.mark.parametrize("raw", ["MDA", "md", " Mda "])
def test_country_in_either_code_and_any_case_is_kept_as_alpha3(raw):
    assert countries.parse(raw) == "MDA"


@pytest.mark.parametrize(
    ("raw", "shown"), [("ZZZ", "ZZZ"), ("Moldova", "Moldova"), ("XKX", "XKX"), ("", ""), (None, "NoneType"), (498, "498")]
)
def test_country_unknown_is_refused_naming_it_and_the_standard(raw, shown):
    with pytest.raises(InputError) as refused:
        countries.parse(raw)
    assert str(refused.value) == f"{shown} is not a country. Use the three letters of ISO 3166 (alpha-3), for example MDA for Moldova."


@pytest.mark.parametrize(("language", "name"), [("en", "Moldova"), ("ar", "مولدوفا"), ("fr", "Moldavie"), ("es", "Moldavia")])
def test_country_names_come_in_each_language(language, name):
    names = countries.names(language)
    assert (len(names), names["MDA"]) == (249, name)
