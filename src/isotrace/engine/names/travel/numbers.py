"""Document numbers as readers and typists confuse them: a key to look them up by, and how well two of them agree."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from isotrace.engine.names.fold import fold_number

LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that are printed like a Latin one: on the document nobody can tell which was meant."""
_FOLD = str.maketrans("OQDILZSGB", "000112568")
"""What OCR-B and worn print confuse most, brought to the digit."""
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in ("08", "38", "17", "56", "27", "4A", "7T", "0U", "0C", "6C", "UV", "VY", "MN", "NH", "PR", "EF", "KX", "VW", "1J", "1T")
)  # fmt: skip
"""What is confused less often, between folded characters; a digit off for no such reason is another document."""
_SHORTEST_STRONG = 6
_FEWEST_KINDS = 3


class DocumentLevel(StrEnum):
    """How well two document numbers agree, best first; UNKNOWN if either is empty, which is no evidence."""

    EQUAL = "equal"
    FOLDED = "folded"
    NEAR = "near"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """`strong` if the number is long and varied enough to point at one document, and it is equal, if need be after folding."""

    level: DocumentLevel
    strong: bool = False

    @property
    def agrees(self) -> bool:
        """Whether both may be one number, a slip apart at most."""
        return self.level in (DocumentLevel.EQUAL, DocumentLevel.FOLDED, DocumentLevel.NEAR)


def document_number(number: str) -> str:
    """Return `number` in capitals and digits only, look-alikes of other alphabets in Latin: "а 123-456" is "A123456"."""
    return fold_number(number.upper().translate(LOOK_ALIKES))


@lru_cache(maxsize=1 << 16)
def document_key(number: str) -> str:
    """Return the key under which a number is looked up, equal for all readings that confuse 0/O/Q/D, 1/I/L, 2/Z, 5/S, 6/G and 8/B.

    Empty if there is neither a letter nor a digit in it; such a number is not to be looked up.
    """
    return document_number(number).translate(_FOLD)


def is_telling(number: str) -> bool:
    """Whether a number can be strong evidence: six characters or more, three of them different, not counting up or down."""
    key = document_key(number)
    if len(key) < _SHORTEST_STRONG or len(set(key)) < _FEWEST_KINDS or not any(char.isdigit() for char in document_number(number)):
        return False
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    return not steps <= {1, -9} and not steps <= {-1, 9}


def document_evidence(one: str, other: str) -> DocumentEvidence:
    """Compare two document numbers: equal, equal after folding, one rarer confusion or swap apart, or different; symmetric.

    Whether the issuing countries agree is for the caller to weigh.
    """
    first, second = document_number(one), document_number(other)
    if not first or not second:
        return DocumentEvidence(DocumentLevel.UNKNOWN)
    if first == second:
        return DocumentEvidence(DocumentLevel.EQUAL, is_telling(first))
    left, right = first.translate(_FOLD), second.translate(_FOLD)
    if left == right:
        return DocumentEvidence(DocumentLevel.FOLDED, is_telling(left))
    near = is_telling(left) and is_telling(right) and _one_slip_apart(left, right)
    return DocumentEvidence(DocumentLevel.NEAR if near else DocumentLevel.DIFFERENT)


def _one_slip_apart(left: str, right: str) -> bool:
    if len(left) != len(right):
        shorter, longer = sorted((left, right), key=len)
        return longer == shorter + "K"  # a filler at the end read as K
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(apart) == 1:
        return frozenset(apart[0]) in _CONFUSED
    return len(apart) == 2 and apart[0] == apart[1][::-1] and _neighbours(left, right)


def _neighbours(left: str, right: str) -> bool:
    first = next(i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
    return left[first + 1] != right[first + 1]
