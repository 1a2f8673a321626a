"""What people are asked to do about what arrives."""

from datetime import timedelta

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.kinds import TaskKind
from isotrace.engine.intake import DECISIONS, URGENCIES, Kind, Urgency
from isotrace.engine.intake.cases import ANSWER_WITHIN
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.text import N_

DECIDE = TaskKind("intake.decide", N_("Decide on something that arrived"), "arrival", URGENCIES[Urgency.ROUTINE].span)
TRIAGE = TaskKind(
    "intake.triage", N_("Judge whether something that arrived can be true"), "arrival", DECISIONS[Kind.TRIAGE].span or timedelta()
)
OVERDUE = TaskKind("intake.overdue", N_("See to something that arrived and waits past its time"), "arrival", timedelta(hours=4))
PROPOSE = TaskKind(
    "intake.propose", N_("Propose or draft a notice on the person in a report"), "report", DECISIONS[Kind.PROPOSE].span or timedelta()
)
TIED = TaskKind("gap.tied", N_("See which report answers a question of yours"), "gap", timedelta(days=14))
ADD = TaskKind("case.add", N_("Add what you know of a case, or say that there is nothing"), "case_request", ANSWER_WITHIN)
CONFIRM = TaskKind("case.confirm", N_("Confirm or deny what the press reports of your country"), "case_request", ANSWER_WITHIN)
TOLD = TaskKind("case.told", N_("Read the answer to a request about a case"), "case_request", timedelta(days=14))
SAID = TaskKind("report.said", N_("See what a State says of an open-source report"), "report", timedelta(days=14))
AGREE = TaskKind("agreement.decide", N_("Confirm or refuse the terms of an agreement"), "agreement", timedelta(days=10))
KINDS = (DECIDE, TRIAGE, OVERDUE, PROPOSE, TIED, ADD, CONFIRM, TOLD, SAID, AGREE)
SUBJECT = "arrival"


def role_for(organisation: Organisation) -> str:
    """Return whose work it is at an organisation to decide on what arrives there."""
    return Role.ANALYST if organisation.kind == OrganisationKind.SECRETARIAT else Role.BUREAU_OFFICER
