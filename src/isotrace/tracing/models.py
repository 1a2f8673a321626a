"""Materials that reports say were lost or found, as columns to compare."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.records.models import Entity, Report


class Side(models.TextChoices):
    """What a report says became of a material."""

    LOST = "lost", _("Lost or stolen")
    FOUND = "found", _("Found or seized")
    NEITHER = "", _("Not compared")


class Trace(Owned):
    """One material of a report as it is compared with others; written from what the report says, and again when it is corrected.

    `family` is the nuclide that instruments name, `activity_bq` holds on some day from `activity_first` to `activity_last`, `first` and
    `last` are the days between which it was lost or found. Positions are degrees WGS 84, off by up to `within_km`. `changed_at` is
    when any of it was written last.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="traces")
    entity = models.OneToOneField(Entity, models.CASCADE, related_name="trace")
    side = models.CharField(max_length=5, choices=Side.choices, blank=True, default="")
    nuclide = models.CharField(max_length=20, blank=True, default="")
    family = models.CharField(max_length=20, blank=True, default="")
    activity_bq = models.FloatField(null=True)
    activity_first = models.DateField(null=True)
    activity_last = models.DateField(null=True)
    mass_g = models.FloatField(null=True)
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    words = models.CharField(max_length=600, blank=True, default="")
    country = models.CharField(max_length=3, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    within_km = models.FloatField(default=1)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    filed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-filed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["side", "-filed_at", "-id"], name="traces_newest"),
            models.Index(fields=["side", "family", "-filed_at"], name="traces_alike"),
        ]
