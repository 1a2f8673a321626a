"""The same text, nearly the same, a part of a longer one, and another one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.intake import Sketch, digest, likeness, sketch
from isotrace.engine.intake.alike import KEPT, RUN, nearest, resemblance, words

MESSAGE = (
    "On 12 May our officers seized an invented gauge with a caesium source in the boot of a car at the crossing. "
    "The driver said that he had bought it at a market and did not know what it was. The regulator measured it on the same day."
)
OTHER = "Two invented employees of a scrap yard called the regulator when the portal gave an alarm for the third time in one week."

SOME = st.lists(st.sampled_from([f"word{number}" for number in range(12)]), min_size=8, max_size=60).map(" ".join)


def exact(one: str, other: str) -> float:
    runs = [{" ".join(said[start : start + RUN]) for start in range(len(said) - RUN + 1)} for said in (words(one), words(other))]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@given(SOME, SOME)
@settings(max_examples=200)
def test_resemblance_of_short_texts_is_exact_and_the_same_both_ways(one, other):
    first, second = sketch(one), sketch(other)
    assert (resemblance(first, second), resemblance(second, first)) == (pytest.approx(exact(one, other)), pytest.approx(exact(one, other)))


@given(SOME)
@settings(max_examples=50)
def test_text_is_like_itself(text):
    assert likeness(sketch(text), sketch(text)) == 1.0


def test_resemblance_of_long_texts_is_estimated():
    one = " ".join(f"w{number}" for number in range(4000))
    other = " ".join(f"w{number}" for number in range(1000, 5000))
    assert len(sketch(one).smallest) == KEPT
    assert resemblance(sketch(one), sketch(other)) == pytest.approx(exact(one, other), abs=0.13)


def test_digest_looks_through_case_spaces_and_signs():
    assert digest("On 12 May, our  Officers\nseized it!") == digest("on 12 may our officers seized it")
    assert digest("On 12 May our officers seized them") != digest("on 12 may our officers seized it")
    assert digest(" … ") == ""


def test_arabic_and_russian_words_are_compared():
    text = "صادرت الشرطة مصدرا مشعا مخترعا في سيارة عند المعبر في يوم الثلاثاء"
    assert digest(text) == digest(text.replace(" ", "\n"))
    assert likeness(sketch("Полиция изъяла вымышленный источник в машине на границе во вторник утром"), sketch(text)) == 0.0


def test_forwarded_message_is_nearly_the_same():
    forwarded = "From: invented.bureau@example.org\nSubject: Fwd: seizure\n\nFor your attention.\n" + MESSAGE
    assert likeness(sketch(MESSAGE), sketch(forwarded)) == 1.0
    assert likeness(sketch(MESSAGE), sketch(MESSAGE.replace("12 May", "13 May"))) > 0.8


def test_message_inside_a_long_one_is_found_and_a_new_one_is_not():
    assert likeness(sketch(MESSAGE), sketch(" ".join([OTHER] * 3 + [MESSAGE, OTHER]))) == 1.0
    assert likeness(sketch(MESSAGE), sketch(OTHER)) == 0.0


def test_few_words_have_no_sketch():
    assert sketch("Call us back at once") == Sketch()
    assert likeness(sketch("Call us back at once"), sketch("Call us back at once")) == 0.0


def test_nearest_come_first_and_unlike_ones_not():
    changed = MESSAGE.replace("12 May", "13 May")
    others = [(sketch(OTHER), "other"), (sketch(changed), "changed"), (sketch(MESSAGE), "same")]
    assert [what for _share, what in nearest(sketch(MESSAGE), others)] == ["same", "changed"]
    assert nearest(Sketch(), others) == []
