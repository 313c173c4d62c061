"""The tables as an Excel workbook that reads well and in which no cell is ever evaluated."""

from fiscal import text
from fiscal.exports import cells, front
from fiscal.exports.sheets import sheets

WORDS = {
    "en": (
        "About",
        "Published final accounts of Chinese local governments",
        "What this is",
        "Figures from published explanations of final accounts, each with its clause; measures computed"
        " from them; checks of every identity that must hold between them.",
    ),
    "zh": (
        "说明",
        "地方政府决算公开数字",
        "内容",
        "各地决算公开说明中的数字，每个数字注明条款；指标由这些数字计算；核对列示各项勾稽关系。",
    ),
}


def workbook(tables, lang):
    """The bytes of a workbook: what this is, figures, measures, checks. The same tables give the same bytes."""
    name, title, *what = WORDS[text.language(lang)]
    book = cells.new()
    page = book.active
    page.title = name
    (sources,) = (table.rows.to_dict("records") for table in tables if table.name == "sources")
    front.front(page, title, [tuple(what), *front.reading(lang), *front.documents(sources, lang)])
    for sheet in sheets(tables, lang):
        cells.add(book, sheet)
    return cells.saved(book)
