"""What pages of lost and found show of pairs: both ends in a line each, the probability in words, the reasons as sentences."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from isotrace.engine.identity.judging import VERDICT_LABELS, Verdict
from isotrace.engine.radiology.lost_found import CONFIDENT
from isotrace.handling.forms import sentence
from isotrace.tracing.models import Side, Trace
from isotrace.tracing.queries import Compared, Pair

LIKELY, POSSIBLE = 0.5, 0.2
_TONES = {Verdict.SAME: "good", Verdict.DIFFERENT: "still", Verdict.UNDECIDED: "info"}


def likelihood(probability: float) -> dict[str, str]:
    """Return a probability in words and in percent, with its tone; 100 % is never said."""
    percent = number_format(min(round(100 * probability), 99))
    for least, words, tone in (
        (CONFIDENT, _("Very likely the same, %(percent)s %%"), "warn"),
        (LIKELY, _("Likely the same, %(percent)s %%"), "info"),
        (POSSIBLE, _("Perhaps the same, %(percent)s %%"), "still"),
    ):
        if probability >= least:
            return {"label": words % {"percent": percent}, "tone": tone}
    return {"label": _("Hardly the same, %(percent)s %%") % {"percent": percent}, "tone": "still"}


def pairs(found: Iterable[Pair]) -> list[dict[str, Any]]:
    """Return what a list shows of each pair."""
    return [
        {
            "find": end(pair.find),
            "loss": end(pair.loss),
            "likelihood": likelihood(pair.probability),
            "judged": judged(pair),
            "reasons": [sentence(reason) for reason in pair.reasons],
            "compare": reverse("lost_found_report", args=[pair.find.report_id]),
        }
        for pair in found
    ]


def judged(pair: Pair) -> dict[str, str] | None:
    """Return what somebody judged of a pair, with its tone; None where nobody did."""
    if not pair.judged:
        return None
    return {"label": _(VERDICT_LABELS[Verdict(pair.judged)]), "tone": _TONES[Verdict(pair.judged)]}


def end(trace: Trace) -> dict[str, Any]:
    """Return one end of a pair: the report and what it says of the material in a line."""
    return {
        "url": reverse("report", args=[trace.report_id]),
        "title": trace.report.title,
        "owner": trace.report.owner.name,
        "when": trace.report.event_text,
        "country": trace.country,
        "nuclide": trace.nuclide,
        "serials": ", ".join(trace.serials),
    }


def compared(found: Iterable[Compared]) -> list[dict[str, Any]]:
    """Return what the page of a report shows of each of its materials."""
    return [
        {
            "trace": end(each.trace),
            "side": Side(each.trace.side).label,
            "lost": each.trace.side == Side.LOST,
            "among": each.among,
            "rows": [row | {"other": row["find"] if each.trace.side == Side.LOST else row["loss"]} for row in pairs(each.pairs)],
        }
        for each in found
    ]
