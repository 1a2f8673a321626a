from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The room of retention and deletion."""

    name = "isotrace.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here, and listen for what is taken back."""
        from isotrace.desk.kinds import register
        from isotrace.handling.signals import taken_back
        from isotrace.notices.signals import withdrawn
        from isotrace.privacy import control, withheld
        from isotrace.privacy.recalls import recall_withdrawn
        from isotrace.privacy.tasks import KINDS

        for kind in KINDS:
            register(kind)
        taken_back.connect(withheld.note, dispatch_uid="privacy.withheld")
        withdrawn.connect(recall_withdrawn, dispatch_uid="privacy.recall_withdrawn")
        control.join()
