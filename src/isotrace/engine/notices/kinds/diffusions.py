"""Diffusions: what a bureau sends to bureaus of its choice, by purpose (police-rules 5.6)."""

from dataclasses import replace

from isotrace.engine.notices.kinds.blue import BLUE
from isotrace.engine.notices.kinds.green import GREEN
from isotrace.engine.notices.kinds.model import Kind, Need, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.red import RED
from isotrace.engine.notices.kinds.shared import ASKED, COMPARE, INFORM_BUREAU, NEUTRAL, NOT_TO_DO, RELEASE, SEND_INFORMATION, TELL_OWNER
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

CAVEAT = N_("A diffusion is a request of one bureau to others, never an arrest order; national law decides its effect.")
PENDING = N_("The secretariat's examination of this diffusion is still to come. If it is refused, you will be told to delete it.")
"""Said to recipients of a diffusion that went out before its review (D.04, D.05)."""


def _like(kind: Kind, code: str, letter: str, label: str, summary: str, *, held: bool) -> Kind:
    """A diffusion under the conditions of the notice whose purpose it shares (D.02, D.06)."""
    return replace(
        kind,
        code=code,
        letter=letter,
        label=label,
        summary=summary,
        caveat=CAVEAT,
        may_be_public=False,
        diffusion=True,
        held=held,
        fast_lane=False,
    )


ARREST = _like(
    RED,
    "d_arrest",
    "DA",
    N_("Diffusion: arrest or restriction of movement"),
    N_("Asks some bureaus to locate a wanted person and, where national law allows, to arrest or restrict the movement of the person."),
    held=True,
)
LOCATE = _like(BLUE, "d_locate", "DL", N_("Diffusion: locate or trace"), N_("Asks some bureaus where a person of interest is."), held=False)
INFORMATION = _like(
    BLUE,
    "d_more",
    "DM",
    N_("Diffusion: additional information"),
    N_("Asks some bureaus for what is known of a person of interest."),
    held=False,
)
IDENTIFICATION = replace(
    _like(BLUE, "d_ident", "DI", N_("Diffusion: identification"), N_("Asks some bureaus who a person is."), held=False),
    purpose=Purpose.IDENT,
)
WARN = _like(GREEN, "d_warn", "DW", N_("Diffusion: warning"), N_("Warns some bureaus of a person's criminal activities."), held=False)
INFORM = Kind(
    code="d_inform",
    letter="DN",
    label=N_("Diffusion: for information"),
    purpose=Purpose.INFO,
    summary=N_("Tells some bureaus something that they should know. It holds no data on persons."),
    caveat=CAVEAT,
    officer_instruction=N_("For information. Nothing is asked of you."),
    subject=Subject.MATTER,
    person=Need.NEVER,
    actions=(COMPARE, SEND_INFORMATION, INFORM_BUREAU, TELL_OWNER),
    texts=(
        TextRule("what_done", N_("What you tell"), N_("Facts, and how sure they are."), N_("Write what you tell."), least=40),
        TextRule(
            "risk_now", N_("Why they should know it"), N_("What it changes for the reader."), N_("Write why they should know it."), least=40
        ),
        ASKED,
        NOT_TO_DO,
    ),
    requirements=(
        Requirement("U.04", "impersonal"),
        Requirement("U.05", "dual_use", late=True),
        Requirement("D.04", "enough"),
        Requirement("D.04", "texts"),
        Requirement("D.04", "actions"),
        *NEUTRAL,
        *RELEASE,
    ),
    diffusion=True,
    held=False,
)
DIFFUSIONS = (ARREST, LOCATE, INFORMATION, IDENTIFICATION, WARN, INFORM)
