"""What the evaluation narrative tells from: a policy and what it did to a set of projects, in one language."""

import re
from functools import cached_property

import pandas as pd

from fiscal import rules, text
from fiscal.narrative.prose import Fact

COLUMNS = {
    "node": "节点",
    "budget_yuan": "预算数",
    "executed_yuan": "执行数",
    "base_yuan": "基数",
    "completion_bp": "完成率",
    "project_id": "项目编号",
}
# What is said in English of a row that can't be decided, in Chinese: {} is a column.
PROBLEMS = {
    r"(\w+) is missing": "缺少{}",
    r"(\w+) is no whole number": "{}不是整数",
    r"(\w+) is below (.+)": "{}低于{}",
    r"(\w+) is above (.+)": "{}高于{}",
    r"(\w+) is none of (.+)": "{}应为{}之一",
    r"(\w+) is there twice at this node": "同一节点{}重复",
    r"executed is more than ten times the budget": "执行数超过预算数的十倍",
    r"nothing is left of the budget after what was recovered": "收回后预算已无余额",
}


class Outcome:
    """What a narrative tells from: a policy, its outcomes on a set of tables, in one language."""

    def __init__(self, policy, result, lang, synthetic):
        self.policy, self.result, self.lang, self.synthetic = policy, result, text.language(lang), synthetic
        # Scores are of the year before the monitoring, cuts of the year after it.
        self.years = {name: str(policy.fiscal_year + n) for name, n in (("before", -1), ("year", 0), ("after", 1))}
        # Empty where the projects are a user's own and nothing else was given.
        self.evaluations = result.get("evaluations", pd.DataFrame({"review_score": []}))
        self.departments = result.get("departments", pd.DataFrame({"grade": [], "department_score": []}))

    @cached_property
    def summary(self):
        """The headline numbers, as ``fiscal.rules.summary`` gives them: not every narrative tells them."""
        return rules.summary(self.result)

    def parameter(self, name, decimals=0):
        """A rate or score of the policy, with clause and status."""
        found = self.policy.parameters[name]
        if found.value <= 1:
            shown = text.percent(found.value, self.lang, decimals)
        else:
            shown = text.number(found.value, decimals, self.lang)
        return Fact(
            shown,
            "\n".join([found.label[self.lang], self.cited(found.clause, found.status), found.note[self.lang]]),
            value=found.value,
            unit="ratio" if found.value <= 1 else "count",
            clause=text.clause(found.clause, self.lang),
        )

    def amount(self, yuan, label, clause):
        """An amount computed from the projects: two decimals, or the first that is not zero."""
        place = text.clause(clause, self.lang)
        decimals = next(d for d in range(2, 9) if not yuan or abs(yuan) * 10**d >= text.YI)
        shown = text.money(yuan, self.lang, decimals)
        return Fact(shown, self._provenance(label, clause), value=int(yuan), unit="yuan", clause=place)

    def count(self, number, label, clause):
        place = text.clause(clause, self.lang)
        shown = text.number(number, 0, self.lang)
        return Fact(shown, self._provenance(label, clause), value=int(number), unit="count", clause=place)

    def _provenance(self, label, clause):
        return "\n".join(filter(None, [label, self._computed(), self.cited(clause, "")]))

    def cited(self, clause, status):
        where = text.clause(clause, self.lang)
        statuses = {
            "stated": ("stated in the source", "文件载明"),
            "interpreted": ("interpreted", "解释"),
            "assumed": ("assumed: the source is silent", "假设：文件未规定"),
        }
        status = statuses[status][self.lang == "zh"] if status else ""
        parts = [f"clause {where}" if self.lang == "en" else where, status]
        return {"en": ", ", "zh": "，"}[self.lang].join(filter(None, parts))

    def _computed(self):
        if self.synthetic:
            return {"en": "computed from synthetic projects", "zh": "由模拟项目计算"}[self.lang]
        return {"en": "computed from your projects", "zh": "由所给项目计算"}[self.lang]


def outcome(policy, result, lang, synthetic=True) -> Outcome:
    """The Outcome of a policy on what ``fiscal.rules.outcomes`` gave; ``synthetic`` says what the projects are.

    Raises UnknownName for a language that is not there.

    >>> policy = fiscal.rules.load_policy("urumqi-2020")
    >>> result = fiscal.rules.outcomes(fiscal.datasets.synthetic(200), policy)
    >>> about = fiscal.narrative.outcome(policy, result, "en")
    >>> print(about.parameter("warning.deviation_max").provenance)
    Largest deviation without a warning
    clause III.2.1, stated in the source
    A deviation of more than 20% is a warning; exactly 20% is none.
    """
    return Outcome(policy, result, lang, synthetic)


def pick(en, zh, about):
    """The words in the language of an outcome."""
    return {"en": en, "zh": zh}[about.lang]


def problem(why, lang):
    """Why a row could not be decided, in a language; what has no Chinese words stays as it is."""
    for pattern, words in PROBLEMS.items():
        if lang == "zh" and (found := re.fullmatch(pattern, why)):
            return words.format(*(COLUMNS.get(each, each) for each in found.groups()))
    return why
