"""A workbook as a document, part by part."""

import parts

from fiscal.disclosure.file import read as read_file
from readers.docx import RELATION, RELATIONS

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>决算数</t></is></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>12500.5</v></c><c r="C2" s="2"><f>1+1</f><v>45000</v></c></row>'
    '<row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" s="3"><v>-0.125</v></c></row>'
)
SMALL = {
    "_rels/.rels": RELATIONS.format(RELATION.format("r1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><workbookPr date1904="0"/><sheets><sheet '
    'name="荔城区2023年决算" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": RELATIONS.format(
        RELATION.format("r1", "worksheet", "s.xml")
        + RELATION.format("r2", "sharedStrings", "t.xml")
        + RELATION.format("r3", "styles", "f.xml")
    ),
    "xl/t.xml": f'<sst xmlns="{SHEET}"><si><t>单位：万元</t></si><si><r><t>政府债务余额_x000D_</t></r><rPh><t>x</t></rPh></si></sst>',
    "xl/f.xml": f'<styleSheet xmlns="{SHEET}"><numFmts><numFmt numFmtId="164" formatCode="#,##0.00&quot;亿元&quot;;[Red]-0.0%;'
    '[&gt;=1]yyyy-mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="10"/>'
    "</cellXfs></styleSheet>",
    "xl/s.xml": f'<worksheet xmlns="{SHEET}"><cols><col min="3" max="3" width="0"/></cols><sheetData>{ROWS}</sheetData>'
    '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>',
}
SEEDS = [parts.joined(SMALL)]


def read(data, folder):
    path = folder / "document.xlsx"
    path.write_bytes(parts.archive(data))
    read_file(path)
