"""The form of an incident, its fields drawn from the schema registry."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isotrace.bureaus.models import Organisation
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy import AUDIENCE_LABELS, CLASSIFICATION_LABELS, PURPOSE_LABELS, Audience, Classification, OrganisationKind, Purpose
from isotrace.engine.radiology.units import ACTIVITY_UNITS, MASS_UNITS
from isotrace.engine.schema import Property, registry
from isotrace.engine.schema.types import DOCUMENT_KINDS, POINT_PRECISIONS
from isotrace.handling.countries import choices as countries
from isotrace.handling.envelopes import Choice
from isotrace.records.filing import GROUNDS, Filing, Involved
