"""The form that takes a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.uploads import KINDS, MOST_BYTES

_ENDINGS = sorted(suffix for kind in KINDS.values() for suffix in kind.suffixes)


class AddForm(forms.Form):
    """Asks for one file, and what it shows."""

    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(_ENDINGS)}))
    about = forms.CharField(label=_("What it shows"), required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beside the field what is taken."""
        super().__init__(*args, **kwargs)
        said = _("A document, a picture, a table or a text of at most %(most)d MB. Everybody who reads the report reads it.")
        self.fields["file"].help_text = said % {"most": MOST_BYTES >> 20}
