"""The sentences that an officer reads beside a lead, the weightiest first."""

from collections.abc import Iterator

from isotrace.engine.names.fields import CONTRADICTING, Birth, Document, Same
from isotrace.engine.names.person import Asked, Person
from isotrace.engine.names.result import Band, WordPair
from isotrace.engine.text import N_, Message

_ALL = 0.995


def reasons(
    asked: Asked, person: Person, band: Band, levels: tuple[int, ...], pairs: tuple[WordPair, ...], *, name: bool
) -> tuple[Message, ...]:
    """Say what agrees and what differs; `levels` are of birth, sex, nationality, place and document, `name` whether the name is a lead."""
    birth, sex, nationality, place, document = levels
    return (
        *_document(asked, Document(document)),
        *_name(asked, pairs, agrees=name),
        *_birth(asked, person, Birth(birth)),
        *_plain(asked, person, nationality, sex, place),
        *(
            [Message(N_("Only the name agrees. No date of birth or document was compared."))]
            if _is_name_only(band, birth, document)
            else ()
        ),
    )


def _is_name_only(band: Band, birth: int, document: int) -> bool:
    return band is Band.SAME_NAME and birth == Birth.UNKNOWN and document in (Document.UNKNOWN, Document.DIFFERENT)


def _document(asked: Asked, level: Document) -> Iterator[Message]:
    number = ", ".join(sorted(number for number, _ in asked.documents))
    if level in (Document.EQUAL, Document.WEAK):
        yield Message(N_("Document number %(number)s is on the notice."), {"number": number})
    elif level in (Document.FOLDED, Document.NEAR):
        yield Message(N_("Document number %(number)s is on the notice, if characters that look alike were confused."), {"number": number})


def _name(asked: Asked, pairs: tuple[WordPair, ...], *, agrees: bool) -> Iterator[Message]:
    if not asked.names:
        return
    if not agrees:
        yield Message(N_("The name differs from the notice: %(value)s. Compare it by eye."), {"value": asked.names[0]})
        return
    if all(pair.alike >= _ALL for pair in pairs):
        yield Message(N_("The name reads the same: %(value)s."), {"value": asked.names[0]})
        return
    yield Message(N_("The name reads alike: %(value)s."), {"value": asked.names[0]})
    unlike = ", ".join(f"{pair.asked} ~ {pair.listed}" for pair in pairs if pair.asked and pair.listed and pair.alike < _ALL)
    if unlike:
        yield Message(N_("Words that are spelt differently: %(words)s."), {"words": unlike})
    left = ", ".join(pair.asked or pair.listed for pair in pairs if not (pair.asked and pair.listed))
    if left:
        yield Message(N_("Words that only one side has: %(words)s."), {"words": left})


def _birth(asked: Asked, person: Person, level: Birth) -> Iterator[Message]:
    params = {"value": ", ".join(map(str, asked.births)), "known": ", ".join(map(str, person.births))}
    if level is Birth.EQUAL:
        yield Message(N_("Date of birth is the same: %(value)s."), {"value": params["value"]})
    elif level is Birth.YEAR:
        yield Message(N_("Date of birth fits as far as it is known: %(value)s, on the notice %(known)s."), params)
    elif level is Birth.SWAPPED:
        yield Message(N_("Day and month of birth may be swapped: %(value)s, on the notice %(known)s."), params)
    elif level is Birth.SLIP:
        yield Message(N_("Date of birth differs by one slip: %(value)s, on the notice %(known)s."), params)
    elif level in CONTRADICTING:
        yield Message(
            N_("Careful: date of birth differs. Asked %(value)s, on the notice %(known)s. It may be another person's document."), params
        )


def _plain(asked: Asked, person: Person, nationality: int, sex: int, place: int) -> Iterator[Message]:
    value, known = ", ".join(sorted(asked.nationalities)), ", ".join(sorted(person.nationalities))
    if nationality == Same.EQUAL:
        yield Message(N_("Nationality agrees: %(value)s."), {"value": value})
    elif nationality == Same.DIFFERENT:
        yield Message(N_("Nationality differs: asked %(value)s, on the notice %(known)s."), {"value": value, "known": known})
    if sex == Same.DIFFERENT:
        yield Message(N_("Sex differs: asked %(value)s, on the notice %(known)s."), {"value": asked.sex, "known": person.sex})
    if place == Same.EQUAL:
        yield Message(N_("Place of birth agrees: %(value)s."), {"value": ", ".join(asked.places)})
