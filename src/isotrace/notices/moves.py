"""The steps that a person takes on the page of a notice: what each asks first, what it does, what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from isotrace.engine.notices import Action
from isotrace.notices import actions
from isotrace.notices.forms import ReasonForm
from isotrace.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Move:
    """One step: `question` and `told` stand on the page that asks first, "" for a step that is taken at once."""

    action: Action
    take: Callable[..., Notice]
    done: Any
    form: type[Form] = Form
    question: Any = ""
    told: Any = ""
    button: Any = ""

    @property
    def serious(self) -> bool:
        """Whether the step ends the notice for good."""
        return self.action in {Action.DECLINE, Action.WITHDRAW}


_ALL = (
    Move(Action.ADOPT, actions.adopt, _("The notice is your bureau's draft now. Complete it, then submit it for review.")),
    Move(Action.SUBMIT, actions.submit, _("The notice waits for review. Its owner and the unit see where it stands.")),
    Move(Action.REVIEW, actions.review, _("The review is confirmed. The notice can be published.")),
    Move(Action.SIGN, actions.sign, _("You have signed that nothing in it helps to build or use a device.")),
    Move(
        Action.DECLINE,
        actions.decline,
        _("The proposal is declined. The unit reads your reason."),
        ReasonForm,
        _("Decline the proposed notice?"),
        _("It ends here for good; the unit can propose another one. The unit reads your reason."),
        _("Decline"),
    ),
    Move(
        Action.RETURN,
        actions.return_,
        _("The notice is back with its bureau, with your reasons."),
        ReasonForm,
        _("Return the notice with reasons?"),
        _("It becomes a draft again, and its bureau is asked to mend it. Say what is missing or wrong, and how to mend it."),
        _("Return with reasons"),
    ),
    Move(
        Action.PUBLISH,
        actions.publish,
        _("The notice is published. Border checks find it from now on."),
        Form,
        _("Publish the notice?"),
        _("It gets its number, and every border check finds it at once. Its owner can withdraw it at any time."),
        _("Publish"),
    ),
    Move(
        Action.WITHDRAW,
        actions.withdraw,
        _("The notice is withdrawn. Border checks no longer find it."),
        ReasonForm,
        _("Withdraw the notice?"),
        _("It ends here for good: border checks no longer find it, and nobody but its owner and the unit sees it."),
        _("Withdraw"),
    ),
)
MOVES: Mapping[str, Move] = {move.action: move for move in _ALL}
ASKS = frozenset(move.action for move in _ALL if move.question)
"""Steps that are asked about on a page of their own before they are taken."""
