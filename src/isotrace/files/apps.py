from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The room of files."""

    name = "isotrace.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
