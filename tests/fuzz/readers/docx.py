"""A Word document, part by part."""

import parts

from fiscal.disclosure.file import read as read_file

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


SMALL = {
    "_rels/.rels": RELATIONS.format(RELATION.format("r1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": RELATIONS.format(
        RELATION.format("r1", "styles", "styles.xml") + RELATION.format("r2", "numbering", "numbering.xml")
    ),
    "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="h"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="h"/></w:style></w:styles>',
    "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start '
    'w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt '
    'w:val="decimal"/><w:lvlText w:val="（%2）"/><w:isLgl/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
    'w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num></w:numbering>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>荔城区'
    '2023年决算说明</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
    "<w:t>政府债务余额12.5亿元</w:t><w:br/><w:t>限额</w:t><w:tab/></w:r><w:del><w:r><w:t>1亿元</w:t></w:r></w:del></w:p>"
    '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge '
    'w:val="restart"/></w:tcPr><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>'
    "<w:p/></w:tc><w:tc><w:txbxContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:txbxContent></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>",
}
SEEDS = [parts.joined(SMALL)]


def read(data, folder):
    path = folder / "document.docx"
    path.write_bytes(parts.archive(data))
    read_file(path)
