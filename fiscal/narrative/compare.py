"""What the comparison says: which places can be ranked, which stand apart, and who does not state what.

>>> import fiscal
>>> figures = fiscal.datasets.figures(["ezhou-2017", "jiaxing-2017", "urumqi-2020"])
>>> table = fiscal.measures.compare(figures)
>>> about = fiscal.narrative.comparison(table, "en")
"""

from fiscal import text
from fiscal.measures.compare import COMPARABLE, MEASURES, groups
from fiscal.narrative.facts import facts
from fiscal.narrative.prose import Bullets, Prose, Table, ended, say

__all__ = [
    "Comparison",
    "agreement",
    "comparison",
    "coverage",
    "coverage_title",
    "differences",
    "finding",
    "headline",
    "lacking",
    "name",
    "places",
    "ranking",
    "sources",
]


class Comparison:
    """What a comparison tells from: a table of ``fiscal.measures.compare`` and the documents it is of.

    >>> [about.dated(row) for row in about.rows]
    ['Ezhou 2017', 'Jiaxing 2017', 'Urumqi 2020']
    """

    def __init__(self, table, lang):
        self.table, self.lang = table, text.language(lang)
        self.rows = table.drop_duplicates("disclosure").sort_values(["fiscal_year", "disclosure"]).to_dict("records")
        self.documents = {
            row["disclosure"]: facts(row["disclosure"], table[table["disclosure"] == row["disclosure"]], lang)
            for row in self.rows
        }

    def place(self, row):
        """The name of the place of a row."""
        return row["jurisdiction_en"] if self.lang == "en" else row["jurisdiction"]

    def dated(self, row):
        """Place and year, and the scope if it is not the whole area: Jiaxing 2017, own level."""
        place, time = self.place(row), text.time(row["as_of"] or row["fiscal_year"], self.lang)
        own = {"en": "a scope of its own", "zh": "自定口径"}[self.lang]
        scope = "" if row["scope"] == "whole" else text.scope(row["scope"], own, self.lang)
        if self.lang == "en":
            return f"{place} {time}, {scope}" if scope else f"{place} {time}"
        return f"{place}{time}{scope}"

    def value(self, row):
        """The value of a row as a fact."""
        return self.documents[row["disclosure"]].computed(row)

    def years(self):
        """The years of the documents, as a span: 2017 to 2025."""
        first, last = self.rows[0]["fiscal_year"], self.rows[-1]["fiscal_year"]
        if first == last:
            return str(first)
        return text.span(first, last, self.lang)

    def stated(self, measure):
        """The rows of a measure that have a value, highest first, and the contexts they are of."""
        found = list(groups(self.table, measure))
        rows = [row for _, group in found for row in group.to_dict("records")]
        return sorted(rows, key=lambda row: -row["value"]), [context for context, _ in found]

    def asked(self, measure):
        """Whether the table has the measure at all."""
        return measure in set(self.table["measure"])


def comparison(table, lang) -> Comparison:
    """The Comparison of a table of ``fiscal.measures.compare``, to tell in ``lang`` (en or zh).

    >>> table = fiscal.measures.compare(fiscal.datasets.figures(["ezhou-2017", "jiaxing-2017"]))
    >>> fiscal.narrative.comparison(table, "zh").years()
    '2017'
    """
    return Comparison(table, lang)


def name(measure, lang):
    """A measure in words.

    >>> fiscal.narrative.compare.name("limit_use", "zh")
    '债务限额使用率'
    """
    return MEASURES[measure].en if lang == "en" else MEASURES[measure].zh


def headline(about):
    """How many documents of which years, the span of the use of the limit, and that this is no single ranking.

    >>> print(fiscal.narrative.compare.headline(about))
    3 documents of 2017 to 2020 stand side by side. Use of the debt limit: from 86.12% (Urumqi 2020) to
    99.14% (Jiaxing 2017); not one ranking: years 2017 to 2020 and different scopes.
    """
    if not about.rows:
        return say(about.lang, en="There is no document to compare.", zh="没有可比较的文件。")
    if len(about.rows) == 1:
        return say(
            about.lang,
            en="Only {place} is here, so there is nothing to compare it with.",
            zh="这里只有{place}一份文件，没有可比对象。",
            place=about.dated(about.rows[0]),
        )
    count = say(
        about.lang,
        en="{count} documents of {years} stand side by side.",
        zh="{years}年的{count}份文件并列比较。",
        count=str(len(about.rows)),
        years=about.years(),
    )
    shown = next((measure for measure in MEASURES if about.stated(measure)[0]), None)
    if shown is None:
        return count + say(about.lang, en="None states what is compared here.", zh="均未公布所比较的指标。")
    found = finding(about, shown)
    return count + ended(found)


def finding(about, measure):
    """The finding of a picture: the span of a measure, and what keeps its rows from being one ranking.

    >>> print(fiscal.narrative.compare.finding(about, "special_share"))
    Special debt in the balance: from 53.04% (Jiaxing 2017) to 69.23% (Jiaxing 2017, a scope of its own);
    not one ranking: years 2017 to 2020 and different scopes
    """
    rows, contexts = about.stated(measure)
    if not rows:
        return _nowhere(about, measure)
    high, low = rows[0], rows[-1]
    if len(rows) == 1:
        return say(
            about.lang,
            en="{measure}: {high} in {top}, and no other to compare it with",
            zh="{measure}：{top}为{high}，没有可比对象",
            measure=name(measure, about.lang),
            high=about.value(high),
            top=about.dated(high),
        )
    span = say(
        about.lang,
        en="{measure}: from {low} ({bottom}) to {high} ({top})",
        zh="{measure}：最低{low}（{bottom}），最高{high}（{top}）",
        measure=name(measure, about.lang),
        low=about.value(low),
        high=about.value(high),
        bottom=about.dated(low),
        top=about.dated(high),
    )
    apart = differences(rows, contexts, about.lang)
    if not apart:
        return span
    words = {"en": "; not one ranking: {}", "zh": "；不构成统一排名：{}"}[about.lang]
    return Prose(*span.pieces, words.format(apart), lang=about.lang)


def differences(rows, contexts, lang):
    """What the rows of a measure differ in, in words: years 2017 to 2023, scopes, bases, levels; empty if nothing.

    >>> rows, contexts = about.stated("special_share")
    >>> fiscal.narrative.compare.differences(rows, contexts, "en")
    'years 2017 to 2020 and different scopes'
    """
    years = sorted({context["fiscal_year"] for context in contexts})
    parts = []
    if len(years) > 1:
        parts.append(
            f"years {text.span(years[0], years[-1], lang)}"
            if lang == "en"
            else f"年度不同（{years[0]}年至{years[-1]}年）"
        )
    elif len({context["as_of"] for context in contexts}) > 1:
        parts.append("different dates" if lang == "en" else "时点不同")
    for keys, en, zh in (
        (("scope", "scope_label"), "different scopes", "口径不同"),
        (("basis",), "different bases", "数据类型不同"),
    ):
        if len({tuple(context[key] for key in keys) for context in contexts}) > 1:
            parts.append(en if lang == "en" else zh)
    if len({row["level"] for row in rows}) > 1:
        parts.append("different levels of government" if lang == "en" else "政府层级不同")
    return text.listed(parts, lang)


def _nowhere(about, measure):
    """That no document has a measure: a title, without a full stop."""
    if not about.asked(measure):
        return say(about.lang, en="This measure was not asked for", zh="本次未选取该指标")
    return say(
        about.lang,
        en="{measure}: no document here states it",
        zh="{measure}：所列文件均未公布",
        measure=name(measure, about.lang),
    )


def places(about):
    """The documents by level of government: a nation, a province and a county are not alike.

    >>> print(fiscal.narrative.compare.places(about))
    What is compared
    Document | Level | Year | Published by
    Notice on the balance of the whole city's government-related debt (end of 2017) | prefecture | 2017 |
    Ezhou city government website ...
    """
    header = {
        "en": ["Document", "Level", "Year", "Published by"],
        "zh": ["文件", "层级", "年度", "公开单位"],
    }[about.lang]
    order = [*text.LEVELS, ""]
    rows = []
    for row in sorted(about.rows, key=lambda row: (order.index(row["level"]), row["fiscal_year"])):
        document = about.documents[row["disclosure"]]
        publisher = document.source.get("publisher", {"en": "not known", "zh": "未知"})
        year = str(document.source["fiscal_year"])
        rows.append([document.name("title"), _level(row, about.lang), year, document.words(publisher)])
    return Table({"en": "What is compared", "zh": "比较对象"}[about.lang], header, rows, short=[1, 2])


def _level(row, lang):
    return text.level(row["level"], lang) if row["level"] else {"en": "level not known", "zh": "层级未知"}[lang]


def ranking(about, measure):
    """The values of a measure by comparable set (same year, scope and basis), ranked within each.

    >>> print(fiscal.narrative.compare.ranking(about, "special_share"))
    Special debt in the balance
    Comparable set | Rank | Place | Level | Value | Notes
    2017, whole area, final accounts | — | Jiaxing | prefecture | 53.04% | only one in its set: no rank
    2017, own level, final accounts | — | ...
    """
    en = about.lang == "en"
    header = (
        ["Comparable set", "Rank", "Place", "Level", "Value", "Notes"]
        if en
        else ["可比组", "名次", "地区", "层级", "数值", "说明"]
    )
    rows = []
    for context, group in groups(about.table, measure):
        records = group.to_dict("records")
        alone = len(records) == 1
        for row in records:
            notes = _notes(row, about.lang)
            if alone:
                notes = ["only one in its set: no rank" if en else "该组仅此一项，不排名", *notes]
            elif len({each["level"] for each in records}) > 1:
                notes = ["levels differ within this set" if en else "组内政府层级不同", *notes]
            rows.append(
                [
                    text.context(context, about.lang),
                    "—" if alone else str(1 + sum(each["value"] > row["value"] for each in records)),
                    about.place(row),
                    _level(row, about.lang),
                    about.value(row),
                    ("; " if en else "；").join(notes),
                ]
            )
    return (
        Table(name(measure, about.lang), header, rows, numeric=[4], short=[1, 3])
        if rows
        else ended(_nowhere(about, measure))
    )


def _notes(row, lang):
    en = lang == "en"
    notes = {
        "at least: the input leaves something out" if en else "下限：分子不完整": bool(row["bound"]),
        "scope interpreted" if en else "口径属解释": row["interpreted"],
        "from a derived figure" if en else "含推算数字": row["derived"],
        "a scope that the text defines" if en else "文件自行定义的口径": row["scope"] == "other",
    }
    return [note for note, holds in notes.items() if holds]


def lacking(about, measure):
    """Which documents have no value of a measure, and what they do not state.

    >>> print(fiscal.narrative.compare.lacking(about, "limit_use"))
    - Ezhou 2017: The document does not state: debt limit at year end.
    """
    if not about.rows or not about.asked(measure):
        return ended(_nowhere(about, measure))
    rows = about.table[about.table["measure"] == measure]
    have = set(rows.loc[rows["value"].notna(), "disclosure"])
    sentences = []
    for row in rows[~rows["disclosure"].isin(have)].drop_duplicates("disclosure").to_dict("records"):
        place = {"en": f"{about.dated(row)}: ", "zh": f"{about.dated(row)}："}[about.lang]
        why = say(about.lang, en="{value}", zh="{value}", value=about.value(row))
        sentences.append(Prose(place, *why.pieces, lang=about.lang, stated=False))
    if not sentences:
        return say(about.lang, en="Every document here states it.", zh="所列文件均已公布。")
    return Bullets(*sentences)


def agreement(about):
    """Where a document prints its debt ratio and also both parts of it: whether they agree.

    >>> print(fiscal.narrative.compare.agreement(about))
    - Ezhou 2017: printed 68.8%, computed from its parts 68.79%; they agree.
    """
    rows = {measure: _by_context(about, measure) for measure in ("debt_ratio_printed", "debt_ratio")}
    both = [key for key in rows["debt_ratio_printed"] if key in rows["debt_ratio"]]
    if not both:
        return say(
            about.lang,
            en="No document here prints a debt ratio together with both its parts, so none can be recomputed.",
            zh="没有文件同时公布债务率及其分子、分母，无法复算。",
        )
    return Bullets(*(_agreement(about, rows["debt_ratio_printed"][key], rows["debt_ratio"][key]) for key in both))


def _by_context(about, measure):
    rows = about.table[(about.table["measure"] == measure) & about.table["value"].notna()]
    keys = ["disclosure", *COMPARABLE[:-1]]
    return {tuple(row[key] for key in keys): row for row in rows.to_dict("records")}


def _agreement(about, printed, computed):
    # Within rounding: the two intervals touch.
    agree = printed["low"] <= computed["high"] and computed["low"] <= printed["high"]
    return say(
        about.lang,
        en="{place}: printed {printed}, computed from its parts {computed}; {verdict}.",
        zh="{place}：公布数{printed}，按分子、分母复算为{computed}，{verdict}。",
        place=about.dated(printed),
        printed=about.value(printed),
        computed=about.value(computed),
        verdict={"en": ("they differ", "they agree"), "zh": ("不一致", "一致")}[about.lang][agree],
    )


def coverage_title(about):
    """The finding of the picture of who states what: the measure that most documents state.

    >>> print(fiscal.narrative.compare.coverage_title(about))
    Use of the debt limit is stated most often: by 2 of 3 documents
    """
    counts = {measure: len({row["disclosure"] for row in about.stated(measure)[0]}) for measure in MEASURES}
    best = max(counts, key=counts.get)
    if not counts[best]:
        return headline(about)
    return say(
        about.lang,
        en="{measure} is stated most often: by {have} of {all} documents",
        zh="公布最多的是{measure}：{all}份文件中有{have}份",
        measure=name(best, about.lang),
        have=str(counts[best]),
        all=str(len(about.rows)),
    )


def coverage(about):
    """How many documents state each measure.

    >>> print(fiscal.narrative.compare.coverage(about).items[0])
    Use of the debt limit: 2 of 3 documents.
    """
    sentences = []
    for measure in MEASURES:
        if not about.asked(measure):
            continue
        rows = about.table[about.table["measure"] == measure]
        sentences.append(
            say(
                about.lang,
                en="{measure}: {have} of {all} documents.",
                zh="{measure}：{all}份文件中有{have}份。",
                measure=name(measure, about.lang),
                have=str(rows.loc[rows["value"].notna(), "disclosure"].nunique()),
                all=str(len(about.rows)),
            )
        )
    return Bullets(*sentences)


def sources(about):
    """The documents that everything here is from.

    >>> print(fiscal.narrative.compare.sources(about).items[0])
    Ezhou: Notice on the balance of the whole city's government-related debt (end of 2017) (ezhou-2017).
    """
    if not about.rows:
        return headline(about)
    return Bullets(
        *(
            say(
                about.lang,
                en="{place}: {title} ({id}).",
                zh="{place}：《{title}》（{id}）。",
                place=about.place(row),
                title=about.documents[row["disclosure"]].name("title"),
                id=row["disclosure"],
            )
            for row in about.rows
        )
    )


def __dir__():
    return list(__all__)
