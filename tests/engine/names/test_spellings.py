import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.names.travel import Script, decode_name, split_name, transliterate
from isotrace.engine.names.travel.arabic import LETTERS, SOUNDS, codes_of


def texts(*name, **more):
    return [spelling.text for spelling in decode_name(*name, **more)]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        (("MUELLER", "JOERG", "D"), ["JOERG MUELLER", "JÖRG MÜLLER"]),
        (("MUELLER", "JOERG"), ["JOERG MUELLER", "JÖRG MÜLLER"]),
        (("BAUER", "MICHAEL MANUEL", "D"), ["MICHAEL MANUEL BAUER"]),
        (("STRAUSS", "SAMPLE", "AUT"), ["SAMPLE STRAUSS", "SAMPLE STRAUß"]),
        (("SOERENSEN", "AAGE", "DNK"), ["AAGE SOERENSEN", "ÅGE SØRENSEN"]),
        (("AAKESSON", "SAMPLE", "SWE"), ["SAMPLE AAKESSON", "SAMPLE ÅKESSON"]),
        (("THORSSON", "SAMPLE", "ISL"), ["SAMPLE THORSSON", "SAMPLE ÞORSSON"]),
        (("GUEVENC", "SAMPLE", "TUR"), ["SAMPLE GUEVENC", "SAMPLE GÜVENC"]),
        (("NUNXXEZ", "GUXXERA", "ESP"), ["GUXXERA NUNXXEZ", "GÜERA NUÑEZ"]),
        (("TESTER", "SAMPLE", "GBR"), ["SAMPLE TESTER"]),
        (("TESTOEV", "ALEKSEI", "GBR"), ["ALEKSEI TESTOEV", "АЛЕКСЕЙ ТЕСТОЕВ", "ALEKSEY TESTOEV"]),
        (("TESTER", "SAMPLE"), ["SAMPLE TESTER", "سامپلع تعستعر", "SAMPLA TASTAR"]),
        (("IVANOV", "IURII", "RUS"), ["IURII IVANOV", "ЮРИЙ ИВАНОВ", "YURY IVANOV"]),
        (("SHCHUKIN", "VIACHESLAV SERGEEVICH", "RUS"), ["VIACHESLAV SERGEEVICH SHCHUKIN", "ВЯЧЕСЛАВ СЕРГЕЕВИЧ ЩУКИН", "VYACHESLAV SERGEEVICH SHCHUKIN"]),
        (("HRYHORENKO", "YEVHENIIA", "UKR"), ["YEVHENIIA HRYHORENKO", "ЄВГЕНІЯ ГРИГОРЕНКО", "YEVHENIYA HRYHORENKO"]),
        (("DJORDJEVIC", "MILICA", "SRB"), ["MILICA DJORDJEVIC", "МИЛИЦА ЂОРЂЕВИЋ"]),
        (("IVANOVA", "YULIA", "DEU"), ["YULIA IVANOVA", "ЮЛЯ ИВАНОВА", "YULYA IVANOVA"]),
        (("MXHMWD", "EBDALRXHYM", "EGY"), ["عبدالرحيم محمود", "ABDALRHYM MHMWD", "EBDALRXHYM MXHMWD"]),
        (("FXDZXDZXAH", "MXHMMD"), ["محممد فضضة", "محمد فضة", "MHMMD FDDA", "MXHMMD FXDZXDZXAH"]),
        (("ALLH", "EBD"), ["EBD ALLH", "عبد الله", "ABD ALLH"]),
        (("HOXHA", "BEXHET", "ALB"), ["BEXHET HOXHA"]),
        (("MAXIM", "ALEXIS"), ["ALEXIS MAXIM"]),
        (("XI", "FELIX"), ["FELIX XI"]),
        (("KHALID", "AHMAD"), ["AHMAD KHALID"]),
        (("", ""), [""]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_spellings_of_a_name_by_state(name, spellings):
    assert texts(*name) == spellings


def test_spellings_hold_the_zones_own_letters_exactly_once():
    own = [
        [spelling.text for spelling in decode_name(*name) if spelling.as_read]
        for name in (("MXHMWD", ""), ("MUELLER", "JOERG"), ("BW", ""))
    ]
    assert own == [["MXHMWD"], ["JOERG MUELLER"], ["BW"]]


def test_spelling_of_a_cut_name_leaves_a_cut_code_out():
    assert [texts("EBDALEZYZ", "MXHMD XS", truncated=cut)[0] for cut in (True, False)] == ["محمد عبدالعزيز", "MXHMD XS EBDALEZYZ"]


def test_arabic_codes_can_be_read_in_one_way_only():
    assert [(one, other) for one in LETTERS for other in LETTERS if one != other and other.startswith(one)] == []
    assert set(SOUNDS) - set(LETTERS) == set()


@given(st.lists(st.sampled_from(sorted(LETTERS)), min_size=1, max_size=12))
def test_arabic_word_is_taken_apart_into_the_codes_it_was_made_of(codes):
    assert codes_of("".join(codes)) == tuple(codes)


@given(st.text(sorted(set("".join(LETTERS.values())) - set("ة")), min_size=3, max_size=12))
def test_arabic_name_is_read_back_letter_by_letter(word):
    written = transliterate(word)
    assert "".join(LETTERS[code] for code in codes_of(written)) == word


@pytest.mark.parametrize(
    ("name", "state", "written"),
    [
        ("Müller-Lüdenscheid", "D", "MUELLER LUEDENSCHEID"),
        ("Strauß", "AUT", "STRAUSS"),
        ("O’Sample Ñandú", "ESP", "OSAMPLE NANDU"),
        ("Þór Åse Æbelø", "ISL", "THOR AASE AEBELOE"),
        ("Юрий Щукин", "RUS", "IURII SHCHUKIN"),
        ("Їжак Григорій Юлія Щит", "UKR", "YIZHAK HRYHORII YULIIA SHCHYT"),
        ("Щерев", "BGR", "SHTEREV"),
        ("Жарко Чехов Ђокић", "SRB", "ZARKO CEHOV DOKIC"),
        ("Ѓорѓи Џеков", "MKD", "GJORGJI DJEKOV"),
        ("Ёлкин", "BLR", "IOLKIN"),
        ("محمّد فضّة", "EGY", "MXHMMD FXDZXDZXAH"),
        ("ابوبكر محمد", "", "ABWBKR MXHMD"),
        ("گل پری", "AFG", "XGGL PRXYA"),
        ("😀 123", "", ""),
    ],
)
def test_name_is_written_by_the_tables_of_the_standard(name, state, written):
    assert transliterate(name, state) == written


@given(st.text(max_size=60))
def test_any_name_is_written_in_letters_and_read_without_error(name):
    written = transliterate(name)
    assert set(written) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
    assert written in [spelling.primary for spelling in decode_name(written)]


@given(st.text("ABCEIXY <", max_size=60), st.text("ABDEIXLS ", max_size=60), st.sampled_from(["", "D", "RUS", "EGY", "??", "XXA"]))
def test_spellings_of_any_letters_begin_and_end(primary, secondary, code):
    found = decode_name(primary, secondary, code, truncated=True)
    assert len(found) == len(set(found)) <= 8


@pytest.mark.parametrize(
    ("field", "width", "parts"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<", 24, ("ERIKSSON", "ANNA MARIA", False)),
        ("AL<TIKRITI<<SAMPLE<PERSON<HAS<", 30, ("AL TIKRITI", "SAMPLE PERSON HAS", False)),
        ("AL<TIKRITI<<SAMPLE<PERSON<HASS", 30, ("AL TIKRITI", "SAMPLE PERSON HASS", True)),
        ("ARKFREITH", 0, ("ARKFREITH", "", False)),
        ("", 0, ("", "", False)),
    ],
)
def test_name_field_is_taken_apart(field, width, parts):
    assert split_name(field, width) == parts


def test_script_of_each_spelling_is_told():
    assert [spelling.script for spelling in decode_name("IVANOV", "IURII", "RUS")] == [Script.LATIN, Script.CYRILLIC, Script.LATIN]
