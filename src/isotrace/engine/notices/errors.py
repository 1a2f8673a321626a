"""What can go wrong with a notice through a person's input."""

from isotrace.engine.errors import InputError


class NoticeError(InputError):
    """The root of every error of this package."""


class DraftError(NoticeError):
    """A draft holds something that no notice can hold: an unknown code, a text too long, a control character."""


class GradeError(NoticeError):
    """A grade that its scheme does not know."""


class ClockError(NoticeError):
    """A task that has no clock, or a moment without a zone."""


class NotAllowed(NoticeError):  # noqa: N818  # what the reader is told, not a fault of the program
    """A person may not do something with a notice now; the message says why and whom to turn to."""
