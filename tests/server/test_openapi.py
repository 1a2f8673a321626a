"""Every operation of the interface against schemathesis: what is described is what is answered, whatever is sent."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from isotrace.bureaus import keys
from isotrace.server.wsgi import application

FEW = settings(max_examples=3, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
SAID_ELSEWHERE = [schemathesis.checks.positive_data_acceptance]
"""Rules between fields cannot be said in a schema, so a body that is as described may still be refused."""


@pytest.mark.parametrize("who", ["mda.officer", "analyst", "fra.border", "auditor", "duty", "control"])
def test_operations_answer_as_described(committed, who):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    key = {"Authorization": f"Bearer {keys.issue(committed.people[who], 'Sample fuzz')}"}
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @given(operation.as_strategy())
        def answers(case):
            case.call_and_validate(headers=key, excluded_checks=SAID_ELSEWHERE)

        answers()
        tried += 1
    assert tried > 20
