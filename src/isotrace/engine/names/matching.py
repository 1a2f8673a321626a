"""One question against one person: points, band and reasons."""

from functools import lru_cache

import numpy as np

from isotrace.engine.names.agreement import FIELDS, Judged, field_points, judged, lay, levels_of, summed
from isotrace.engine.names.fields import CONTRADICTING, Birth, Document, Same
from isotrace.engine.names.judging import NO_NAME, points_of
from isotrace.engine.names.kernel import FEATURES, FILIATION, INITIAL, PARTICLE, TITLE
from isotrace.engine.names.names import Laid
from isotrace.engine.names.person import Asked, Person, Query
from isotrace.engine.names.points import Points, points
from isotrace.engine.names.reasons import reasons
from isotrace.engine.names.result import ALGORITHM, Band, FieldPoints, Result, Versions, WordPair
from isotrace.engine.names.sounds import channels

_LEVELS = (Birth, Same, Same, Same, Document)
_WITHIN_TOLERANCE = (Birth.SWAPPED, Birth.SLIP, Birth.YEAR)
_LEAST_NAME = float(NO_NAME)


def compare(query: Query | Person, person: Person) -> Result:
    """Compare without an index; the band is NO_MATCH if there is no lead. Raises InputError for a name that nobody has."""
    asked = Asked.of(query)
    mine, theirs = lay(asked.names, asked.cut), lay(person.names)
    return explained(asked, person, mine, theirs, judged(mine, theirs, points().table))


def explained(asked: Asked, person: Person, mine: Laid, theirs: Laid, name: Judged, list_version: str = "") -> Result:
    """Say why: `name` is how the names of both, laid out as `mine` and `theirs`, compare."""
    table = points()
    levels = levels_of(asked, person)
    worth = field_points(name.signs, levels, table)
    total = summed(name, worth)
    band = band_of(total, name, levels, table)
    pairs = _word_pairs(name, mine, theirs)
    best = _ceiling(name, mine, theirs, table) + sum(table.fields[f][1] for f, level in zip(FIELDS, levels, strict=True) if level)
    agrees, contradicts = _sides(name, levels)
    return Result(
        subject_id=person.id,
        band=band,
        points=round(total, 1),
        agreement=round(min(max(total / best, 0.0), 1.0), 3) if best > 0 else 0.0,
        evidence=round(max(best, 0.0), 1),
        name=person.names[theirs.of_name[name.listed_form]] if name.listed_form >= 0 else "",
        words=pairs,
        fields=_field_rows(name, levels, worth),
        reasons=reasons(asked, person, band, levels, pairs, name=_says_something(name)) if band is not Band.NO_MATCH else (),
        agrees=agrees,
        contradicts=contradicts,
        versions=versions(list_version),
    )


@lru_cache(maxsize=64)
def versions(list_version: str = "") -> Versions:
    """The versions that an answer is given with."""
    return Versions(ALGORITHM, points().version, channels().version, list_version)


def band_of(total: float, name: Judged, levels: tuple[int, ...], table: Points) -> Band:
    """The band that officers see.

    A document that agrees is a lead whatever else differs; a name needs a second identifier to be more than a name.
    """
    birth, sex, nationality, _, document = levels
    if document in (Document.EQUAL, Document.FOLDED, Document.WEAK):
        return Band.DOCUMENT_MATCH
    if name.asked_form < 0 or name.points < _LEAST_NAME or total < table.alarm:
        return Band.NO_MATCH
    if birth in CONTRADICTING:
        return Band.NO_MATCH
    strong = birth == Birth.EQUAL or document == Document.NEAR
    fair = birth in _WITHIN_TOLERANCE and nationality == Same.EQUAL
    if total >= table.likely and (strong or fair):
        return Band.IDENTITY_LIKELY
    return Band.NO_MATCH if sex == Same.DIFFERENT else Band.SAME_NAME


def _says_something(name: Judged) -> bool:
    return name.asked_form >= 0 and name.points >= _LEAST_NAME


def _sides(name: Judged, levels: tuple[int, ...]) -> tuple[frozenset[str], frozenset[str]]:
    birth, sex, nationality, place, document = levels
    agrees = {field for field, level in (("sex", sex), ("nationality", nationality), ("place", place)) if level == Same.EQUAL}
    contradicts = {field for field, level in (("sex", sex), ("nationality", nationality)) if level == Same.DIFFERENT}
    if birth:
        (contradicts if birth in CONTRADICTING else agrees).add("birth")
    if document in (Document.EQUAL, Document.FOLDED, Document.NEAR, Document.WEAK):
        agrees.add("document")
    if name.asked_form >= 0:
        (agrees if _says_something(name) else contradicts).add("name")
    return frozenset(agrees), frozenset(contradicts)


def _field_rows(name: Judged, levels: tuple[int, ...], worth: tuple[float, ...]) -> tuple[FieldPoints, ...]:
    rows = [FieldPoints("name", "compared", round(name.points, 1))] if name.asked_form >= 0 else []
    for field, kind, level, value in zip(FIELDS, _LEVELS, levels, worth, strict=True):
        if level:
            rows.append(FieldPoints(field, kind(level).name.lower(), value))
    return tuple(rows)


def _form(laid: Laid, form: int) -> list[int]:
    return [int(number) for number in laid.names.words[laid.names.ends[form] : laid.names.ends[form + 1]]]


def _word_pairs(name: Judged, mine: Laid, theirs: Laid) -> tuple[WordPair, ...]:
    """The words that were paired, in the order in which they were asked; "" stands for no partner."""
    if name.asked_form < 0:
        return ()
    asked, listed = _form(mine, name.asked_form), _form(theirs, name.listed_form)
    rows = []
    for i, number in enumerate(asked):
        j = int(name.asked_partner[i])
        rows.append(WordPair(mine.folded[number], theirs.folded[listed[j]] if j >= 0 else "", round(float(name.asked_alike[i]), 2)))
    met = {int(j) for j in name.asked_partner[: len(asked)] if j >= 0}
    rows += [WordPair("", theirs.folded[number], 0.0) for j, number in enumerate(listed) if j not in met and name.listed_partner[j] < 0]
    return tuple(rows)


def _ceiling(name: Judged, mine: Laid, theirs: Laid, table: Points) -> float:
    """The points that the name would get if the shorter of both were all there and equal."""
    if name.asked_form < 0:
        return 0.0
    asked, listed = _form(mine, name.asked_form), _form(theirs, name.listed_form)
    perfect = np.zeros(len(FEATURES), np.float32)
    perfect[FEATURES.index("evidence")] = min(mine.words.weight[asked].sum(), theirs.words.weight[listed].sum())
    plain = min(
        sum(not laid.words.flag[n] & (PARTICLE | TITLE | INITIAL | FILIATION) for n in form)
        for laid, form in ((mine, asked), (theirs, listed))
    )
    for feature in ("worst", "alike", "exact"):
        perfect[FEATURES.index(feature)] = 1.0
    perfect[FEATURES.index("pairs")] = plain
    perfect[FEATURES.index("channel")] = name.signs[FEATURES.index("channel")]
    return max(float(points_of(perfect, table.table)), name.points)
