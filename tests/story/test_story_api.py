"""The same story by programs with keys, each answer held against the published description."""

import json
from dataclasses import dataclass

import jsonschema_rs
import pytest
from django.test import Client

from isotrace.bureaus import keys

PERSON = {
    "names": ["Invented Pavel Storyman"],
    "family_name": "Storyman",
    "given_names": "Invented Pavel",
    "birth_date": "1977-08-09",
    "sex": "M",
    "nationalities": ["MDA"],
    "documents": [{"number": "SX0009999", "kind": "passport", "country": "MDA"}],
}
REPORT = {
    "incident": {"title": "Sample: gauge offered at a ferry port", "type": "trafficking_attempted_sale", "country": "MDA", "event_date": "2026-10", "summary": "Invented: a gauge was offered to a seaman in a harbour bar."},
    "materials": [{"material_type": "radioactive_source", "nuclide": "Cs-137", "activity": {"value": "2", "unit": "Ci"}}],
    "involved": {
        "person": PERSON,
        "involvement": {"role": "seller", "status": "possible_threat"},
        "assessment": {
            "number": "MDA-STORY-1",
            "author": "Invented Organised Crime Department",
            "date": "2026-11-01",
            "ground": "other_reasonable",
            "narrative": "Invented: two witnesses heard him offer the gauge; he looks for buyers abroad.",
        },
        "envelope": {"classification": 2, "audience": "only", "retention_until": "2029-01-01"},
    },
    "envelope": {"audience": "all"},
    "lawful": True,
}  # fmt: skip
WISH = {"offence": "trafficking", "neutrality": "no", "classification": 1, "audience": "all", "certified": True}


@dataclass
class Program:
    """A program with one person's key; checks the shape of what it gets."""

    key: str
    described: dict

    def call(self, method, path, body=None, expect=200):
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.key}"},
        )
        assert answer.status_code == expect, answer.content.decode()
        self._held(method, path, answer)
        return answer.json()

    def _held(self, method, path, answer):
        steps = path.split("?")[0].split("/")
        for template, operations in self.described["paths"].items():
            parts = template.removeprefix("/api/v1").split("/")
            fits = len(parts) == len(steps) and all(part == step or part.startswith("{") for part, step in zip(parts, steps, strict=True))
            if fits and method.lower() in operations:
                said = operations[method.lower()]["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
                jsonschema_rs.validate({**said, "components": self.described["components"]}, answer.json())
                return
        raise AssertionError(f"{method} {path} is not described")


@pytest.fixture
def program(committed):
    described = Client().get("/api/v1/openapi.json").json()
    return lambda who: Program(keys.issue(committed.people[who], "Sample story"), described)


def test_story_over_the_interface(program, committed):
    bureau, analyst, reviewer, border = (program(who) for who in ("mda.officer", "analyst", "reviewer", "fra.border"))
    REPORT["involved"]["envelope"]["organisations"] = [str(committed.organisations["radnuc"].id)]
    filed = bureau.call("POST", "/reports", REPORT, 201)

    analyst.call(
        "POST", f"/reports/{filed['persons_id']}/grades", {"scheme": "admiralty", "source_grade": "B", "information_grade": "2"}, 201
    )
    proposed = analyst.call("POST", "/notices/proposals", {"report": filed["persons_id"]}, 201)
    path = f"/notices/{proposed['id']}"

    bureau.call("POST", f"{path}/adopt")
    whole = bureau.call("GET", path)
    bureau.call("PUT", path, answers(whole) | WISH | {"seen": whole["seen"]})
    bureau.call("POST", f"{path}/submit")
    bureau.call("POST", f"{path}/review", expect=409)
    reviewer.call("POST", f"{path}/review")
    number = reviewer.call("POST", f"{path}/publish")["number"]

    lead = border.call("POST", "/checks", {"text": "Invented Pavel Storyman"})
    assert (lead["band"], [each["notice_number"] for each in lead["leads"]]) == ("same_name", [number])
    hit = lead["leads"][0]["hit_id"]
    bureau.call("GET", f"/hits/{hit}", expect=404)
    assert border.call("POST", f"/hits/{hit}/confirm", {"document": "SX0009999"})["outcome"] == "agrees"
    assert bureau.call("GET", f"/hits/{hit}")["post"] == "Sample Airport, Hall 2"
    bureau.call("POST", f"/hits/{hit}/answer", {"answer": "confirmed"})
    assert [each["answer"] for each in border.call("GET", f"/hits/{hit}")["answers"]] == ["confirmed"]

    bureau.call("POST", f"{path}/withdraw", {"reason": "The invented story ends here, as it was to be shown."})
    assert border.call("POST", "/checks", {"text": "Invented Pavel Storyman"}) == {
        "band": "no_match",
        "leads": [],
        "more": 0,
        "repairs": [],
    }


def answers(whole):
    """What a notice says, as it is written anew."""
    return {name: value for name, value in whole.items() if name in _WRITTEN}


_WRITTEN = {
    "person", "holdings", "possible_threat", "assessment_number", "assessment_author", "assessment_date", "ground", "ground_narrative",
    "what_done", "risk_now", "asked", "not_to_do", "allowed_actions", "retention_until", "minor", "scam_justification",
}  # fmt: skip
