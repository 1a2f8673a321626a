"""Values in sentences: a text keeps its own direction where the sentence runs from right to left."""

from django.utils import translation

from isotrace.engine.text import Message
from isotrace.handling.forms import sentence
from isotrace.web.say import say

DATES = Message("The date of birth is the same: %(left)s.", {"left": "1982-11-05"})
COUNT = Message("Give a reason of at least %(least)s characters.", {"least": 10})


def test_date_behind_arabic_words_keeps_its_direction():
    with translation.override("ar"):
        assert [sentence(DATES)[-13:], say(DATES)[-13:]] == ["\u20681982-11-05\u2069."] * 2
        assert "\u2068" not in sentence(COUNT)


def test_sentence_from_left_to_right_holds_no_marks():
    for language in ("en", "fr", "es"):
        with translation.override(language):
            assert "1982-11-05." in sentence(DATES)
            assert "\u2068" not in sentence(DATES) + say(DATES)
