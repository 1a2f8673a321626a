"""What a bureau's administrator writes on the national sheet; nothing is overwritten."""

from datetime import date

from django.db import transaction

from isotrace.bureaus.actions import administer
from isotrace.bureaus.models import SheetEntry
from isotrace.bureaus.queries import sheet_entries
from isotrace.bureaus.sheets import checked
from isotrace.delegation import queries
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit


def write(viewer: Viewer, item: str, *, value: str, reference: str, dated: date | None, note: str = "") -> SheetEntry:
    """Say what the law of the viewer's country says on an item, with the provision and its date; it holds from now on.

    Return what stands there. Raises InputError naming the field, PermissionError for whoever is not the administrator of a bureau.
    """
    queries.require_bureau(viewer, "sheet.write", "sheet")
    answer = checked(item, value)
    provision, words = _words(reference, "reference", 200), _words(note, "note", 500)
    if not provision:
        raise InputError(N_("Name the provision of the law that says so."), field="reference")
    if dated is None or dated > clock.today():
        raise InputError(N_("Say of which day the provision is; it has passed."), field="dated")
    with transaction.atomic():
        administer("write_sheet", item, answer, provision, dated, words, clock.now())
        audit.record(viewer, "sheet.write", "sheet", item=item, value=answer, country=viewer.country)
    return sheet_entries(viewer.country)[0]


def _words(value: str, field: str, longest: int) -> str:
    try:
        return clean_text(value, longest)
    except InputError as error:
        error.field = field
        raise
