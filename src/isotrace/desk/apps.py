from datetime import timedelta

from django.apps import AppConfig

from isotrace.engine.text import N_


class DeskConfig(AppConfig):
    """The room desk."""

    name = "isotrace.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what is asked about any record, and which records a duty officer has open."""
        from isotrace.desk.asking import ANSWERED_WITHIN, READ_WITHIN
        from isotrace.desk.glass import open_now
        from isotrace.desk.kinds import TaskKind, register
        from isotrace.handling import viewers

        for code, label, page, allowed in (
            ("consent.answer", N_("Answer a request for consent"), "consent", ANSWERED_WITHIN),
            ("consent.told", N_("Read the answer to your request for consent"), "consent", READ_WITHIN),
            ("correction.answer", N_("Answer a proposed correction"), "correction", ANSWERED_WITHIN),
            ("correction.told", N_("Read the answer to your correction"), "correction", READ_WITHIN),
            ("challenge.answer", N_("Decide on a doubt about your record, which is blocked until then"), "challenge", ANSWERED_WITHIN),
            ("challenge.duty", N_("See that a record was challenged and is blocked"), "challenge", timedelta(days=3)),
            ("challenge.mend", N_("Correct or delete a record whose challenge you upheld"), "challenge", ANSWERED_WITHIN),
            ("challenge.told", N_("Read the answer to your challenge"), "challenge", READ_WITHIN),
            ("raising.read", N_("See why the marking of your record was raised"), "raising", READ_WITHIN),
            ("forwarding.read", N_("Read what was passed on to you"), "forwarding", READ_WITHIN),
            ("glass.told", N_("See that your record was opened for an imminent threat"), "glass", timedelta(days=7)),
            ("rule.decide", N_("Decide on a proposed change of a rule"), "rule_change", ANSWERED_WITHIN),
            ("rule.told", N_("See that a rule was changed"), "rule_change", READ_WITHIN),
        ):
            register(TaskKind(code, label, page, allowed))
        viewers.register("glass", open_now)
