"""Codes of states, organisations and persons without a state, after Doc 9303-3 section 5."""

from isotrace.engine.schema import countries
from isotrace.engine.text import N_

_STATES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}
"""Codes that stand for a country of ISO 3166 under another name."""

_OTHERS = {
    "D": N_("Germany"),
    "GBD": N_("British Overseas Territories citizen"),
    "GBN": N_("British National (Overseas)"),
    "GBO": N_("British Overseas citizen"),
    "GBP": N_("British protected person"),
    "GBS": N_("British subject"),
    "RKS": N_("Kosovo"),
    "XKX": N_("Kosovo"),
    "EUE": N_("European Union laissez-passer"),
    "UNO": N_("United Nations, or one of its officials"),
    "UNA": N_("Specialised agency of the United Nations, or one of its officials"),
    "UNK": N_("Resident of Kosovo, document of the United Nations Interim Administration Mission"),
    "XBA": N_("African Development Bank"),
    "XIM": N_("African Export-Import Bank"),
    "XCC": N_("Caribbean Community or one of its emissaries"),
    "XCE": N_("Council of Europe"),
    "XCO": N_("Common Market for Eastern and Southern Africa"),
    "XDC": N_("Southern African Development Community"),
    "XEC": N_("Economic Community of West African States"),
    "XES": N_("Organization of Eastern Caribbean States"),
    "XMP": N_("Parliamentary Assembly of the Mediterranean"),
    "XOM": N_("Sovereign Military Order of Malta or one of its emissaries"),
    "XPO": N_("International Criminal Police Organization (INTERPOL)"),
    "XXA": N_("Stateless person (Convention of 1954)"),
    "XXB": N_("Refugee (Convention of 1951)"),
    "XXC": N_("Refugee other than under the Convention of 1951"),
    "XXX": N_("Person of unspecified nationality"),
    "UTO": N_("Utopia, in specimens only"),
    "IAO": N_("International Civil Aviation Organization, on lists of signing keys only"),
    "ANT": N_("Netherlands Antilles, no longer issued"),
    "NTZ": N_("Neutral Zone, no longer issued"),
}


def country_of(code: str) -> str | None:
    """The alpha-3 code of ISO 3166 that `code` stands for; None for organisations, persons without a state and unknown codes."""
    code = _STATES.get(code, code)
    return code if countries.is_country(code) else None


def meaning(code: str) -> str | None:
    """What a code that is not in ISO 3166 stands for, as a message id; None if it is a country's own code or not in the standard."""
    return _OTHERS.get(code)


def is_known(code: str) -> bool:
    """Whether the standard has `code`."""
    return code in _OTHERS or countries.is_country(code)
