"""The signed head of the chain: one a day stored, and one for whoever keeps it elsewhere."""

from django.conf import settings

from isotrace.engine import clock
from isotrace.engine.audit import Head, Signer
from isotrace.engine.errors import InputError
from isotrace.engine.text import N_
from isotrace.handling.audit import sealing
from isotrace.handling.audit.models import AuditHead

_PARTS = ("at", "seq", "link", "public_key", "signature")


def signer() -> Signer:
    """Return whoever signs heads here. Raises InputError where this process was not given the key."""
    if not settings.AUDIT_SIGNING_KEY:
        raise InputError(
            N_("ISOTRACE_AUDIT_SIGNING_KEY is not set: heads of the audit trail are signed and checked where it is."),
            field="ISOTRACE_AUDIT_SIGNING_KEY",
        )
    return Signer(settings.AUDIT_SIGNING_KEY)


def head(using: str = "jobs") -> Head:
    """Sign the chain as it ends now."""
    return signer().sign(clock.now(), *sealing.last(using))


def keep(using: str = "jobs") -> Head | None:
    """Store today's head; None where there is one already."""
    day = clock.today()
    if AuditHead.objects.using(using).filter(day=day).exists():
        return None
    made = head(using)
    AuditHead.objects.using(using).create(day=day, **{name: getattr(made, name) for name in _PARTS})
    return made


def kept(using: str = "jobs") -> list[Head]:
    """Return every head that is stored, the oldest first."""
    rows = AuditHead.objects.using(using).order_by("day").values_list(*_PARTS)
    return [Head(at, seq, *(bytes(each) for each in blobs)) for at, seq, *blobs in rows]
