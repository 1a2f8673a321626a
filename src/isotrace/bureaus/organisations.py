"""Organisations: opened and changed from the command line, as the database's owner."""

from isotrace.bureaus.actions import OWNER
from isotrace.bureaus.models import Organisation
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification, OrganisationKind
from isotrace.engine.schema import countries
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_

NATIONAL = (OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY)


def open_organisation(
    *, code: str, name: str, kind: str, country: str = "", contact: str = "", ceiling: int = Classification.RESTRICTED
) -> Organisation:
    """Open an organisation; a national entity hangs under the bureau of its country.

    Raises InputError naming the field: a code or name that cannot be or is taken, an unknown kind or country, a second bureau of a
    country, an entity of a country without a bureau.
    """
    word, title = _words(code, "code", 40), _words(name, "name", 200)
    if kind not in set(OrganisationKind):
        raise InputError(N_("There is no such kind. Choose one of: %(kinds)s."), field="kind", kinds=", ".join(OrganisationKind))
    if Organisation.objects.filter(code__iexact=word).exists():
        raise InputError(N_("There is an organisation “%(code)s” already."), field="code", code=word)
    where = _country(kind, country)
    made = Organisation(
        code=word, name=title, kind=kind, country=where, parent=_parent(kind, where), contact=_words(contact, "contact", 200, needed=False)
    )
    made.ceiling = ceiling
    made.save(using=OWNER)
    return made


def _words(value: str, field: str, longest: int, *, needed: bool = True) -> str:
    try:
        words = clean_text(value, longest)
    except InputError as error:
        error.field = field
        raise
    if needed and not words:
        raise InputError(N_("Write its code and its name."), field=field)
    return words


def _country(kind: str, country: str) -> str:
    """Return the alpha-3 code of a national organisation's country, "" for others."""
    if kind not in NATIONAL:
        if country:
            raise InputError(N_("Only a bureau and a national entity have a country."), field="country")
        return ""
    return str(countries.parse(country))


def _parent(kind: str, country: str) -> Organisation | None:
    bureau = Organisation.objects.filter(kind=OrganisationKind.BUREAU, country=country).first() if country else None
    if kind == OrganisationKind.BUREAU and bureau:
        raise InputError(N_("%(bureau)s is the bureau of this country; each has one."), field="country", bureau=bureau.name)
    if kind == OrganisationKind.NATIONAL_ENTITY and bureau is None:
        raise InputError(N_("This country has no bureau yet. Open that first."), field="country")
    return bureau


def change_organisation(*, code: str, name: str | None = None, contact: str | None = None, ceiling: int | None = None) -> Organisation:
    """Change name, contact or the highest clearance of an organisation. Raises InputError for an unknown code.

    A lower ceiling leaves clearances above it as they are: `isotrace account list` shows them.
    """
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise InputError(N_("There is no organisation “%(code)s”. See: isotrace organisation list."), field="code", code=code[:40])
    if name is not None:
        found.name = _words(name, "name", 200)
    if contact is not None:
        found.contact = _words(contact, "contact", 200, needed=False)
    found.ceiling = found.ceiling if ceiling is None else ceiling
    found.save(using=OWNER)
    return found
