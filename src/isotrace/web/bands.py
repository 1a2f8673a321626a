"""The four answers of a border check, as the officer reads them."""

from dataclasses import dataclass

from isotrace.engine.text import N_


@dataclass(frozen=True, slots=True)
class BandFace:
    """Headline, one sentence, icon and tone of a band."""

    headline: str
    explanation: str
    icon: str
    tone: str


BANDS = {
    "document_match": BandFace(
        N_("Document match"),
        N_("The document number is on a notice. This is a lead: compare the person with the notice."),
        "document",
        "bad",
    ),
    "identity_likely": BandFace(
        N_("Identity likely"),
        N_("The name and a second identifier agree with a notice. This is a lead: ask for a document."),
        "person",
        "warn",
    ),
    "same_name": BandFace(
        N_("Same name, nothing to contradict it"),
        N_("Only the name agrees. Many people share a name: compare more before you act."),
        "two_persons",
        "info",
    ),
    "no_match": BandFace(
        N_("No match"), N_("Nothing on a notice agrees with what was checked. No trace of the traveller is kept."), "check", "still"
    ),
}
