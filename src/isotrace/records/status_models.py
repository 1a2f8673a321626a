"""How the status of a person in a report changed: by the owner alone, with legal basis and date (police-rules R2.14)."""

from typing import ClassVar

from django.db import models

from isotrace.bureaus.roles import Database
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights


class StatusChange(Owned):
    """One change of an involvement's status; read by whoever reads the report, so that the change reaches all who received it (R2.23).

    `before` and `after` are codes of the status. `kept_for` is the other purpose that stands where proceedings ended without a
    conviction; "" then means that the report goes (R4.08).
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey("records.Report", models.CASCADE, related_name="status_changes")
    link = models.ForeignKey("records.Link", models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=30)
    after = models.CharField(max_length=30)
    legal_basis = models.CharField(max_length=500)
    decided_on = models.DateField()
    kept_for = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
