"""What a narrative tells from: figures and measures of one document, as facts in one language."""

import re
from fractions import Fraction

from fiscal import datasets, text
from fiscal.figures import vocabulary
from fiscal.measures.printed import BASES, scopes_of
from fiscal.narrative.prose import Fact

CONCEPT = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


def facts(disclosure, measures, lang):
    """The facts of a disclosure (an id) and of its table of measures, to tell in ``lang`` (en or zh)."""
    return Facts(
        datasets.source(disclosure), datasets.figures(disclosure), datasets.statements(disclosure), measures, lang
    )


def _first(row):
    """Of several figures of a concept the sentences tell the one that the measures use."""
    scopes = (*scopes_of(row["concept"]), "lower", "other")
    return scopes.index(row["scope"]), [*BASES, "budget"].index(row["basis"])


class Facts:
    """What a narrative tells from: a document's source, its figures and its measures, in one language."""

    def __init__(self, source, figures, statements, measures, lang):
        self.source = source
        self.lang = text.language(lang)
        self.figures = figures
        self.statements = statements
        self.year = source["fiscal_year"]
        self._figures = {}
        for row in sorted(figures.to_dict("records"), key=_first):
            if row["fiscal_year"] == self.year and not (row["counterparty"] or row["project"] or row["as_of"]):
                self._figures.setdefault(row["concept"], row)
        self._measures = {}
        for row in measures.to_dict("records"):
            if row["fiscal_year"] == self.year:
                self._measures.setdefault((row["measure"], row["type"]), row)

    def name(self, key):
        """The name of the place (``jurisdiction``) or of its neighbours (``level_above``, ``level_below``)."""
        generic = {
            "level_above": {"en": "the level above", "zh": "上级"},
            "level_below": {"en": "the levels below", "zh": "下级"},
        }
        return self.words(self.source.get(key) or generic[key])

    def words(self, names):
        """A name in the language; what has no English name keeps its Chinese one."""
        return names.get(self.lang, names["zh"])

    def has(self, concept):
        return concept in self._figures

    def remarks(self, concept):
        return vocabulary.split(self._figures[concept]["remark"]) if self.has(concept) else []

    def printed(self, concept):
        """The row of a printed figure as a dict."""
        return self._figures[concept]

    def label(self, concept):
        return vocabulary.label(concept, self.lang)

    def figure(self, concept):
        """A printed figure as a fact."""
        if not self.has(concept):
            return Fact("", missing=(concept,))
        row = self._figures[concept]
        return Fact(self._value(row), self._figure_provenance(row))

    def _value(self, row):
        if row["unit"] == "yuan":
            return text.money(row["value"], self.lang)
        if row["unit"] == "bp":
            decimals = next(d for d in range(3) if row["value"] * 10**d % 100 == 0)
            return text.percent(Fraction(row["value"], 10_000), self.lang, decimals)
        return text.number(row["value"], 0, self.lang)

    def _figure_provenance(self, row):
        en = self.lang == "en"
        status = {
            "stated": "stated in the document" if en else "文件载明",
            "derived": f"derived: {self._named(row['formula'])}" if en else f"推算：{self._named(row['formula'])}",
            "edited": "edited by a person" if en else "人工修改",
        }[row["status"]]
        remarks = [vocabulary.remark(each, self.lang) for each in vocabulary.split(row["remark"])]
        parts = [self.label(row["concept"]), self._place(row), status, *remarks]
        return "\n".join(part for part in parts if part)

    def _place(self, row):
        """``printed 142.43亿元, clause I.1``, or the source that a context file cites."""
        printed = f"{row['disclosed']}{row['disclosed_unit']}"
        if row.get("source"):
            cited = row["source"]
            return f"{printed}, {cited} (your context file)" if self.lang == "en" else f"{printed}（补充文件：{cited}）"
        if not row["disclosed"]:
            return ""
        where = text.clause(row["clause"], self.lang)
        if self.lang == "en":
            return f"printed {printed}, clause {where}" if where else f"printed {printed}"
        return f"原文{printed}，{where}" if where else f"原文{printed}"

    def row(self, measure, kind="total"):
        """The row of a measure as a dict."""
        return self._measures[measure, kind]

    def measure(self, measure, kind="total", magnitude=False):
        """A measure as a fact; ``magnitude`` drops the sign, for sentences that say more or less in words."""
        row = self.row(measure, kind)
        if row["reason"]:
            return Fact("", missing=tuple(row["missing"].split(", ")), reason=row["reason"])
        value = Fraction(int(row["numerator"]), int(row["denominator"]))
        return Fact(self._measured(row, abs(value) if magnitude else value), self._measure_provenance(row))

    def _measured(self, row, value):
        decimals = int(row["decimals"])
        if row["unit"] == "yuan":
            return text.money(value, self.lang, decimals)
        return text.percent(value, self.lang, decimals)

    def _measure_provenance(self, row):
        en = self.lang == "en"
        low, high = (Fraction(float(row[end])) for end in ("low", "high"))
        # One digit more than is shown, so that the reader sees what rounding leaves open.
        decimals = int(row["decimals"]) + 1
        if row["unit"] == "yuan":
            ends = text.number(low / text.YI, decimals, self.lang), text.money(high, self.lang, decimals)
        else:
            ends = text.number(low * 100, decimals, self.lang), text.percent(high, self.lang, decimals)
        inputs = [self._place(evidence._asdict()) for evidence in row["evidence"]]
        parts = [
            self._named(row["formula"]),
            *inputs,
            f"rounding leaves {ends[0]} to {ends[1]}" if en else f"四舍五入区间{ends[0]}至{ends[1]}",
            "computed" if en else "计算得出",
        ]
        return "\n".join(parts)

    def formula(self, row):
        """The formula of a measure in the reader's words."""
        return self._named(row["formula"])

    def _named(self, formula):
        return CONCEPT.sub(lambda match: self.label(match[0]), formula)
