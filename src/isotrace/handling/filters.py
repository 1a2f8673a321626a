"""The rules as a Django filter, from the same terms as the decision and row-level security."""

from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import BooleanField, Case, Exists, Model, OuterRef, Q, QuerySet, Value, When

from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.policy import terms as t
from isotrace.handling.rights import Rights

M = TypeVar("M", bound=Model)
_NONE = Q(pk__in=[])


def _constant(holds: bool) -> Q:
    return Q() if holds else _NONE


def _comparison(term: Any, viewer: t.Fields, record: t.Fields) -> Q:
    """One comparison: a constant where no column is asked, else a condition on the column."""
    match term:
        case t.Equal(t.Record(name), other) | t.Equal(other, t.Record(name)) if name not in record:
            return Q(**{name: t.value(other, viewer, record)})
        case t.AtMost(t.Record(name), other) if name not in record:
            return Q(**{f"{name}__lte": t.value(other, viewer, record)})
        case t.Member(t.Record(name), other) if name not in record:
            return Q(**{f"{name}__in": list(t.value(other, viewer, record))})
        case t.Member(other, t.Record(name)) if name not in record:
            return Q(**{f"{name}__contains": [t.value(other, viewer, record)]})
        case t.Overlap(other, t.Record(name)) if name not in record:
            return Q(**{f"{name}__overlap": sorted(t.value(other, viewer, record), key=str)})
        case t.Flag(t.Record(name)) if name not in record:
            return Q(**{name: True})
        case t.Some(t.Record(name)) if name not in record:
            return Q(**{f"{name}__len__gt": 0})
    return _constant(term.holds(viewer, record))


def condition(term: t.Term, viewer: t.Fields, record: t.Fields) -> Q:
    """Return `term` as a Q for a given viewer; `record` holds what is fixed for the table (its database)."""
    match term:
        case t.AllOf(parts):
            whole = Q()
            for part in parts:
                whole &= condition(part, viewer, record)
            return whole
        case t.AnyOf(parts):
            conditions = [condition(part, viewer, record) for part in parts]
            if any(c == Q() for c in conditions):
                return Q()
            whole = _NONE
            for c in conditions:
                whole |= c
            return whole
        case t.Not(part):
            inner = condition(part, viewer, record)
            return _NONE if inner == Q() else ~inner
        case t.Through(end, table, database, part) if part is not None:
            return _through(end, table, condition(part, viewer, {"database": database}))
    return _comparison(term, viewer, record)


def _through(end: str, table: str, asked: Q) -> Q:
    met = _model_of(table)._default_manager.filter(pk=OuterRef(end))
    return Q(Exists(met.filter(asked)))


@cache
def _model_of(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def visible(queryset: QuerySet[M], viewer: Viewer, verb: Verb = Verb.FIND) -> QuerySet[M]:
    """Return the rows of `queryset` with which `viewer` may do `verb`."""
    rights: Rights = queryset.model.rights  # type: ignore[attr-defined]
    asked = condition(rights.term(verb), viewer.fields(), {"database": rights.database})
    return queryset.filter(_estimable(asked) if rights.enveloped and asked != Q() else asked)


def _estimable(asked: Q) -> Case:
    """The condition in a form that PostgreSQL takes for true of every second row (see `engine.policy.sql.estimable`)."""
    return Case(When(asked, then=Value(True)), default=Value(False), output_field=BooleanField())
