"""Django's forms drawn with our own templates: label, hint, error, in that order and tied together for screen readers."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Set as FORM_RENDERER: `{{ form }}`, `{{ field.as_field_group }}` and formsets come out in our markup."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"
