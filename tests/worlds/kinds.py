"""Raw values of every property type, for laws about all kinds."""

from typing import Any

from hypothesis import strategies as st

from isotrace.engine.schema import Property, registry

VALID = {
    "text": st.just("Testville"),
    "long_text": st.just("Line one\nline two"),
    "name": st.text(st.characters(categories=["L"]), min_size=1, max_size=20),
    "title": st.text(st.characters(categories=["L"]), min_size=1, max_size=20),
    "partial_date": st.sampled_from(["1993", "1993-05", "1993-05-12"]),
    "country": st.sampled_from(["MDA", "md", "BRA"]),
    "nuclide": st.sampled_from(["cs137", "137Cs", "Am-Be", "U-235"]),
    "number": st.integers(1, 100) | st.sampled_from(["3", "40"]),
    "flag": st.booleans(),
    "url": st.just("https://example.org/"),
    "activity": st.sampled_from(["5 Ci", {"value": 1.5e-3, "unit": "uCi"}, {"value": "7", "unit": "GBq", "at": "2001"}]),
    "mass": st.sampled_from(["5 kg", {"value": 0.1, "unit": "µg"}]),
    "point": st.builds(lambda a, b: {"lat": a, "lon": b, "precision": "site"}, st.floats(-90, 90), st.floats(-180, 180)),
    "document": st.sampled_from([{"number": "A 1"}, {"number": "B2", "kind": "visa", "country": "fr"}]),
    "price": st.sampled_from([{"amount": "20000", "currency": "usd"}, {"amount": 0.5, "currency": "MDL"}]),
    "identifier": st.sampled_from(["AB  123", " 77-Z ", "QQ1"]),
    "email": st.sampled_from(["Sample.Name@Example.ORG", "x@example.net"]),
    "phone": st.sampled_from(["+373 22  000 001", "(022) 000-002"]),
}


def value(prop: Property) -> st.SearchStrategy[Any]:
    """A raw value, or several, that the property takes."""
    one = st.sampled_from(list(prop.choices)) if prop.choices else VALID[prop.type]
    return st.lists(one, min_size=1, max_size=3) if prop.many else one


def whole(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Raw properties of a kind, each of them given."""
    return st.fixed_dictionaries({name: value(prop) for name, prop in registry().kinds[kind].properties.items()})
