"""Reports, and what each says: entities and links, immutable once filed except by their owner."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.schema.said import STATEMENTS
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.handling.search import Searched
from isotrace.handling.sifting import Sifted
from isotrace.records.draft_models import IncidentDraft  # noqa: F401  # a table of its own file
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveOpening  # noqa: F401  # tables of their own file
from isotrace.records.status_models import StatusChange  # noqa: F401  # a table of its own file

STATEMENT_CHOICES = [(code, _(label)) for code, label in STATEMENTS.items()]


class ReportKind(models.TextChoices):
    """Where a report comes from; what the press says is never shown as police information (R2.21)."""

    POLICE = "police", _("Police report")
    PERSONS = "persons", _("Persons in an incident")
    OPEN_SOURCE = "open_source", _("Open source")
    REGULATOR = "regulator", _("Regulator's report")
    NOTIFICATION = "notification", _("Notification of an incident")


class Report(Owned):
    """A piece of information that one organisation supplied, under its envelope.

    `about` joins the report on persons to the report on the event. `assessment` is the authority's own assessment of a
    person: {"number", "author", "date", "ground", ...}. `citations`: [{"title", "url", "retrieved"}]. `location` is the place in
    words. The columns `words_listed` and `words_whole`, which the database fills, hold what a list shows of it as words, and all of it.
    `kinds`, `materials`, `incident_group`, `category` (1 to 5) and `said` are what its things say, for facets and words; see `projecting`.
    `origin` is a code of `records.origins` where that decides who may see it. `caveats` are codes of `engine.notices.caveats` that
    a person in it bears; `countable` is the owner's word that the event may be counted in released statistics.
    """

    rights = Rights(Database.INCIDENTS)
    searched = Searched(newest="filed_at", exact=("country", "kind", "incident_type"), span=("event_from", "event_to"))
    sifted = Sifted(
        newest="filed_at",
        shown={"kind": "kind", "country": "country", "type": "incident_type", "material": "materials[]", "owner": "owner_id"},
        told={"group": "incident_group", "category": "category", "thing": "kinds[]"},
        span=("event_from", "event_to"),
        grades="records.Grading",
        places="records.Place",
    )

    kind = models.CharField(max_length=16, choices=ReportKind.choices)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, default="")
    about = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="companions")
    assessment = models.JSONField(default=dict)
    citations = models.JSONField(default=list)
    event_from = models.DateField(null=True, blank=True)
    event_to = models.DateField(null=True, blank=True)
    event_text = models.CharField(max_length=10, blank=True, default="")
    country = models.CharField(max_length=3, blank=True, default="")
    incident_type = models.CharField(max_length=40, blank=True, default="")
    material = models.CharField(max_length=120, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    location = models.CharField(max_length=500, blank=True, default="")
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    materials = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    incident_group = models.CharField(max_length=3, blank=True, default="")
    category = models.CharField(max_length=1, blank=True, default="")
    said = models.TextField(blank=True, default="")
    caveats = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    countable = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, blank=True, default="")
    schema_version = models.CharField(max_length=20)
    filed_at = models.DateTimeField()
    filed_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-filed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-filed_at", "-id"], name="reports_newest"),
            models.Index(fields=["owner", "-filed_at"], name="reports_of_owner"),
            models.Index(fields=["country", "-filed_at", "-id"], name="reports_of_country"),
            models.Index(fields=["retention_until"], name="reports_retention"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "reference"], condition=~models.Q(reference=""), name="reference_within_owner")
        ]

    def __str__(self) -> str:
        return self.title


class Entity(Owned):
    """What a report says of one thing: properties of a kind in the schema registry, and what kind of statement that is (R2.22).

    Beside them stand the forms in which it is found (`engine.projection`): keys of its names, numbers as "serial:A12345", the first and
    the last day of any date, the largest activity in becquerel of one item and the largest mass in kilogram.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True
    keyed = ("name_keys", "numbers")

    report = models.ForeignKey(Report, models.CASCADE, related_name="entities")
    kind = models.CharField(max_length=40)
    properties = models.JSONField(default=dict)
    statement = models.CharField(max_length=10, choices=STATEMENT_CHOICES, default="fact")
    schema_version = models.CharField(max_length=20)
    name_keys = ArrayField(models.TextField(), default=list, blank=True)
    numbers = ArrayField(models.TextField(), default=list, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    activity_bq = models.FloatField(null=True, blank=True)
    mass_kg = models.FloatField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["name_keys"], name="entities_names"),
            GinIndex(fields=["numbers"], name="entities_numbers"),
            models.Index(fields=["first_day"], name="entities_first_day", condition=models.Q(first_day__isnull=False)),
            models.Index(fields=["activity_bq"], name="entities_activity", condition=models.Q(activity_bq__isnull=False)),
        ]


class Link(Owned):
    """How two things of the same report belong together."""

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=40)
    source = models.ForeignKey(Entity, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Entity, models.CASCADE, related_name="links_in")
    properties = models.JSONField(default=dict)
    statement = models.CharField(max_length=10, choices=STATEMENT_CHOICES, default="fact")
    schema_version = models.CharField(max_length=20)


class Place(Owned):
    """Where an incident happened, as numbers for the map: degrees WGS 84, with how exactly it is known.

    `filed_at` is the report's, so that the newest are found without reading reports.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="places")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="places")
    latitude = models.FloatField()
    longitude = models.FloatField()
    precision = models.CharField(max_length=10)
    filed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-filed_at", "-id"], name="places_newest")]


class Grading(Owned):
    """One judgement of a report's origin and content; a new one is a new row, the old stays (R2.31).

    `scheme` is a key of `engine.notices.grades`; owned by whoever graded.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="gradings")
    scheme = models.CharField(max_length=20)
    source_grade = models.CharField(max_length=2)
    information_grade = models.CharField(max_length=2)
    note = models.TextField(blank=True, default="")
    graded_at = models.DateTimeField()
    graded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-graded_at", "-id"]


class Revision(Owned):
    """What a thing said before its owner corrected it: the former values of the properties that changed, None for new ones.

    Seen by the owner alone, so that what was wrong spreads no further.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")

    report = models.ForeignKey(Report, models.CASCADE, related_name="revisions")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="revisions")
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
