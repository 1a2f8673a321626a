"""Words in a text that goes wide which a technical reviewer looks at first: prices, routes, concealment, how a device is built.

One review serves notices, reports, courses, scenarios, case studies and the library. The words only route: a person decides and signs
(police-rules U.05). They are few and general on purpose, in the four working languages, and say nothing that is not in every newspaper.
"""

import re
import unicodedata

_WORDS = re.compile(
    r"(?:\d[\d.,]*\s?(?:usd|eur|dollars?|euros?|\$|€)|[$€]\s?\d[\d.,]*"  # prices
    r"|\b(?:price|prix|precio|asking for|million)\w*|\w{0,2}(?:سعر|مليون)\w*"
    r"|\b(?:route|itineraire|ruta|smuggl|contrebande|contraband|bypass|evad|elud|contourn)\w*|\w{0,2}(?:مسار|تهريب)\w*"
    r"|\b(?:hidden in|conceal|dissimul|ocult|escond|shield(?:ed|ing)|blindaje|blindage)\w*|\w{0,2}(?:إخفاء|تدريع|مخفي)\w*"
    r"|\b(?:dispers(?:al|e|ion)|detonat|explosi|assembl(?:e|y)|enrich(?:ment)?|purif|dissol|machin(?:ed|ing)|threshold|setting)\w*"
    r"|\w{0,2}(?:تفجير|تخصيب|متفجر)\w*)"
)
_DROPPED = frozenset({"Mn", "Cf", "Lm"})


def flagged(text: str) -> tuple[str, ...]:
    """Return the words of `text`, in small letters without accents, that a technical reviewer looks at first; each once, in order."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in _DROPPED).casefold()
    return tuple(dict.fromkeys(found.group() for found in _WORDS.finditer(" ".join(plain.split()))))
