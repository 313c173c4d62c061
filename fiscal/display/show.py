"""Any data frame of the package as a table that reads well; the frame stays as it is."""

from html import escape

import pandas as pd

from fiscal import text
from fiscal.display import cells
from fiscal.display.page import STYLE, page
from fiscal.figures import labels
from fiscal.narrative.prose import Fact, Table

MANY = 200  # rows, above which a table is searched and sorted rather than read
WORDS = {
    "search": "搜索：",
    "lengthMenu": "每页_MENU_行",
    "info": "第_START_至_END_行，共_TOTAL_行",
    "infoEmpty": "没有行",
    "infoFiltered": "（从_MAX_行中筛选）",
    "zeroRecords": "没有符合的行",
    "emptyTable": "没有行",
    "aria": {"orderable": "：点击排序", "orderableReverse": "：点击反向排序", "orderableRemove": "：点击取消排序"},
}


def show(frame, lang="en"):
    """A data frame of ``fiscal`` (pandas) as a table in a notebook, in English or Chinese.

    Money is shown in 亿元 (yi, 100 million yuan), basis points and ratios in percent, words as their labels; of a
    column in both languages the one that is asked for. A figure's note, on hover or focus, has its printed form,
    clause and id. More than 200 rows come as a table to search and to sort, by the exact numbers, without any
    request to the network. Raises UnknownName for a column that has no heading in ``data/labels.csv``.

    >>> debt = fiscal.datasets.debt("urumqi-2020").query("item == 'balance'")
    >>> print(fiscal.show(debt[["item", "type", "value_yuan"]]))
    3 rows
    Item | Type | Amount
    Government debt balance | total | 1,188.94 yi
    Government debt balance | general | 405.54 yi
    Government debt balance | special | 783.4 yi
    """
    return Shown(frame, text.language(lang))


class Shown:
    """A frame as it is shown: ``header`` and ``rows`` (text, or Facts with provenance); str() of it is plain."""

    def __init__(self, frame, lang):
        self.frame, self.lang = frame, lang
        self.columns = [name for name in map(str, frame.columns) if _wanted(name, frame.columns, lang)]
        self.header = [labels.heading(name, lang) for name in self.columns]
        self.numeric = [n for n, name in enumerate(self.columns) if cells.is_number(frame, name)]
        records = frame.to_dict("records")
        self.rows = [[cells.shown(record, name, lang) for name in self.columns] for record in records]

    def __str__(self):
        return str(self._table())

    def _table(self):
        rows = len(self.frame)
        caption = {"en": f"{rows:,} row{'s' * (rows != 1)}", "zh": f"{rows}行"}[self.lang]
        return Table(caption, self.header, self.rows, numeric=self.numeric)

    def _repr_mimebundle_(self, include=None, exclude=None):
        html = self._searchable() if len(self.rows) > MANY else page(self._table(), style=True)
        return {"text/html": f'<div lang="{self.lang}">{html}</div>', "text/plain": str(self)}

    def _searchable(self):
        """The table with its script and style, which are a part of what is shown: nothing is fetched."""
        from itables import options, to_html_datatable
        from itables.javascript import generate_init_offline_itables_html
        from itables.typing import JavascriptFunction

        written = pd.DataFrame([[_html(cell) for cell in row] for row in self.rows], columns=range(len(self.header)))
        definitions = []
        for place, number in enumerate(self.numeric):
            # A cell is shown as it is written and sorted by its rank, which has no digit too many for a browser.
            hidden = len(self.header) + place
            written[hidden] = written[number]
            values = [cells.sorts_by(each) for each in self.frame[self.columns[number]]]
            ranks = {value: rank for rank, value in enumerate(sorted({each for each in values if each is not None}))}
            written[number] = [ranks.get(each, -1) for each in values]
            render = (
                f"function(data, type, row) {{ return type === 'sort' || type === 'type' ? data : row[{hidden}]; }}"
            )
            definitions += [
                {"targets": [number], "render": JavascriptFunction(render), "className": "dt-right num"},
                {"targets": [hidden], "visible": False, "searchable": True},
            ]
        written.columns = [*self.header, *(f"{self.header[number]} " for number in self.numeric)]
        table = to_html_datatable(
            written,
            connected=False,
            showIndex=False,
            allow_html=True,
            maxBytes=0,
            columnDefs=definitions,
            language=WORDS if self.lang == "zh" else {},
        )
        return generate_init_offline_itables_html(options.dt_bundle) + STYLE + f'<div class="fiscal">{table}</div>'


def _html(cell):
    return cell.html if isinstance(cell, Fact) else escape(cell)


def _wanted(name, names, lang):
    """Of what is there in both languages, the one that is asked for; a Chinese name has no ending where it is alone."""
    other = {"en": "zh", "zh": "en"}[lang]
    if name.endswith(f"_{other}") and f"{name[:-2]}{lang}" in names:
        return False
    if name == "jurisdiction_en":
        return lang == "en"
    return not (name == "jurisdiction" and lang == "en" and "jurisdiction_en" in names)
