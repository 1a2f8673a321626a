"""Every read of owned rows goes through the rules: through `visible` or `one`, through the jobs role, or it
stands here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from isotrace.handling.rights import owned_models

SOURCE = Path(__file__).resolve().parents[2] / "src/isotrace"
ASKS = frozenset({"visible", "one"})
"""Calls that ask the rules of what they are given."""
WRITES = frozenset({"create", "bulk_create", "none"})
"""Calls that read nothing: row-level security asks the rules of whoever files."""
OTHER_ROLE = frozenset({"using"})
"""Through another role of the database: background jobs, and the few reads to which no viewer has a right; see OTHER_EYES."""

BY_OWN_RIGHT: dict[str, str] = {
    "delegation/communities.py _join Membership": "Of a community that one leads; the database asks again.",
    "delegation/communities.py end Membership": "Of a community that one leads, just read; the database asks again.",
    "desk/actions.py finish Task": "Given to `visible` in the next line.",
    "desk/api.py read_conditions Acknowledgement": "One's own.",
    "desk/consents.py request Consent": "One's own organisation's, on a record that was just read.",
    "desk/glass.py open_now BrokenGlass": "One's own, while the viewer is made.",
    "desk/queries.py of_record Task": "Given to `visible` in the next line.",
    "desk/queries.py overdue_count Task": "Given to `visible` in the next line.",
    "desk/queries.py waiting Task": "Given to `visible` in the next line.",
    "desk/switching.py _decided RuleChange": "Locked after `rulebook.change` showed it.",
    "desk/switching.py propose RuleChange": "All police read every change; who proposes was asked before.",
    "handling/counter.py _checked Community": "Whether one knows what one names: the database shows no others.",
    "handling/envelope_fields.py community_choices Community": "One's own to choose from: the database shows no others, and a form has no viewer.",
    "handling/reach.py _circles Membership": "Of the communities that an envelope names, as far as the database shows them to whoever asks.",
    "handling/reach.py in_words Community": "Names of communities, as far as the database shows them to whoever asks.",
    "handling/rulebook.py switched_off RuleSetting": "How the rules stand: it decides about everybody, and all police read it.",
    "handling/viewers.py _communities Membership": "One's own, while the viewer is made.",
    "handling/viewers.py informed Acknowledgement": "One's own, while the viewer is made.",
    "handling/viewers.py informed Consent": "One's own organisation's, while the viewer is made.",
    "notices/queries.py kept Notice": "Given to `visible` and `one`, or to the jobs role, by whoever calls it.",
    "notices/queries.py to_review Task": "Given to `visible` in the next line.",
    "privacy/cases.py add CaseRecord": "Of a case that was just read by the control body.",
    "privacy/cases.py open_records CaseRecord": "The control body's own, while the viewer is made.",
    "privacy/recalls.py recall_withdrawn Export": "Of a notice that its owner takes back in this step.",
    "imports/filing.py _known RowStatement": "Given to `visible` in the next line.",
    "imports/filing.py _restate RowStatement": "Of a report that `visible` just gave, to change what is its owner's.",
    "imports/running.py _through Batch": "One's own batch, just read, while its state is what it was.",
    "imports/storing.py opened UploadPart": "Parts of a file that was just read, as whoever the session acts for.",
    "records/actions.py unused_reference Report": "One's own organisation's, so that a reference is used once.",
    "records/many.py references_in_use Report": "One's own organisation's, so that a reference is used once.",
    "records/rules.py check_envelope Entity": "Of a report whose owner gives it another envelope in this step.",
    "records/rules.py check_envelope Link": "Of a report whose owner gives it another envelope in this step.",
    "records/status.py names_others Entity": "Of a report whose owner changes a person's status in this step.",
    "tracing/jobs.py _tell Trace": "Given to `queries.readable`, which asks `visible`.",
    "tracing/queries.py _finds_of Trace": "Given to `readable` in the next line, which asks `visible`.",
    "tracing/queries.py of_report Trace": "Given to `readable`, which asks `visible`.",
    "tracing/queries.py overview Trace": "Given to `readable`, which asks `visible`.",
    "records/caveats.py write Entity": "Of a report that its owner writes in this step.",
    "records/caveats.py write Link": "Of a report that its owner writes in this step.",
    "records/projecting.py rewrite Entity": "Of a report that its owner corrects in this step.",
    "records/projecting.py rewrite Link": "Of a report that its owner corrects in this step.",
    "records/control.py - Report": "Given to `visible` and `one` by whoever reads a kind of record.",
    "records/correcting.py _follow Entity": "Of a report that its owner corrects in this step.",
    "records/correcting.py _move Place": "Of a report that its owner corrects in this step.",
    "records/sensitive.py decide SensitiveDatum": "Of a report whose sensitive data are open to this person; whether one waits still.",
    "records/sensitive.py is_open SensitiveOpening": "Given to `visible` in the next line.",
    "identity/control.py - Judgement": "Given to `visible` and `one` by whoever reads a kind of record.",
    "intake/gaps.py - Gap": "Given to `visible` and `one` by whoever reads a kind of record.",
    "screening/control.py - Hit": "Given to `visible` and `one` by whoever reads a kind of record.",
    "screening/hits.py _recent Hit": "One's own checks of the last ten minutes.",
    "screening/queries.py _waiting Hit": "Given to `visible` in the next line.",
}
"""Reads by the serving role that ask no rule in Python, each with why: row-level security still holds for every one."""


def reads() -> Iterator[tuple[str, ast.Call | ast.Attribute, list[ast.AST]]]:
    """Yield every chain that begins at the rows of an owned table, with the nodes around it, the nearest last."""
    owned = {model.__name__ for model, _rights in owned_models()}
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if {"engine", "migrations", "demo", "commands"} & set(place.parts):
            continue
        for node, around in _walked(ast.parse(path.read_text(encoding="utf-8"))):
            model = _model(node)
            if model in owned:
                yield f"{place} {_function(around)} {model}", node, around


def _walked(node: ast.AST, around: tuple[ast.AST, ...] = ()) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    yield node, list(around)
    for child in ast.iter_child_nodes(node):
        yield from _walked(child, (*around, node))


def _model(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
        return node.value.id
    return ""


def _function(around: list[ast.AST]) -> str:
    named = [each.name for each in around if isinstance(each, ast.FunctionDef)]
    return named[0] if named else "-"


def calls(around: list[ast.AST]) -> list[str]:
    """Return what is called on the rows and with them, from the inside out, within one statement."""
    found = []
    for node in reversed(around):
        if isinstance(node, ast.stmt):
            break
        if isinstance(node, ast.Call):
            found.append(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
    return found


def test_every_read_of_owned_rows_asks_the_rules():
    found = {place for place, _node, around in reads() if not set(calls(around)) & (ASKS | WRITES | OTHER_ROLE)}
    silent = sorted(found - set(BY_OWN_RIGHT))
    assert silent == [], "Read through `visible` or `one`, or say why not in BY_OWN_RIGHT of tests/walk/test_static.py: " + "".join(
        f'\n    "{place}": "...",' for place in silent
    )


def test_every_reason_is_for_a_read_that_exists():
    found = {place for place, _node, _around in reads()}
    assert sorted(set(BY_OWN_RIGHT) - found) == []
