"""What a narrative tells from: figures and measures of one document, as facts in one language."""

import re
from fractions import Fraction

from fiscal import datasets, text
from fiscal.figures import vocabulary
from fiscal.measures.printed import BASES, scopes_of
from fiscal.narrative.prose import Fact

CONCEPT = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


def facts(disclosure, measures, lang) -> "Facts":
    """The facts of a disclosure (an id) and of its table of measures, to tell in ``lang`` (en or zh).

    Raises UnknownName for a disclosure or a language that is not there, InputError for files that are not
    right.

    >>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
    >>> facts = fiscal.narrative.facts("urumqi-2020", debt, "en")
    >>> print(facts.measure("limit_use", "special").provenance)
    Special debt balance ÷ Special debt limit at year end
    printed 783.4亿元, clause II
    printed 900.4亿元, clause II
    rounding leaves 87.005 to 87.007%
    computed
    """
    return Facts(
        datasets.source(disclosure), datasets.figures(disclosure), datasets.statements(disclosure), measures, lang
    )


class Facts:
    """What a narrative tells from: a document's source, its figures and its measures, in one language.

    >>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
    >>> facts = fiscal.narrative.facts("urumqi-2020", debt, "zh")
    >>> facts.name("jurisdiction"), str(facts.figure("debt.balance")), str(facts.measure("limit_use"))
    ('乌鲁木齐市', '1188.94亿元', '86.12%')
    """

    def __init__(self, source, figures, statements, measures, lang):
        self.source = source
        self.lang = text.language(lang)
        self.figures = figures
        self.statements = statements
        years = set(measures["fiscal_year"])
        self.year = (
            source["fiscal_year"] if source["fiscal_year"] in years else max(years, default=source["fiscal_year"])
        )
        self._measures = {}
        for row in measures[measures["fiscal_year"] == self.year].to_dict("records"):
            self._measures.setdefault((row["measure"], row["type"]), row)
        # Measures come scope by scope, and sentences tell the first.
        self.scope = next((row["scope"] for row in self._measures.values()), "whole")
        totals = figures[(figures["counterparty"] == "") & (figures["project"] == "")]
        self._printed = set(totals["concept"])
        self._bases = dict(zip(figures["figure_id"], figures["basis"], strict=True))
        rows = [row for row in self.told(totals).to_dict("records") if row["scope"] in self._scopes(row["concept"])]
        self._figures = {}
        for row in sorted(rows, key=self._first):
            self._figures.setdefault(row["concept"], row)

    def _scopes(self, concept):
        """Where a sentence may take a figure from: never from another scope than the measures beside it."""
        return scopes_of(concept) if concept.startswith("transfers.") else (self.scope,)

    def _first(self, row):
        """Of several figures of a concept the sentences tell the one that the measures use."""
        return self._scopes(row["concept"]).index(row["scope"]), BASES.index(row["basis"])

    def told(self, frame):
        """The rows of figures that are results of the year told: no plan, no other year, no date within the year."""
        return frame[(frame["fiscal_year"] == self.year) & frame["basis"].isin(BASES) & (frame["as_of"] == "")]

    def in_scope(self, frame):
        """The rows of a frame (figures or measures) of the year and the scope told."""
        frame = frame[(frame["fiscal_year"] == self.year) & (frame["scope"] == self.scope)]
        # Of one figure on several bases the firmest comes first.
        return self.told(frame).sort_values("basis", kind="stable") if "basis" in frame else frame

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
            return self._absent((concept,))
        return self.cell(self._figures[concept])

    def cell(self, row):
        """The figure in a row of the document's figures as a fact."""
        return Fact(
            self._value(row),
            self._figure_provenance(row),
            value=Fraction(int(row["value"]), 10_000) if row["unit"] == "bp" else int(row["value"]),
            unit="ratio" if row["unit"] == "bp" else row["unit"],
            printed=f"{row['disclosed']}{row['disclosed_unit']}",
            clause=text.clause(row["clause"], self.lang),
            formula=named(row["formula"], self.lang) if row["status"] == "derived" else "",
        )

    def _absent(self, concepts, reason=""):
        """The fact that is not there; which of its concepts are printed all the same, but not as such a result."""
        return Fact("", missing=concepts, reason=reason, otherwise=tuple(c for c in concepts if c in self._printed))

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
            "derived": f"derived: {self.formula(row)}" if en else f"推算：{self.formula(row)}",
            "edited": "edited by a person" if en else "人工修改",
        }[row["status"]]
        remarks = [vocabulary.remark(each, self.lang) for each in vocabulary.split(row["remark"])]
        parts = [self.label(row["concept"]), self._place(row), self._context(row), status, *remarks]
        return "\n".join(part for part in parts if part)

    def _context(self, row):
        """Year, date, scope and basis of a figure, as far as they are not those that the page is about."""
        words = [
            text.time(row["fiscal_year"], self.lang) if row["fiscal_year"] != self.year else "",
            text.time(row["as_of"], self.lang) if row["as_of"] else "",
            text.scope(row["scope"], row["scope_label"], self.lang) if row["scope"] != self.scope else "",
            text.basis(row["basis"], self.lang) if row["basis"] != "final" else "",
        ]
        return {"en": ", ", "zh": "，"}[self.lang].join(word for word in words if word)

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
        return self.computed(self.row(measure, kind), magnitude)

    def computed(self, row, magnitude=False):
        """A row of a table of measures as a fact."""
        if row["reason"]:
            return self._absent(tuple(row["missing"].split(", ")), row["reason"])
        value = Fraction(int(row["numerator"]), int(row["denominator"]))
        value = abs(value) if magnitude else value
        marks = {"en": "; ", "zh": "；"}[self.lang]
        evidence = [each._asdict() for each in row["evidence"]]
        printed = [f"{each['disclosed']}{each['disclosed_unit']}" for each in evidence]
        clauses = [text.clause(each["clause"], self.lang) for each in evidence]
        return Fact(
            self._measured(row, value),
            self._measure_provenance(row),
            value=value,
            unit=row["unit"],
            printed=marks.join(filter(None, printed)),
            clause=marks.join(dict.fromkeys(filter(None, clauses))),
            formula=self.formula(row),
        )

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
        inputs = [self._input(evidence) for evidence in row["evidence"]]
        other = row["scope"] != self.scope
        parts = [
            self.formula(row),
            *([text.scope(row["scope"], row.get("scope_label", ""), self.lang)] if other else []),
            *inputs,
            f"rounding leaves {text.span(*ends, 'en')}" if en else f"四舍五入区间：{text.span(*ends, 'zh')}",
            "computed" if en else "计算得出",
        ]
        return "\n".join(parts)

    def _input(self, evidence):
        basis = self._bases.get(evidence.figure_id, "final")
        place = self._place(evidence._asdict())
        return place if basis == "final" else place + text.aside(text.basis(basis, self.lang), self.lang)

    def formula(self, row):
        """The formula of a measure in the reader's words."""
        return named(row["formula"], self.lang)


def named(formula, lang):
    """A formula with the names of its concepts; in Chinese it has no spaces and wide brackets."""
    if lang == "zh":
        formula = formula.replace(" ", "").translate(str.maketrans("()", "（）"))
    concepts = vocabulary.concepts().index
    return CONCEPT.sub(lambda each: vocabulary.label(each[0], lang) if each[0] in concepts else each[0], formula)
