"""Words in a notice's text that want a second look, in the four working languages.

The lists are our own. Coercive words in what is asked of the reader block (G.06: no arrest, no detention, no refusal);
words that hint at politics, armed forces, religion or race only send the text to legal review and never decide (R2.04).
"""

import re
import unicodedata

_DROPPED = frozenset({"Mn", "Cf", "Lm"})

_COERCIVE = re.compile(
    r"\b(?:"
    # English
    r"arrest\w*|detain\w*|detention\w*|apprehen\w*|custody|handcuff\w*|imprison\w*|deport\w*|extradit\w*"
    r"|(?:hold|seize|expel) (?:him|her|them|the person|this person|the traveller)"
    r"|(?:refus|den)\w+ (?:of )?(?:(?:him|her|them|the person|the traveller) )?(?:entry|entrance|admission|boarding|exit)"
    r"|turn (?:him|her|them|the person|the traveller) (?:back|away)"
    # French
    r"|arrete\w*|interpell\w*|detenir\w*|detenez|detenu\w*|garde a vue|ecrouer\w*|expuls\w*"
    r"|refus\w* (?:de )?(?:l[' ’])?(?:entree|admission)"
    # Spanish
    r"|detener\w*|deteng\w*|detien\w*|detenid[oa]s?\b|detencion\w*|custodia|extradic\w*"
    r"|(?:deneg|denieg|rechaz|rechac)\w* (?:la |su )?entrada"
    r")"
    # Arabic
    r"|\w{0,4}(?:عتقا?ل|حتجا?ز|توقيف|القبض)\w*|\w{0,4}(?:رفض|منع)\w{0,4} (?:من )?(?:ال)?دخول\w*"
)
_NEUTRALITY = re.compile(
    r"\b(?:"
    # English
    r"treason\w*|espionage|spy|spies|spying|sediti\w*|elect(?:ion|oral)\w*|religio\w*|blasphem\w*|apostasy|desert(?:ion|er|ers)|press"
    r"|journalis\w*|politic\w*|militar\w*|racial\w*|ethnic\w*|insult\w* (?:to |of )?the (?:state|president|king|queen|government|nation)"
    # French
    r"|trahison\w*|espionnage|espion\w*|insoumission|presse|politique\w*|militaire\w*|ethnique\w*"
    # Spanish
    r"|traicion\w*|espionaje|espia\w*|eleccion\w*|desercion\w*|desertor\w*|prensa|periodis\w*|blasfem\w*|etnic\w*"
    r")\b"
    # Arabic
    r"|\w{0,4}(?:خيانة|تجسس|جاسوس|انتخاب|الدين|دينية|ديني|صحاف|صحفي|سياسي|عسكري|عرقي)\w*|الفرار من الخدمة"
)


def fold(text: str) -> str:
    """Return `text` in small letters without accents, vowel signs and joiners, one space between words."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in _DROPPED)
    return " ".join(plain.casefold().split())


def coercive_words(text: str) -> tuple[str, ...]:
    """Return the words, folded, that ask for arrest, detention or refusal; each once, in order."""
    return _found(_COERCIVE, text)


def neutrality_words(text: str) -> tuple[str, ...]:
    """Return the words, folded, that ask for a legal look; each once, in order."""
    return _found(_NEUTRALITY, text)


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group() for match in pattern.finditer(fold(text))))
