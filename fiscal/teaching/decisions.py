"""Decision tables for people who have never seen one: cells and rows in words, projects decided, faults found."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from fiscal import datasets, rules, text
from fiscal.figures import labels
from fiscal.narrative.prose import Fact, Table
from fiscal.rules import describe, sfeel
from fiscal.rules.describe import alternatives, value
from fiscal.teaching import parts
from fiscal.teaching.show import Shown

BUDGET = 1_000_000  # of a project that is made up for a page
ANY = ("any", "不限")
LABELS = {
    "abnormal": ("Abnormal?", "不正常？"),
    "warning": ("Warning?", "预警？"),
    "recovery_share": ("Recovered", "收回"),
    "action": ("What happens", "处理"),
    "criticism": ("Notice of criticism?", "通报批评？"),
    "rectification": ("Must rectify?", "限时整改？"),
    "adjustment": ("2021 budget adjusted?", "调整2021年预算？"),
    "grade": ("Grade", "档次"),
    "cut_share": ("Cut", "压减"),
}


def taught(policy, name):
    """A decision table without the columns that the policy's own readings settle: what a beginner has to look at."""
    decision = policy.tables[name]
    names = [each.name for each in decision.inputs]
    settled = {"reading": policy["progress.reading"]}
    if "candidate" in names:
        if policy["recovery.candidates"] == "warned":
            return _candidates_are_warned(decision, names)
        settled["candidate"] = "true"
    kept = [i for i, each in enumerate(names) if each not in settled]
    rows = tuple(
        replace(rule, cells=tuple(rule.cells[i] for i in kept))
        for rule in decision.rules
        if all(settled[each] in cell for each, cell in zip(names, rule.cells, strict=True) if each in settled)
    )
    return replace(decision, inputs=tuple(decision.inputs[i] for i in kept), rules=rows, infeasible=())


def _candidates_are_warned(decision, names):
    """Whose money may be recovered is who is warned: one column instead of two."""
    candidate, warning = names.index("candidate"), names.index("warning")
    rows = []
    for rule in decision.rules:
        left = [value for value in ("true", "false") if value in rule.cells[candidate] and value in rule.cells[warning]]
        if left:
            cell = sfeel.Cell("-", ()) if len(left) > 1 else sfeel.Cell(left[0], tuple(left))
            others = [each for i, each in enumerate(rule.cells) if i not in (candidate, warning)]
            rows.append(replace(rule, cells=(cell, *others)))
    inputs = [each for i, each in enumerate(decision.inputs) if i not in (candidate, warning)]
    return replace(decision, inputs=(decision.inputs[warning], *inputs), rules=tuple(rows), infeasible=())


def numbers(policy, name):
    """The number that a row has on the page, by its id."""
    return {rule.id: number for number, rule in enumerate(taught(policy, name).rules, start=1)}


def table(decided, policy, lang, caption=None):
    """A decision table with numbered rows and cells in words; reasons are left to the reader."""
    shown = [name for name in decided.outputs if not name.endswith("_reason")]
    header = [
        {"en": "Row", "zh": "行"}[lang],
        *(text.capital(column.label[lang], lang) for column in decided.inputs),
        *(_in(lang, LABELS.get(name, (name, name))) for name in shown),
    ]
    rows = []
    for number, rule in enumerate(decided.rules, start=1):
        cells = [said(cell, column, policy, lang) for cell, column in zip(rule.cells, decided.inputs, strict=True)]
        outputs = dict(zip(decided.outputs, rule.outputs, strict=True))
        rows.append([str(number), *cells, *(output(name, outputs[name], policy, lang) for name in shown)])
    status = labels.word("status", decided.status, lang)
    where = text.clause(decided.clause, lang)
    named = decided.title[lang] + text.aside(_in(lang, (f"clause {where}, {status}", f"{where}，{status}")), lang)
    return Table(caption or named, header, rows)


def said(cell, column, policy, lang):
    """What a cell lets through, in words: above 10% and below 50%."""
    if not cell.tests:
        return _in(lang, ANY)
    words = [
        _interval(test, column, lang) if isinstance(test, sfeel.Interval) else policy.word(column.name, test, lang)
        for test in cell.tests
    ]
    return " / ".join(words)


def output(column, value, policy, lang):
    """What a row gives in a column, in words: a share as a percentage, yes or no, what happens to the project."""
    if isinstance(value, Fraction):
        return percent(value, lang)
    value = str(value).lower() if isinstance(value, bool) else value
    words = policy.word(column, value, lang)
    if column != "action" or words != value:
        return words
    share = percent(rules.actions(policy)[value], lang)  # an action without a label
    return {"en": f"{share} recovered", "zh": f"收回{share}"}[lang]


def percent(value, lang, most=2):
    """A share as a percentage with the digits that it has, at most so many."""
    exact = Fraction(value) * 100
    return text.percent(value, lang, next((d for d in range(most) if (exact * 10**d).denominator == 1), most))


def _interval(test, column, lang):
    def number(value):
        if column.unit == "ratio":
            return "零" if lang == "zh" and not value else percent(value, lang)
        return text.number(value, 0, lang) + ("" if lang == "en" else "分")

    if test.low == test.high:
        return {"en": "exactly {}", "zh": "{}"}[lang].format(number(test.low))
    low = high = ""
    if test.low is not None:
        pattern = ("{} or more", "大于等于{}") if test.low_closed else ("above {}", "大于{}")
        low = _in(lang, pattern).format(number(test.low))
    if test.high is not None:
        pattern = ("at most {}", "小于等于{}") if test.high_closed else ("below {}", "小于{}")
        high = _in(lang, pattern).format(number(test.high))
    return {"en": ", ", "zh": "、"}[lang].join(filter(None, [low, high]))


def project(policy, execution=None, completion=0, *, executed=None, node=None):
    """One project made up for a page: a budget of 1,000,000 yuan, rates as fractions, or ``executed`` in yuan."""
    yuan = executed if executed is not None else int(Fraction(str(execution)) * BUDGET)
    return {
        "node": node or policy.nodes[0],
        "budget_yuan": BUDGET,
        "executed_yuan": yuan,
        "completion_bp": int(Fraction(str(completion)) * 10_000),
    }


def decide(projects, policy):
    """What monitoring does with projects, each for itself: a pandas frame."""
    return rules.monitor(pd.DataFrame(projects), policy)


def decided(projects, policy, lang, caption):
    """A table of projects with their rates, in words, and what the rules do to each."""
    found = decide(projects, policy)
    numbered = numbers(policy, "recovery")
    rows = []
    for row in found.itertuples():
        execution, completion = Fraction(row.executed_yuan, row.base_yuan), Fraction(row.completion_bp, 10_000)
        spent, share = yuan(row.executed_yuan, lang), percent(execution, lang, 4)
        rows.append(
            [
                f"{spent} ({share})" if lang == "en" else f"{spent}（{share}）",
                percent(completion, lang),
                output("warning", bool(row.warning), policy, lang),
                output("action", row.action, policy, lang),
                str(numbered[row.rule]),
                Fact(yuan(row.recovered_yuan, lang), invented(policy, lang)),
            ]
        )
    header = [
        {"en": "Spent", "zh": "已支出"}[lang],
        {"en": "Completion", "zh": "完成率"}[lang],
        _in(lang, LABELS["warning"]),
        _in(lang, LABELS["action"]),
        {"en": "Row", "zh": "行"}[lang],
        _in(lang, LABELS["recovery_share"]),
    ]
    return Table(caption, header, rows, numeric=[1, 5])


def invented(policy, lang):
    """The provenance of an amount of a project that is made up for a page."""
    if lang == "en":
        return f"A project made up for this page, decided by the rules of {policy.id}, clause III.2.1"
    return f"为本页虚构的项目，按{policy.id}规则判定，{text.clause('III.2.1', lang)}"


def yuan(amount, lang):
    """Whole yuan, in words of the language."""
    shown = text.number(amount, 0, lang)
    return f"{shown} yuan" if lang == "en" else f"{shown}元"


def walk(row, policy, lang, caption):
    """One project through the tables, step by step: what held, the row, what follows."""
    rows = []
    for step in rules.explain(row, policy).steps:
        decision = taught(policy, step.table)
        number = numbers(policy, step.table)[step.rule]
        values = {name: value for name, value, _ in step.cells}
        held = [
            _held(values[column.name], column, cell, policy, lang)
            for column, cell in zip(decision.inputs, decision.rules[number - 1].cells, strict=True)
            if cell.tests
        ]
        first = next(name for name in ("action", *step.outputs) if name in step.outputs)
        answer = output(first, step.outputs[first], policy, lang)
        cited = [text.clause(step.clause, lang), labels.word("status", step.status, lang)]
        rows.append(
            [
                decision.title[lang],
                _in(lang, ("; ", "；")).join(held),
                str(number),
                answer,
                _in(lang, (", ", "，")).join(cited),
            ]
        )
    header = {
        "en": ["Question", "What held", "Row", "Answer", "From"],
        "zh": ["判定", "符合的条件", "行", "结果", "依据"],
    }[lang]
    return Table(caption, header, rows, short=[2])


def _held(value, column, cell, policy, lang):
    """A condition that held: what it is about, the project's value, and what the cell asks."""
    if column.values:
        return text.named(column.label[lang], policy.word(column.name, value, lang), lang)
    shown = percent(Fraction(value[:-1]) / 100, lang, 4)
    pattern = ("{} {} ({})", "{}{}（{}）")
    return _in(lang, pattern).format(column.label[lang], shown, said(cell, column, policy, lang))


def sentences(policy, clauses, lang, caption):
    """What the policy's document says in these clauses, in our words."""
    found = datasets.statements(policy.disclosure)
    found = found[found["clause"].isin(clauses) & found["topic"].isin(["duty", "rule"])]
    rows = [[row[f"text_{lang}"], text.clause(row["clause"], lang)] for row in found.to_dict("records")]
    header = {"en": ["What the document says", "Clause"], "zh": ["文件内容（转述）", "条款"]}[lang]
    return Table(caption, header, rows, short=[1])


def readings(policy, clauses, lang, caption):
    """The parameters of these clauses: value, whether the source states it, and what else it could be."""
    rows = [
        [
            each.label[lang],
            value(each, lang),
            labels.word("status", each.status, lang),
            alternatives(each, lang),
        ]
        for each in policy.parameters.values()
        if each.clause in clauses
    ]
    header = {"en": ["What is asked", "Here", "Status", "Or"], "zh": ["事项", "取值", "依据", "其他可能"]}[lang]
    return Table(caption, header, rows, short=[2])


def edited(decision, row, column, written, policy):
    """A decision table with another cell: ``written`` in S-FEEL, with numbers or the names of parameters."""

    def value_of(name):
        return policy.values.get(f"{decision.name}.{name}", policy.values.get(name))

    names = [each.name for each in decision.inputs]
    changed = []
    for rule in decision.rules:
        if rule.id == row:
            cells = list(rule.cells)
            cells[names.index(column)] = sfeel.parse(written, value_of)
            rule = replace(rule, cells=tuple(cells))
        changed.append(rule)
    return replace(decision, rules=tuple(changed))


def fault(decision, policy, lang):
    """The smallest example of a gap or an overlap, in words; None where every case has exactly one row."""
    if not (found := decision.fault()):
        return None
    numbered = [decision.rules.index(rule) + 1 for rule in found.rows]
    rows = {
        "en": f"rows {text.listed(numbered, 'en')}",
        "zh": text.listed([f"第{number}行" for number in numbered], "zh"),
    }[lang]
    return describe.fault(policy, found, lang, rows) + _in(lang, (".", "。"))


def _in(lang, pair):
    return pair[lang == "zh"]


def altered(lang, shown):
    """A table with errors on purpose, marked so."""
    said = parts.WORDS[lang]["altered"]
    bundle = shown._repr_mimebundle_()
    return Shown(parts.altered(lang, bundle["text/html"]), f"{said}\n{bundle['text/plain']}", lang)


def folded(lesson, head, shown):
    """What answers an exercise: open in a notebook, where its cell is run by hand, and folded on a page."""
    if lesson.edition != "page":
        return shown
    bundle = shown._repr_mimebundle_()
    return Shown(parts.folded(_in(lesson.lang, head), bundle["text/html"]), bundle["text/plain"], lesson.lang)
