"""Whether two folded names can be the same: their words are paired one to one, in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import OSA, JaroWinkler

MOST_WORDS = 12
"""Words of a name beyond these are left out, so that a comparison ends in time."""
SHORTEST_SLIP = 4
"""A shorter word has to be equal letter by letter: Ali is not Ari."""

_PARTICLES = frozenset(
    "al el ul ad as bin ben ibn bint abu abd von van der den de del della di da do dos das la le oglu ogly kyzy".split()  # noqa: SIM905
)
_SAME_SOUND = str.maketrans({"c": "k", "q": "k", "z": "s", "x": "ks", "v": "f", "h": "", "w": "", "y": "i"})
_VOWELS = frozenset("aeiou")
_SHORTEST_SKELETON = 3
_LEAST_ALIKE = 0.8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two names agree: `alike` from 0 to 1; `exact` if each has the same words."""

    alike: float
    exact: bool


def core(words: Sequence[str]) -> Words:
    """The words that tell people apart: without particles, unless there is nothing else; at most MOST_WORDS."""
    kept = tuple(word for word in words[:MOST_WORDS] if word not in _PARTICLES)
    return kept or tuple(words[:MOST_WORDS])


def skeleton(word: str) -> str:
    """The consonants of a word as they sound, so that Muhammad and Mohamed are one; "" if too few are left to mean anything."""
    sounds = "".join(sound for sound, _ in groupby(word.translate(_SAME_SOUND)))
    bare = ("a" if sounds[:1] in _VOWELS else sounds[:1]) + "".join(sound for sound in sounds[1:] if sound not in _VOWELS)
    return bare if len(bare) >= _SHORTEST_SKELETON else ""


def words_agree(one: str, other: str) -> bool:
    """Whether two words are the same up to one slip of the pen, or sound the same; symmetric."""
    if one == other:
        return len(one) > 1
    if min(len(one), len(other)) < SHORTEST_SLIP:
        return False
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    if JaroWinkler.similarity(one, other) < _LEAST_ALIKE:
        return False
    bones = skeleton(one)
    return bool(bones) and bones == skeleton(other)


def _initial_agrees(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def align(one: Words, other: Words) -> Alignment | None:
    """Compare two folded names; None if they do not agree. Symmetric, and blind to the order of words.

    They agree if at least two words pair up, one of them in full, and none of the shorter name's words is left over
    (one may be, out of four or more); or if both are one and the same single word; or if they differ only in how words are joined.
    """
    if "".join(one) == "".join(other):
        return Alignment(1.0, exact=True) if one else None
    first, second = core(one), core(other)
    left, right = _without_common(first, second)
    equal = len(first) - len(left)
    left, right, alike = _paired(left, right, words_agree)
    *_, initials = _paired(left, right, _initial_agrees)
    shorter = min(len(first), len(second))
    needed = max(2, shorter if shorter < 4 else shorter - 1)
    if equal + alike == 0 or equal + alike + initials < needed:
        return None
    longer = max(len(first), len(second))
    return Alignment((equal + 0.8 * alike + 0.5 * initials) / longer, exact=equal == longer)


def _without_common(one: Words, other: Words) -> tuple[list[str], list[str]]:
    """Both names without the words that they share, each as often as both have it; single letters stay."""
    left, right = list(one), list(other)
    for word in one:
        if len(word) > 1 and word in right:
            left.remove(word)
            right.remove(word)
    return left, right


def _paired(left: list[str], right: list[str], agree: Callable[[str, str], bool]) -> tuple[list[str], list[str], int]:
    """Pair as many words as can be paired (augmenting paths); return what is left over on both sides, and the number of pairs."""
    partner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j, word in enumerate(right):
            if j not in tried and agree(left[i], word):
                tried.add(j)
                if j not in partner or place(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    for i in range(len(left)):
        place(i, set())
    taken = set(partner.values())
    rest = [word for i, word in enumerate(left) if i not in taken]
    return rest, [word for j, word in enumerate(right) if j not in partner], len(partner)
