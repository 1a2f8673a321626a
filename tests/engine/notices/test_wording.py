import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.notices.kinds import KINDS
from isotrace.engine.notices.wording import coercive_words, fold, neutrality_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Arrest him; ARRESTED once, then taken into custody.", ("arrest", "arrested", "custody")),
        ("Ar\u00adrest on sight", ("arrest",)),
        ("Deny him entry", ("deny him entry",)),
        ("Refuse\n  boarding", ("refuse boarding",)),
        ("Turn the person back", ("turn the person back",)),
        ("Veuillez l'arrêter, garde à vue, refuser l’entrée", ("arreter", "garde a vue", "refuser l’entree")),
        ("Deténgalo y deniegue la entrada", ("detengalo", "deniegue la entrada")),
        ("الرجاء اعتقال الشخص ورفض الدخول", ("اعتقال", "ورفض الدخول")),
        ("Revise detenidamente el equipaje en la parada; look closely, rest, detect radiation.", ()),
        ("À l'arrêt de bus, noter l'heure", ()),
    ],
)
def test_coercive_words_are_found_in_the_four_languages(text, words):
    assert coercive_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Accused of treason and espionage before the election.", ("treason", "espionage", "election")),
        ("Insulted the president; desertion; religious pamphlets", ("insulted the president", "desertion", "religious")),
        ("Trahison, espionnage, la presse", ("trahison", "espionnage", "presse")),
        ("Traición, espionaje, elecciones, la prensa", ("traicion", "espionaje", "elecciones", "prensa")),
        ("متهم بالخيانة والتجسس", ("بالخيانة", "والتجسس")),
        ("Offered caesium in an empress's garden under pressure, with a hydraulic pump.", ()),
    ],
)
def test_neutrality_words_are_found_in_the_four_languages(text, words):
    assert neutrality_words(text) == words


def test_coercive_words_are_absent_from_every_sentence_that_a_kind_offers():
    sentences = [action.sentence for kind in KINDS.values() for action in kind.actions]
    assert [coercive_words(sentence) for sentence in sentences] == [()] * len(sentences)


@given(st.text())
def test_fold_is_idempotent_and_words_never_raise(text):
    assert fold(fold(text)) == fold(text)
    assert set(coercive_words(text)) == set(coercive_words(fold(text)))


@pytest.mark.parametrize("text", ["a" * 20_000, "refus " * 3_300, "منع" * 6_600, "insult the " * 1_800])
def test_words_of_the_longest_text_are_found_within_a_blink(text):
    begun = time.process_time()
    coercive_words(text)
    neutrality_words(text)
    assert time.process_time() - begun < 1
