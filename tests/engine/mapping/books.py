"""Workbooks written by hand, as spreadsheet programs and as hostile people write them."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(rows, *, shared="", styles="", more=(), workbook_more="", head=""):
    """A workbook whose first sheet holds `rows` (XML)."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATED}">{workbook_more}<sheets><sheet name="First" sheetId="1" r:id="a"/>'
            '<sheet name="Second" sheetId="2" r:id="b"/><sheet name="Hidden" state="hidden" sheetId="3" r:id="b"/></sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="{link}" Type="{RELATED}/worksheet" Target="{to}"/>'
            for link, to in (("a", "worksheets/sheet1.xml"), ("b", "/xl/worksheets/sheet2.xml"))
        )
        made.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        made.writestr("xl/worksheets/sheet1.xml", f"{head}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
        second = '<row><c t="inlineStr"><is><t>Only</t></is></c></row><row><c><v>7</v></c></row>'
        made.writestr("xl/worksheets/sheet2.xml", f"<worksheet {MAIN}><sheetData>{second}</sheetData></worksheet>")
        if shared:
            made.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
        if styles:
            made.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
        for name, text in more:
            made.writestr(name, text)
    return content.getvalue()
