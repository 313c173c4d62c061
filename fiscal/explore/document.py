"""What a document says of debt or of transfers, for any disclosure and each year and scope that it tells of."""

import ipywidgets as widgets

from fiscal import datasets, measures, narrative, text
from fiscal.display.page import page
from fiscal.explore.controls import choice, named
from fiscal.explore.picture import Picture
from fiscal.plots import debt as debt_plots
from fiscal.plots import transfers as transfers_plots
from fiscal.plots.theme import theme


def debt(disclosure="urumqi-2020", lang="en"):
    """A panel on debt: limit, balance, new bonds and burden, of a document that is chosen from a list.

    Raises UnknownName for a disclosure that is not there.

    >>> panel = fiscal.explore.debt("ezhou-2017")
    >>> "Ezhou" in panel.told.value
    True
    """
    return Document(disclosure, lang, measures.debt, _debt)


def transfers(disclosure="urumqi-2020", lang="en"):
    """A panel on transfers: received, paid and compared, of a document that is chosen from a list.

    Raises UnknownName for a disclosure that is not there.

    >>> panel = fiscal.explore.transfers("urumqi-2020", "zh")
    >>> "乌鲁木齐市" in panel.told.value
    True
    """
    return Document(disclosure, lang, measures.transfers, _transfers)


class Document(widgets.VBox):
    """``disclosure`` and ``context`` (a year and scope) are lists to choose from; ``told`` has HTML as its value."""

    def __init__(self, disclosure, lang, measure, tell):
        theme(lang)
        self.lang, self._measure, self._tell = text.language(lang), measure, tell
        words = {"en": ("Document", "Year and scope"), "zh": ("文件", "年度和口径")}[lang]
        places = datasets.disclosures().to_dict("records")
        place = "jurisdiction_en" if lang == "en" else "jurisdiction"
        listed = [(f"{row[place]} {row['fiscal_year']} ({row['disclosure']})", row["disclosure"]) for row in places]
        datasets.source(disclosure)  # an id that is not there is refused here
        self.disclosure = choice(words[0], listed, disclosure)
        self.context = choice(words[1], self._contexts(), None)
        self.told = widgets.HTML()
        self.disclosure.observe(self._chosen, "value")
        self.context.observe(self._update, "value")
        self._update()
        super().__init__([named(words[0], self.disclosure), named(words[1], self.context), self.told])

    def _table(self):
        return self._measure(datasets.figures(self.disclosure.value))

    def _contexts(self):
        table = self._table()[["fiscal_year", "scope"]].drop_duplicates()
        found = [(int(year), scope) for year, scope in table.itertuples(index=False)]
        # The year that the document is about comes first, as in a report.
        year = datasets.source(self.disclosure.value)["fiscal_year"]
        found.sort(key=lambda each: each[0] != year)
        comma = {"en": ", ", "zh": "，"}[self.lang]
        return [(f"{year}{comma}{text.scope(scope, scope, self.lang)}", (year, scope)) for year, scope in found]

    def _chosen(self, _):
        with self.context.hold_trait_notifications():
            self.context.options = self._contexts()
        self._update()

    def _update(self, _=None):
        name, (year, scope) = self.disclosure.value, self.context.value
        table = self._table()
        table = table[(table["fiscal_year"] == year) & (table["scope"] == scope)]
        facts = narrative.facts(name, table, self.lang)
        pieces = [
            each if hasattr(each, "_repr_mimebundle_") else _picture(each) for each in self._tell(facts, name, table)
        ]
        self.told.value = page(*pieces, style=True)


def _picture(axes):
    return f"<p>{Picture(axes).html(axes.figure.get_label())}</p>"


def _debt(facts, name, table):
    tell, figures = narrative.debt, facts.in_scope(datasets.debt(name))
    return [
        tell.headline(facts),
        narrative.document.told(facts, "debt."),
        debt_plots.limits(figures, tell.headroom_title(facts), facts.lang),
        tell.limits(facts),
        tell.new_borrowing(facts),
        debt_plots.composition(table, tell.composition_title(facts), facts.lang),
        tell.ratio(facts),
        debt_plots.break_even(table, tell.break_even_title(facts), facts.lang),
        tell.absent(facts),
        narrative.document.citation(facts),
    ]


def _transfers(facts, name, table):
    tell = narrative.transfers
    return [
        tell.headline(facts),
        narrative.document.told(facts, "transfers."),
        tell.received(facts),
        transfers_plots.flows(facts.told(datasets.transfers(name)), tell.flows_title(facts), facts.lang),
        tell.paid(facts),
        transfers_plots.composition(table, tell.composition_title(facts), facts.lang),
        transfers_plots.ratios(table, tell.ratios_title(facts), facts.lang),
        tell.compared(facts),
        tell.absent(facts),
        narrative.document.citation(facts),
    ]
