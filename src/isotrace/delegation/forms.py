"""The forms of delegated access: invitations, clearances, grants, items of the national sheet, communities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import MARKINGS, YEAR, Organisation
from isotrace.bureaus.queries import administered, entities
from isotrace.bureaus.roles import GRANTABLE, HELD_AT, Database, Role
from isotrace.bureaus.sheets import NO, YES, Item
from isotrace.delegation.communities import LONGEST_ABOUT, POLICE
from isotrace.engine import clock
from isotrace.engine.notices import add_months
from isotrace.engine.policy import DatabaseVerb, Viewer

VERBS = {DatabaseVerb.CONSULT: _("Consult"), DatabaseVerb.RECORD: _("Record")}
DATABASES = {code: Database(code).label for code in GRANTABLE}


def _day(label: Any, hint: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def _line(label: Any, hint: Any = "", *, longest: int = 120, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=required, widget=widget)


def _clearance() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Clearance"), help_text=_("Up to the highest clearance of the organisation."), coerce=int, choices=MARKINGS
    )


class InviteForm(forms.Form):
    """Asks for whom an account is opened."""

    name = _line(_("Name"))
    email = forms.EmailField(label=_("Address of mail"), help_text=_("A link to set a password goes there, and nothing else."))
    organisation = forms.ChoiceField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"))
    clearance = _clearance()
    post = _line(_("Post"), _("Where an officer at a border works; a hit carries it."), required=False)
    ends_on = _day(_("Last day"), _("The account ends after it by itself."))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Take Django's arguments and who invites."""
        super().__init__(*args, **kwargs)
        homes = list(administered(viewer))
        held = {role for home in homes for role in HELD_AT.get(home.kind, ())}
        self.fields["organisation"].choices = [(str(home.id), home.name) for home in homes]  # type: ignore[attr-defined]
        self.fields["role"].choices = [(str(role), role.label) for role in Role if role in held]  # type: ignore[attr-defined]


class ClearanceForm(forms.Form):
    """Asks for another clearance."""

    clearance = _clearance()


class EndForm(forms.Form):
    """Asks after which day an account ends."""

    last_day = _day(_("Last day"), _("Leave it empty to end the account now."))


class GrantForm(forms.Form):
    """Asks what an entity may open, under which agreement, and until when the bureau checks it again."""

    entity = forms.ChoiceField(label=_("National entity"))
    databases = forms.MultipleChoiceField(label=_("It may open"), choices=DATABASES.items, widget=forms.CheckboxSelectMultiple)
    verbs = forms.MultipleChoiceField(
        label=_("And there"), choices=lambda: [(str(v), label) for v, label in VERBS.items()], widget=forms.CheckboxSelectMultiple
    )
    agreement = _line(_("Reference of the written agreement"), _("Between your bureau and the entity. All bureaus see it in the register."))
    valid_from = _day(_("First day"), required=True)
    review_due = _day(
        _("Check the entity by"), _("Within a year. If the check is missed, the grant is frozen the day after."), required=True
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Take Django's arguments and who grants."""
        today = clock.today()
        kwargs.setdefault("initial", {"valid_from": today, "review_due": add_months(today, YEAR)})
        super().__init__(*args, **kwargs)
        found = entities(viewer.country)
        self.fields["entity"].choices = [(str(each.id), each.name) for each in found]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """Asks what the law says on one item, where, and since when."""

    value = forms.CharField()
    reference = _line(_("Provision"), _("The law and the section that says so."), longest=200)
    dated = _day(_("Date of the provision"), required=True)
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        """Take Django's arguments and the item."""
        super().__init__(*args, **kwargs)
        label, hint = _(item.label), _(item.hint)
        if item.kind == "number":
            self.fields["value"] = forms.CharField(label=label, help_text=hint, widget=forms.NumberInput())
        else:
            answers = [(YES, _("Yes")), (NO, _("No"))]
            self.fields["value"] = forms.ChoiceField(label=label, help_text=hint, choices=answers, widget=forms.RadioSelect)


class CommunityForm(forms.Form):
    """Asks what a community is called, what it is for, and until when."""

    name = _line(_("Name"), _("As members read it when they choose who may see a record."), longest=200)
    about = forms.CharField(label=_("Purpose"), max_length=LONGEST_ABOUT, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    ends_on = _day(_("Last day"), _("Leave it empty if that is not known; you can end it at any time."))


def _police() -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in Organisation.objects.filter(kind__in=POLICE)]


class MemberForm(forms.Form):
    """Asks whom a community lets in."""

    organisation = forms.ChoiceField(label=_("Organisation"), choices=_police)
    email = forms.EmailField(
        label=_("Only this person of it"),
        help_text=_("The address of mail. Leave it empty to let the whole organisation in."),
        required=False,
    )
