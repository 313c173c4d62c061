"""The rule book as a page: clause by clause, stated and assumed apart, from the file that runs."""

from dataclasses import replace
from fractions import Fraction

from fiscal import datasets, text

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
        "alternatives": "or: ",
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
        "row": "行",
        "alternatives": "也可：",
        "duties": "须核对的职责",
    },
}


def describe(policy, lang="en"):
    """The rule book as Markdown; every number in it is a parameter of the policy."""
    words = WORDS[text.language(lang)]
    parts = [f"# {policy.title[lang]}"]
    said = _statements(policy, lang)
    ruled = {p.clause for p in policy.parameters.values()} | {t.clause for t in policy.tables.values()}
    for clause in sorted(ruled | set(said)):
        parts.append(f"## {text.clause(clause, lang)}")
        parts += [f"> {paraphrase}" for paraphrase in said.get(clause, [])]
        for table in policy.tables.values():
            if table.clause == clause:
                parts.append(_table(table, words, lang))
        rows = [p for p in policy.parameters.values() if p.clause == clause]
        if rows:
            parts.append(_parameters(rows, words, lang))
    if policy.checks:
        lines = [
            f"- {check['label'][lang]} ({text.clause(check['clause'], lang)}, {words[check['status']]})"
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
        return str(parameter.value)
    if parameter.value <= 1:
        return text.percent(parameter.value, lang, 0 if parameter.value * 100 == int(parameter.value * 100) else 2)
    return f"{float(parameter.value):g}"


def alternatives(parameter, lang):
    """What else a parameter could be: labels of its other readings, or the ends of its range."""
    if parameter.alternatives:
        return [label[lang] for word, label in parameter.alternatives.items() if word != parameter.value]
    return [value(replace(parameter, value=end), lang) for end in parameter.range]


def _parameters(rows, words, lang):
    header = f"| {words['parameter']} | {words['value']} | {words['status']} | {words['note']} |\n|---|---|---|---|"
    lines = []
    for each in rows:
        others = alternatives(each, lang)
        note = each.note[lang] + (f" ({words['alternatives']}{', '.join(others)})" if others else "")
        lines.append(f"| {each.label[lang]} `{each.name}` | {value(each, lang)} | {words[each.status]} | {note} |")
    return "\n".join([header, *lines])


def _table(table, words, lang):
    columns = [words["row"], *(column.label[lang] for column in table.inputs), *table.outputs]
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for rule in table.rules:
        cells = [f"`{cell.written}`" for cell in rule.cells]
        lines.append(f"| {rule.id} | {' | '.join(cells)} | {' | '.join(rule.written)} |")
    return f"**{table.title[lang]}** ({words[table.status]})\n\n" + "\n".join(lines)
