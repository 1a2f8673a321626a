"""The fields of an envelope lose nothing: what a form shows of a choice is the choice again."""

import uuid
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.engine.policy import Audience, Classification, Condition, OrganisationKind, Purpose
from isotrace.handling.envelope_fields import envelope_choice, envelope_initial
from isotrace.handling.envelopes import Choice

IDS = st.lists(st.uuids(version=4), max_size=3, unique=True).map(tuple)
COUNTRIES = st.lists(st.sampled_from(["FRA", "GEO", "KEN", "MDA"]), max_size=3, unique=True).map(tuple)
KINDS = st.lists(st.sampled_from([str(kind) for kind in OrganisationKind]), max_size=2, unique=True).map(tuple)
CHOICES = st.builds(
    Choice,
    purpose=st.sampled_from([str(purpose) for purpose in Purpose]),
    classification=st.sampled_from([int(level) for level in Classification]),
    audience=st.sampled_from([str(audience) for audience in Audience]),
    countries=COUNTRIES,
    organisations=IDS,
    kinds=KINDS,
    communities=IDS,
    denied_countries=COUNTRIES,
    denied_organisations=IDS,
    denied_kinds=KINDS,
    denied_communities=IDS,
    conditions=st.lists(st.sampled_from([str(condition) for condition in Condition]), max_size=3, unique=True).map(tuple),
    condition_note=st.text(st.characters(categories=["L", "Zs"]), max_size=20),
)
UNIT = "radnuc"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=CHOICES, named=st.booleans())
def test_what_a_form_shows_of_a_choice_is_the_choice_again(world, chosen, named):
    unit: uuid.UUID = world.organisations[UNIT].id
    chosen = replace(chosen, organisations=(*chosen.organisations, unit) if named else chosen.organisations)
    again = envelope_choice(envelope_initial(chosen, "e"), "e")
    if chosen.audience == Audience.ALL:
        chosen = replace(chosen, countries=(), organisations=(), kinds=(), communities=())
    assert again == chosen
