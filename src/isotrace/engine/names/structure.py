"""How names are built: servants of God, names that end in God or faith, each written in one word or in three."""

import re
from itertools import groupby

MOST_TOKENS = 10

_ABD_ALONE = frozenset("abdul abdel abdal abdol abdur abder abdus abdil abdoul aboul".split()) - {"aboul"}  # noqa: SIM905
_ABD = re.compile("abd(?:ou|[aeiou])(?:l(?!l?a?h$)|r(?=r)|s(?=s)|z(?=z)|n(?=n)|d(?=d)|t(?=t)|(?=[rsztdn]))(?P<rest>[a-z]{3,})")
_ABD_ARABIC = re.compile("عبدال(?!له)(?P<rest>.{2,})")
_GOD = frozenset("allah ullah ollah ellah illah alah ulah allh الله".split())  # noqa: SIM905
_ARTICLES = frozenset("al el ul ad ed ud id ال".split())  # noqa: SIM905
_FAITH = {"din": "udin", "deen": "udin", "dine": "udin", "دين": "دين"}
_OF_FAITH = frozenset("uddin udin eddin eddine addin aldin eldin uldin".split())  # noqa: SIM905


def regrouped(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write what is one name as one word, however it was spaced: Abdurrahman is abd al rahman, Hidayat Ullah is hidayatullah."""
    found: list[str] = []
    for word in words:
        if (word in _GOD or word.startswith("الله")) and found:
            found[-1] += word if word[0] in "aueoiا" else "allah"
        elif word in _FAITH and len(found) > 1 and found[-1] in _ARTICLES:
            found[-2:] = [found[-2] + _FAITH[word]]
        elif word in _OF_FAITH and found:
            found[-1] += "udin"
        else:
            found += _servant(word)
    return tuple(found[:MOST_TOKENS])


def _servant(word: str) -> list[str]:
    if word in _ABD_ALONE:
        return ["abd", "al"]
    match = _ABD.fullmatch(word) if word.startswith("abd") else _ABD_ARABIC.fullmatch(word) if word.startswith("عبدال") else None
    if match is None:
        return [word]
    return ["abd", "al", match["rest"]] if word[0] == "a" else ["عبد", "ال", match["rest"]]


def single(spelt: str) -> str:
    """Write doubled letters once: Mohammed and Mohamed are one."""
    return "".join(letter for letter, _ in groupby(spelt))
