import codecs
import io
import json
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Format, Options, opened, recognised
from isotrace.engine.mapping import limits as limits_module
from isotrace.engine.mapping.delivering import csv_file, workbook_file
from isotrace.engine.mapping.harmless import harmless, unharmed
from tests.engine.mapping.books import book


def rows(content, form=Format.CSV, **options):
    """The cells of each row, or the sentence of what is wrong with it."""
    table = opened(io.BytesIO(content), form, Options(**options))
    return table, [(row.number, dict(row.cells) if row.problem is None else str(row.problem)) for row in table.rows]


def refused(content, form=None, **options):
    """The sentence with which a file is refused."""
    with pytest.raises(InputError) as caught:
        rows(content, form or recognised(io.BytesIO(content)), **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("name;town\nIvan;Chișinău\n".encode(), Options("utf-8", ";")),
        (codecs.BOM_UTF8 + "name,town\nIvan,Chișinău\n".encode(), Options("utf-8", ",")),
        ("name\ttown\nIvan\tChișinău\n".encode("utf-16"), Options("utf-16", "\t")),
        (codecs.BOM_UTF16_BE + "name|town\nIvan|Chișinău\n".encode("utf-16-be"), Options("utf-16", "|")),
    ],
)
def test_csv_is_read_however_it_is_encoded_and_separated(content, found):
    table, said = rows(content)
    assert (table.columns, table.found, said) == (("name", "town"), found, [(2, {"name": "Ivan", "town": "Chișinău"})])


def test_csv_in_another_encoding_is_read_when_it_is_chosen():
    content = "name,town\nИван,Москва\n".encode("windows-1251")
    assert rows(content, encoding="windows-1251")[1] == [(2, {"name": "Иван", "town": "Москва"})]
    assert rows(content)[0].found.encoding == "windows-1252"
    assert refused(content, Format.CSV, encoding="utf-8") == "The file is not written in utf-8. Choose another encoding."


def test_csv_rows_keep_their_numbers_and_problems_stay_with_their_row():
    content = b'a,b\n"two\nlines",1\n\nx,y,z\nshort\n"never closed,1\nlast,2\n'
    table, said = rows(content)
    too_many = "This row has 3 cells, the header has 2. Check whether a cell holds an unquoted separator."
    assert said == [(2, {"a": "two\nlines", "b": "1"}), (5, too_many), (6, {"a": "short"}), (7, {"a": "never closed,1\nlast,2\n"})]


def test_csv_header_names_each_column_once():
    assert rows(b"name,,name, \n1,2,3,4\n")[0].columns == ("name", "Column 2", "name (2)", "Column 4")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Choose another one."),
        (b" \n \n", "The file is empty. Choose another one."),
        (b"a\x00b,c\n1,2\n", "This is no file of text. Save it as CSV or as a workbook (.xlsx) and upload that."),
        (b"%PDF-1.7", "This is a PDF. Upload the table or the form that it was made from."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or protected workbook. Save it as .xlsx without a password and upload that."),
        (b"\x1f\x8b\x08\x00", "This file is compressed. Unpack it and upload what is in it."),
        (",".join("x" * 1000).encode(), "The file has 1000 columns. Keep at most 300: leave out those that are not needed."),
        (b"x," * 1_000_000, "The file has 500001 columns. Keep at most 300: leave out those that are not needed."),
    ],
    ids=["nothing", "blank", "nul", "pdf", "ole", "gzip", "columns", "million_columns"],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(content, sentence):
    assert refused(content) == sentence


def test_workbook_is_read_with_shared_texts_dates_numbers_and_formulas():
    styles = '<numFmts><numFmt numFmtId="164" formatCode="[$-409]d\\-mmm\\-yy"/><numFmt numFmtId="165" formatCode="0.0&quot;day&quot;"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    shared = "<si><t>name</t></si><si><r><t>Iv</t></r><r><t>an</t></r><rPh><t>hidden</t></rPh></si>"
    head = '<row r="2"><c r="A2" t="s"><v>0</v></c>' + "".join(
        f'<c r="{letter}2" t="inlineStr"><is><t>{name}</t></is></c>'
        for letter, name in zip("BCDEFG", ("d", "e", "f", "g", "h", "i"), strict=True)
    )
    body = '</row><row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>34101</v></c><c r="C4" s="2"><v>34101.5</v></c>'
    body += '<c r="D4" s="3"><v>47.009999999999998</v></c><c r="E4"><f>HYPERLINK("x")</f><v>5</v></c><c r="F4" t="b"><v>1</v></c><c r="G4" t="e"><v>#N/A</v></c></row>'
    table, said = rows(book(head + body, shared=shared, styles=styles), Format.WORKBOOK)
    assert (table.columns, table.sheets, table.found.sheet) == (("name", "d", "e", "f", "g", "h", "i"), ("First", "Second"), "First")
    assert said == [(4, {"name": "Ivan", "d": "1993-05-12", "e": "1993-05-12 12:00:00", "f": "47.01", "g": "5", "h": "true", "i": "#N/A"})]
    assert rows(book(head + body), Format.WORKBOOK, sheet="Second")[1] == [(2, {"Only": "7"})]


def test_workbook_counts_days_from_1904_where_it_says_so():
    content = book(
        '<row><c t="inlineStr"><is><t>day</t></is></c></row><row><c s="0"><v>1</v></c></row>',
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
        workbook_more='<workbookPr date1904="1"/>',
    )
    assert rows(content, Format.WORKBOOK)[1] == [(2, {"day": "1904-01-02"})]


HEAD = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DECLARES = "This workbook declares entities, as no spreadsheet program does. Save it anew as .xlsx and upload that."
DAMAGED = "This workbook is damaged or protected. Open it, save it anew as .xlsx without a password, and upload that."


def twice():
    """A packed file in which one name stands twice."""
    content = io.BytesIO(book(HEAD))
    with zipfile.ZipFile(content, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: book(HEAD, head=BOMB), DECLARES),
        (lambda: book(HEAD, head=OUTSIDE), DECLARES),
        (
            lambda: book(HEAD, more=[("xl/vbaProject.bin", "x")]),
            "This workbook holds macros. Save it as .xlsx without them and upload that.",
        ),
        (lambda: book(HEAD, more=[(f"../../etc/{n}", "") for n in range(5001)]), DAMAGED),
        (twice, DAMAGED),
        (lambda: book("<row><c>")[:-40], DAMAGED),
        (lambda: book("<row><c></row>"), DAMAGED),
        (lambda: book(""), "This sheet is empty. Choose one with a row of column names and rows below it."),
        (
            lambda: book('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
            "This sheet is empty. Choose one with a row of column names and rows below it.",
        ),
    ],
    ids=["entities", "outside", "macros", "parts", "twice", "cut", "broken", "empty", "far_column"],
)
def test_hostile_workbook_is_refused(content, sentence):
    assert refused(content(), Format.WORKBOOK) == sentence


def test_workbook_that_unpacks_without_end_is_refused_in_little_time(monkeypatch):
    monkeypatch.setattr("isotrace.engine.mapping.packed.Packed.pieces.__defaults__", (2_000_000,))
    bomb = book(HEAD + "<row/>" * 1_000_000)
    assert len(bomb) < 200_000
    begun = time.perf_counter()
    assert refused(bomb, Format.WORKBOOK) == "The file is larger than 2 MB. Split it into several files."
    assert time.perf_counter() - begun < 20


def test_row_with_a_million_columns_is_a_problem_of_that_row():
    wide = "<c><v>1</v></c>" * 1_000_000
    said = rows(book(f"{HEAD}<row>{wide}</row><row><c><v>2</v></c></row>"), Format.WORKBOOK)[1]
    assert said == [(2, "This row is too long to be read. Check whether a quotation mark is missing."), (3, {"a": "2"})]


def test_lines_of_json_give_what_lies_within_columns_of_its_own():
    lines = [{"a": 1, "b": {"c": [True, None, "x"], "d": [{"e": 1.5}, {"e": "z"}]}}, {"a": None, "f": "later"}]
    content = b"\xef\xbb\xbf" + b"\n".join(json.dumps(line).encode() for line in lines) + b'\n[1]\n{"a": NaN}\nno\n' + b"[" * 100_000
    table, said = rows(content, Format.LINES)
    assert table.columns == ("a", "b.c", "b.d.1.e", "b.d.2.e", "f")
    assert said == [
        (1, {"a": "1", "b.c": ("true", "", "x"), "b.d.1.e": "1.5", "b.d.2.e": "z"}),
        (2, {"a": "", "f": "later"}),
        (3, "This line holds no object. Write one JSON object on each line."),
        (4, "JSON has no NaN. Leave the value out."),
        (5, "This is not JSON in UTF-8. Check quotation marks, commas and brackets."),
        (6, "This is not JSON in UTF-8. Check quotation marks, commas and brackets."),
    ]


def test_number_of_rows_is_limited():
    with pytest.raises(InputError, match="more than 3 rows"):
        list(limits_module.counted(range(4), 3))
    assert list(limits_module.counted(range(3), 3)) == [0, 1, 2]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)


@settings(max_examples=150)
@given(CELLS | st.text("'=+-@\t0", max_size=6))
def test_harmless_cell_is_no_formula_and_comes_back(cell):
    safe = harmless(cell)
    assert unharmed(safe) == cell
    assert safe[:1] not in set("=@\t\r\n")
    assert safe[:1] not in set("+-") or safe[1:2].isdigit()


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=8), min_size=3, max_size=3), max_size=6))
def test_written_tables_are_read_as_they_were(cells):
    columns = ("a", "b", "c")
    wanted = [dict(zip(columns, row, strict=True)) for row in cells if any(row)]
    wanted_book = [{name: text.translate({0xFFFE: " ", 0xFFFF: " "}) for name, text in row.items()} for row in wanted]
    content = b"".join(csv_file(columns, cells))
    assert [said for _number, said in rows(content, delimiter=",")[1] if any(said.values())] == wanted
    content = b"".join(workbook_file([("Sheet", [columns, *cells])]))
    assert [{"a": "", "b": "", "c": ""} | said for _number, said in rows(content, Format.WORKBOOK)[1]] == wanted_book


SEEDS = (
    b'a,b\n1,2\n"x\ny",\'=1\n',
    "a;b\nж;2\n".encode("utf-16"),
    b'{"a": {"b": [1, {"c": null}]}}\n{"a": "x"}\n',
    book(HEAD + '<row><c t="s"><v>0</v></c></row>', shared="<si><t>x</t></si>", styles='<cellXfs><xf numFmtId="14"/></cellXfs>'),
)


def hurt(draw_from, content):
    """Bytes of a file with some of them replaced, cut out or doubled."""
    hurts = st.lists(st.tuples(st.integers(0, len(content)), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=5)
    for place, length, instead in draw_from.draw(hurts):
        content = content[:place] + instead + content[place + length :]
    return content


def tried(content):
    """Read a file in every way; nothing but InputError may come of it, however it is damaged."""
    for form in (Format.CSV, Format.WORKBOOK, Format.LINES):
        try:
            recognised(io.BytesIO(content))
            table = opened(io.BytesIO(content), form)
            assert all(isinstance(name, str) and name for name in table.columns)
            for row in table.rows:
                assert set(row.cells) <= set(table.columns) or table.loose
        except InputError:
            pass


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(content):
    tried(content)


@settings(max_examples=250)
@given(st.data(), st.sampled_from(SEEDS))
def test_no_damaged_file_breaks_a_reader(data, seed):
    tried(hurt(data, seed))


XML = st.recursive(
    st.sampled_from(['<v>1</v>', "<v>x</v>", "<is><t>x</t></is>", "<f>1</f>", "", "&lt;", "<v>1e999</v>", "<v>-9999999</v>", "<v>99999999999999</v>"]),
    lambda inner: st.builds(
        lambda name, kind, place, style, parts: f'<{name} t="{kind}" r="{place}" s="{style}">{"".join(parts)}</{name}>',
        st.sampled_from(["c", "row", "si", "t", "rPh", "sheetData"]),
        st.sampled_from(["s", "n", "b", "e", "str", "inlineStr", "?"]),
        st.sampled_from(["A1", "ZZZ1", "1", "", "-1", "99999999999", "²"]),
        st.sampled_from(["0", "1", "", "²"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150)
@given(XML, XML)
def test_no_sheet_breaks_the_workbook_reader(sheet, shared):
    tried(book(HEAD + sheet, shared=shared, styles='<cellXfs><xf numFmtId="14"/><xf numFmtId="²"/></cellXfs>'))
