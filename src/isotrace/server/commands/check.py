"""`isotrace check`: one traveller against the published notices, as the person whose key it is."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from isotrace.engine.errors import InputError
from isotrace.engine.text import Message
from isotrace.server.errors import ConfigError, ServerError

if TYPE_CHECKING:
    from isotrace.bureaus.models import Account
    from isotrace.screening.actions import CheckAnswer, Lead

NO_MATCH, LEAD = 0, 3
MOST_READ = 1_000_000
"""Characters read from standard input; a zone has 90, and what is longer is refused with its length."""
EPILOG = (
    "The check is made as the person whose key is in ISOTRACE_TOKEN, or in the file that ISOTRACE_TOKEN_FILE names; a "
    "demonstration (ISOTRACE_MODE=demo) without a key checks as its border officer. It is written down as on the page, and each lead "
    "opens a hit. Exit codes: 0 no match, 3 a lead, 2 input that cannot be understood, 1 a failure. Other users of this machine "
    "may see a command's words: give a real traveller by standard input."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the one field and what narrows it."""
    parser.epilog = EPILOG
    parser.add_argument("text", help='a name, a document number or the lines of a machine-readable zone; "-" reads standard input')
    parser.add_argument("--born", default="", metavar="DATE", help="date of birth as far as known: 1970-05-02, 1970-05 or 1970")
    parser.add_argument("--nationality", default="", metavar="COUNTRY", help="code of ISO 3166, for example MDA")
    parser.add_argument("--json", action="store_true", help="print what the programming interface answers")


def run(args: argparse.Namespace) -> int:
    """Check and print the answer. Raises InputError for what cannot be understood, ServerError where it cannot be checked."""
    from isotrace.server import config, readiness, upkeep
    from isotrace.server.environment import Environment

    settings = config.load()
    key = Environment(os.environ).text("ISOTRACE_TOKEN")
    if not key and settings.mode != "demo":
        raise ConfigError("ISOTRACE_TOKEN is not set: make a key with isotrace token make.", field="ISOTRACE_TOKEN")
    text = _standard_input() if args.text == "-" else args.text
    with upkeep.cluster_at_hand(settings):
        readiness.require_current()
        return _checked(_holder(key) if key else _demo_officer(), text, args)


def _standard_input() -> str:
    try:
        return sys.stdin.read(MOST_READ)
    except UnicodeDecodeError:
        raise InputError("Standard input is not text in UTF-8. Scan the document again, or type the number or the name.") from None


def _holder(key: str) -> "Account":
    from isotrace.bureaus.keys import holder

    found = holder(key)
    if found is None:
        raise ConfigError(
            "ISOTRACE_TOKEN holds no valid key: it is unknown or over, or its person's function has ended. "
            "Make another with isotrace token make.",
            field="ISOTRACE_TOKEN",
        )
    return found


def _demo_officer() -> "Account":
    from isotrace.bureaus.models import Account
    from isotrace.bureaus.roles import Role
    from isotrace.server import demo

    emails = [shown.email for shown in demo.accounts() if shown.role == str(Role.BORDER_OFFICER.label)]
    return Account.objects.select_related("organisation").get(email=emails[0])


def _checked(account: "Account", text: str, args: argparse.Namespace) -> int:
    from django.utils import translation

    with translation.override(account.language):
        answer = _ask(account, text, args)
        print(_json(answer) if args.json else "\n".join(_words(answer)))
    return LEAD if answer.leads else NO_MATCH


def _ask(account: "Account", text: str, args: argparse.Namespace) -> "CheckAnswer":
    """Check as the person; a refusal is written down before it is told."""
    from isotrace.bureaus.queries import viewer_of
    from isotrace.handling.context import acting_as
    from isotrace.screening import actions

    with acting_as(viewer_of(account)) as viewer:
        try:
            return actions.check(viewer, account, text, born=args.born, nationality=args.nationality)
        except PermissionError as error:
            refused = str(error)
    raise ServerError(refused)


def _json(answer: "CheckAnswer") -> str:
    from isotrace.screening.api import CheckOut, answered

    return CheckOut(**answered(answer)).model_dump_json(indent=2)


def _words(answer: "CheckAnswer") -> Iterator[str]:
    from django.utils.translation import gettext, ngettext

    from isotrace.web.bands import BANDS

    face = BANDS[answer.band]
    yield from (gettext(face.headline), gettext(face.explanation))
    if answer.repairs:
        yield from _listed(gettext("Read otherwise than scanned"), answer.repairs)
    for lead in answer.leads:
        yield ""
        yield from _lead(lead)
    if answer.more:
        yield ""
        yield ngettext(
            "%(number)s more notice carries this name. Add the date of birth.",
            "%(number)s more notices carry this name. Add the date of birth.",
            answer.more,
        ) % {"number": answer.more}


def _lead(lead: "Lead") -> Iterator[str]:
    from django.conf import settings
    from django.urls import reverse
    from django.utils.translation import gettext

    from isotrace.handling.forms import sentence

    told = lead.guidance
    yield f"{sentence(told.label)} {lead.notice_number}: {gettext(lead.band.label)}"
    yield f"  {sentence(told.instruction)}"
    yield from _listed(gettext("Why"), lead.reasons)
    yield from _listed(gettext("What to do"), told.to_do)
    yield from _listed(gettext("What not to do"), told.not_to_do)
    yield f"  {sentence(told.caveat)}"
    yield f"  {gettext('Your national central bureau')}: {_party(lead.bureau, lead.bureau_contact)}"
    yield f"  {gettext('Owner of the notice')}: {_party(lead.owner, lead.contact)}"
    yield f"  {gettext('Open the hit')}: {settings.PUBLIC_URL}{reverse('hit', args=[lead.hit_id])}"


def _listed(heading: str, lines: Iterable[Message]) -> Iterator[str]:
    from isotrace.handling.forms import sentence

    yield f"  {heading}"
    yield from (f"    - {sentence(line)}" for line in lines)


def _party(name: str, contact: str) -> str:
    return f"{name} ({contact})" if contact else name or "-"
