import io
import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Bad, recognised
from isotrace.engine.mapping.ftm import ftm_lines
from isotrace.engine.mapping.graphs import Loss, assembled
from isotrace.engine.mapping.reading import GRAPHS
from isotrace.engine.mapping.stix import to_stix
from isotrace.engine.schema.public_incidents import from_public
from isotrace.engine.schema.said import Thing, Tie
from tests.engine.mapping import public

AT = datetime(2026, 11, 24, tzinfo=UTC)


def taken(content):
    """What a file is, its reports, and what of it could not be carried."""
    form = recognised(io.BytesIO(content))
    graph = GRAPHS[form](io.BytesIO(content))
    made = list(assembled(graph, "x"))
    return str(form), made, graph.losses


def report(row):
    """A public incident as the things and links of a report."""
    found = from_public(row)
    things = [Thing("RadiologicalIncident", found.incident, "a")]
    things += [Thing("RadioactiveMaterial", each, f"m{number}") for number, each in enumerate(found.materials)]
    return things, [Tie("MaterialInvolved", each.key, "a", {"part": "stolen"}) for each in things[1:]]


def said(made):
    """What reports say, whatever things are called."""
    return [
        (sorted(json.dumps([each.kind, each.properties], sort_keys=True) for each in one.things.values()), [(each.kind, each.properties) for each in one.links])
        for one in made
    ]  # fmt: skip


def test_public_incidents_go_out_and_come_back_without_loss():
    for row in public.ROWS:
        things, ties = report(row)
        wanted = [
            (
                sorted(json.dumps([each.kind, each.properties], sort_keys=True) for each in things),
                [(each.kind, each.properties) for each in ties],
            )
        ]
        bundle = json.dumps(to_stix(things, ties, AT)).encode()
        for content, form in ((b"".join(ftm_lines(things, ties)), "ftm"), (bundle, "stix")):
            found, made, losses = taken(content)
            assert (found, said(made), losses) == (form, wanted, [])


def test_entities_of_others_are_read_and_what_is_lost_is_said():
    lines = [
        {
            "id": "o",
            "schema": "Company",
            "properties": {"name": ["Sample Ltd", "Sample"], "jurisdiction": ["md"], "ibcRuc": ["X1"]},
            "datasets": ["d"],
        },
        {"id": "v", "schema": "Vehicle", "properties": {"registrationNumber": ["AA 1"], "name": ["Lorry"]}},
        {"id": "l", "schema": "Ownership", "properties": {"owner": ["o"], "asset": ["v"], "startDate": ["2020"]}},
        {"id": "n", "schema": "Unheard", "properties": {}},
    ]
    form, made, losses = taken(b"\n".join(json.dumps(each).encode() for each in lines))
    assert (form, [sorted(each.kind for each in one.things.values()) for one in made if not isinstance(one, Bad)]) == (
        "ftm",
        [["Company", "Vehicle"]],
    )
    assert [(each.kind, each.properties) for each in made[0].links] == [("Ownership", {"start_date": "2020"})]
    assert losses == [Loss("o", "ibcRuc", "X1"), Loss("o", "datasets", "['d']"), Loss("n", "schema", "Unheard")]


def test_bundle_of_others_is_read_and_what_is_lost_is_said():
    frame = {"spec_version": "2.1", "created": "2024-01-01T00:00:00.000Z", "modified": "2024-01-01T00:00:00.000Z"}
    objects = [
        {**frame, "type": "identity", "id": "identity--1", "name": "Sample Org", "identity_class": "organization", "sectors": ["x"]},
        {**frame, "type": "location", "id": "location--1", "country": "MD", "city": "Sampleville"},
        {
            **frame,
            "type": "relationship",
            "id": "relationship--1",
            "source_ref": "identity--1",
            "target_ref": "location--1",
            "relationship_type": "located-at",
        },
        {**frame, "type": "malware", "id": "malware--1", "name": "x"},
    ]
    form, made, losses = taken(json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}).encode())
    assert (form, [sorted(each.kind for each in one.things.values()) for one in made]) == ("stix", [["Address", "Organization"]])
    assert losses == [Loss("identity--1", "sectors", "['x']"), Loss("malware--1", "type", "malware")]


def test_public_notice_is_a_person_sought_for_what_it_says():
    warrant = {"issuing_country_id": "MD", "charge": "Sample charge"}
    notice = {
        "entity_id": "2099/1",
        "name": "PLACEHOLDEROV",
        "forename": "Fictus",
        "date_of_birth": "1970/05/02",
        "nationalities": ["MD"],
        "sex_id": "M",
        "height": 1.8,
        "arrest_warrants": [warrant],
    }
    nameless = {"entity_id": "2099/2", "name": None}
    form, made, losses = taken(json.dumps({"total": 2, "_embedded": {"notices": [notice, nameless]}}).encode())
    person = next(each for each in made[0].things.values() if each.kind == "Person").properties
    assert (form, len(made), person["names"], person["birth_date"], person["nationalities"]) == (
        "notices",
        1,
        ["Fictus PLACEHOLDEROV"],
        "1970-05-02",
        ["MDA"],
    )
    assert made[0].links[0].properties == {"role": "other", "status": "other_specified", "ground": "Sample charge"}
    assert losses == [Loss("2099/1", "height", "1.8"), Loss("2099/2", "name", "a notice without a name")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["bundle", "identity", "relationship", "Person", "Ownership", "a"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["type", "id", "objects", "schema", "properties", "isotrace", "x_isotrace", "kind", "source", "name", "owner", "asset", "entity_id", "_embedded", "notices", "arrest_warrants", "aliases"]),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=200)
@given(JSON, st.sampled_from(sorted(GRAPHS)))
def test_no_objects_break_a_reader(found, form):
    content = json.dumps({"type": "bundle", "objects": [found]} if form == "stix" and isinstance(found, dict) else found).encode()
    try:
        for each in assembled(GRAPHS[form](io.BytesIO(content)), "x"):
            assert each.errors if isinstance(each, Bad) else each.things
    except InputError:
        pass
