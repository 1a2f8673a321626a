"""Tags of the notices' pages: `{% load notices %}`."""
