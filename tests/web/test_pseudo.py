from hypothesis import given
from hypothesis import strategies as st

from tests.web.pseudo import untranslated
from tools.catalogue.pseudo import pseudo


def test_pseudo_text_with_places_and_tags_keeps_them():
    assert pseudo("Owner: <bdi>%(owner)s</bdi> &amp; 100%%") == "[!! Öŵñéŕ: <bdi>%(owner)s</bdi> &amp; 100%% !!]"


def test_pseudo_blank_text_stays_blank():
    assert pseudo(" \n") == " \n"


@given(st.text(alphabet="ab <>&;%", max_size=20), st.from_regex(r"[a-z]{1,8}", fullmatch=True))
def test_pseudo_of_any_text_keeps_its_place(text, name):
    assert f"%({name})s" in pseudo(f"{text} %({name})s")


def test_untranslated_in_a_page_with_one_forgotten_sentence_finds_it():
    page = "<main><h1>[!! Ŧéxŧ !!]</h1><p>Forgotten words</p><p data-raw>Raw</p><p><bdi>Name</bdi> 12</p></main>"
    assert untranslated(page) == ["Forgotten words"]


def test_untranslated_in_attributes_finds_them():
    assert untranslated('<img alt="A picture"><input aria-label="[!! ñámé !!]">') == ["A picture"]


def test_untranslated_of_sentences_over_inline_tags_and_in_each_other_finds_nothing():
    page = "<p>[!! Öŵñéŕ: <bdi>Somebody</bdi> <b>ñöŵ</b> [!! íññéŕ !!] öûŧ !!]</p>"
    assert untranslated(page) == []


def test_untranslated_after_a_sentence_in_the_same_block_finds_the_rest():
    assert untranslated("<p>[!! Ŧéxŧ !!] and more</p>") == ["and more"]
