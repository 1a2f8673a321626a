"""Under which rules a judgement lies when nobody chooses others: the stricter of both ends, narrowed by the other one."""

import uuid
from dataclasses import replace

from isotrace.engine.policy import Audience, Envelope, Purpose

_NARROW = {Audience.ONLY: 0, Audience.EXCEPT: 1, Audience.ALL: 2}


def inherited(left: Envelope, right: Envelope, judge: Envelope) -> Envelope:
    """Return the envelope of a judgement of `judge`'s organisation on two things.

    The audience is that of the narrower end, with the owners of both in it; the marking is the higher one, left out is whom either
    leaves out, and it ends with the first of both. Nobody sees it who does not see both ends, and reading it asks to have accepted
    the conditions of both, so it has none of its own.
    """
    narrow, wide = sorted((left, right), key=_width)
    return replace(
        judge,
        purpose=Purpose.ANALYSIS if Purpose.ANALYSIS in (left.purpose, right.purpose) else narrow.purpose,
        classification=max(left.classification, right.classification),
        audience=narrow.audience,
        countries=narrow.countries,
        organisations=_with_owners(narrow, wide),
        kinds=narrow.kinds,
        communities=narrow.communities,
        denied_countries=left.denied_countries | right.denied_countries,
        denied_organisations=left.denied_organisations | right.denied_organisations,
        denied_kinds=left.denied_kinds | right.denied_kinds,
        denied_communities=left.denied_communities | right.denied_communities,
        retention_until=min((end.retention_until for end in (left, right) if end.retention_until), default=None),
    )


def _width(envelope: Envelope) -> tuple[int, int, int]:
    named = len(envelope.countries) + len(envelope.organisations) + len(envelope.kinds) + len(envelope.communities)
    return _NARROW[envelope.audience], -int(envelope.classification), -named if envelope.audience is Audience.EXCEPT else named


def _with_owners(narrow: Envelope, wide: Envelope) -> frozenset[uuid.UUID]:
    owners = frozenset((narrow.owner, wide.owner))
    return narrow.organisations | owners if narrow.audience is Audience.ONLY else narrow.organisations - owners
