"""The rule book as a page: clause by clause, stated and assumed apart, from the file that runs."""

import re
from dataclasses import replace
from fractions import Fraction

from fiscal import datasets, text
from fiscal.rules import sfeel
from fiscal.rules.table import POINTS, Unproved

WORDS = {
    "en": {
        "stated": "stated in the source",
        "interpreted": "interpreted",
        "assumed": "assumed: the source is silent",
        "reported": "reported from another authority",
        "parameter": "Parameter",
        "value": "Value",
        "status": "Status",
        "note": "What it says",
        "row": "Row",
        "any": "any",
        "alternatives": "or: ",
        "range": "range: ",
        "duties": "Duties that are checked",
    },
    "zh": {
        "stated": "文件载明",
        "interpreted": "解释",
        "assumed": "假设：文件未规定",
        "reported": "据其他机构",
        "parameter": "参数",
        "value": "取值",
        "status": "依据",
        "note": "说明",
        "row": "情形",
        "any": "不限",
        "alternatives": "也可：",
        "range": "范围：",
        "duties": "须核对的职责",
    },
}


MARKUP = re.compile(r"[\\`*_|~$]|\](?=[(\[:])")  # of Markdown


def describe(policy, lang):
    """The rule book as Markdown; every number in it is a parameter of the policy, and every label is text."""
    words = WORDS[text.language(lang)]
    parts = [f"# {_plain(policy.title[lang])}"]
    said = _statements(policy, lang)
    ruled = {p.clause for p in policy.parameters.values()} | {t.clause for t in policy.tables.values()}
    for clause in sorted(ruled | set(said)):
        parts.append(f"## {_plain(text.clause(clause, lang))}")
        parts += [f"> {_plain(paraphrase)}" for paraphrase in said.get(clause, [])]
        for table in policy.tables.values():
            if table.clause == clause:
                parts.append(_table(policy, table, words, lang))
        rows = [p for p in policy.parameters.values() if p.clause == clause]
        if rows:
            parts.append(_parameters(rows, words, lang))
    if policy.checks:
        comma = {"en": ", ", "zh": "，"}[lang]
        lines = [
            f"- {_plain(check['label'][lang])}"
            + text.aside(f"{_plain(text.clause(check['clause'], lang))}{comma}{words[check['status']]}", lang)
            for check in policy.checks.values()
        ]
        parts.append(f"## {words['duties']}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _statements(policy, lang):
    """What the document says, in our words, by clause."""
    if not policy.disclosure:
        return {}
    rows = datasets.statements(policy.disclosure)
    rows = rows[rows["topic"].isin(["duty", "rule", "organisation"])]
    return rows.groupby("clause")[f"text_{lang}"].apply(list).to_dict()


def value(parameter, lang):
    """A parameter's value as a reader writes it."""
    if parameter.alternatives:
        return parameter.alternatives[parameter.value][lang]
    if not isinstance(parameter.value, Fraction):
        return text.time(parameter.value, lang)
    return number(parameter.value, "ratio" if parameter.value <= 1 else "", lang)


def number(exact, unit, lang):
    """A rate as a percentage (20%, 20.83%), a score or a count as it is."""
    if unit == "ratio":
        return text.percent(exact, lang, 0 if exact * 100 == int(exact * 100) else 2)
    return f"{float(exact):g}"


def alternatives(parameter, lang):
    """What else a parameter could be, in words: its other readings, or its range; empty if nothing."""
    if parameter.range:
        return text.span(*(value(replace(parameter, value=end), lang) for end in parameter.range), lang)
    others = [label[lang] for word, label in parameter.alternatives.items() if word != parameter.value]
    return {"en": "; ", "zh": "；"}[lang].join(others)


def condition(policy, cell, column, lang):
    """What a cell lets through, in words: ``above 10% and below 50%``; ``any`` where it lets all through."""
    if not cell.tests:
        return WORDS[lang]["any"]
    words = [
        _between(test, column, lang) if isinstance(test, sfeel.Interval) else policy.word(column.name, test, lang)
        for test in cell.tests
    ]
    return " / ".join(words)


def fault(policy, found, lang, rows=""):
    """What a Fault of a table is, or that it is Unproved, in words.

    ``rows`` says which ones hold at once where they go by other names.
    """
    if isinstance(found, Unproved):
        limit = f"条件区分出{found.points}种情形，超过{POINTS}种，无法逐一验证"
        return {"en": str(found), "zh": limit}[lang]
    each = zip(found.inputs, found.point, strict=True)
    if lang == "en":
        place = ", ".join(f"{column.label[lang]} is {_valued(policy, column, value, lang)}" for column, value in each)
        rows = rows or "rows " + text.listed([f"“{rule.called(lang)}”" for rule in found.rows], lang)
        return f"Overlap: {rows} both apply where {place}" if found.rows else f"Gap: no row applies where {place}"
    place = "、".join(f"{column.label[lang]}为{_valued(policy, column, value, lang)}" for column, value in each)
    rows = rows or text.listed([f"“{rule.called(lang)}”" for rule in found.rows], lang)
    return f"重叠：{place}时，{rows}同时适用" if found.rows else f"空缺：{place}时，没有一行适用"


def _valued(policy, column, value, lang):
    return policy.word(column.name, value, lang) if column.values else number(value, column.unit, lang)


def _between(interval, column, lang):
    if interval.low == interval.high:
        return number(interval.low, column.unit, lang)
    words = {
        "en": ("above ", "at least ", "below ", "at most ", " and "),
        "zh": ("大于", "不低于", "小于", "不超过", "且"),
    }[lang]
    parts = []
    if interval.low is not None:
        parts.append(words[interval.low_closed] + number(interval.low, column.unit, lang))
    if interval.high is not None:
        parts.append(words[2 + interval.high_closed] + number(interval.high, column.unit, lang))
    return words[4].join(parts)


def _parameters(rows, words, lang):
    header = f"| {words['parameter']} | {words['value']} | {words['status']} | {words['note']} |\n|---|---|---|---|"
    lines = []
    for each in rows:
        note = _plain(each.note[lang])
        if others := alternatives(each, lang):
            note += text.aside(words["range" if each.range else "alternatives"] + _plain(others), lang)
        named = f"{_plain(each.label[lang])} {_code(each.name)}"
        lines.append(f"| {named} | {_plain(value(each, lang))} | {words[each.status]} | {note} |")
    return "\n".join([header, *lines])


def _table(policy, table, words, lang):
    results = [policy.heading(column, lang) for column in table.outputs]
    columns = [words["row"], *map(_plain, (*(column.label[lang] for column in table.inputs), *results))]
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for rule in table.rules:
        cells = [
            _named(condition(policy, cell, column, lang), cell.written)
            for cell, column in zip(rule.cells, table.inputs, strict=True)
        ]
        given = [
            _given(policy, *output, lang) for output in zip(table.outputs, rule.written, rule.outputs, strict=True)
        ]
        lines.append(f"| {_named(rule.called(lang), rule.id)} | {' | '.join(cells)} | {' | '.join(given)} |")
    return f"**{_plain(table.title[lang])}**{text.aside(words[table.status], lang)}\n\n" + "\n".join(lines)


def _given(policy, column, written, found, lang):
    """What a row gives in a column: a word, or a share with the parameter that it is."""
    if isinstance(found, Fraction):
        share = number(found, "ratio", lang)
        return share if written[0].isdigit() else _named(share, written)
    return _plain(policy.word(column, written, lang))


def _named(words, id):
    """Words with what they stand for as code; that alone where there are none."""
    return _code(id) if words == id else f"{_plain(words)} {_code(id)}"


def _plain(words):
    """Words in which nothing is Markdown or HTML."""
    words = MARKUP.sub(r"\\\g<0>", " ".join(words.split()))
    return re.sub(r"&(?=#?\w+;)", "&amp;", words).replace("<", "&lt;")


def _code(words):
    """Words as code, in a table too."""
    words = " ".join(words.split()).replace("|", "\\|")
    return f"`` {words} ``" if "`" in words else f"`{words}`"
