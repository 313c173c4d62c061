"""What a policy decided, as sheets in a reader's language: projects, departments, self-evaluations, parameters."""

from fractions import Fraction

import pandas as pd

from fiscal import datasets, rules, text
from fiscal.exports.cells import PER_YUAN, Column, Sheet
from fiscal.narrative.outcome import problem
from fiscal.rules.describe import WORDS, alternatives, condition, value

YUAN, PERCENT = "#,##0", "0.00%"


def sheets(policy, projects, overrides, lang):
    """The sheets of a policy: its parameters and, where ``projects`` says of which (see ``datasets.tables``), all
    that it decided. ``overrides`` are other values of its parameters.
    """
    policy = rules.load_policy(policy).replace(overrides)
    parameters = _parameters(policy, lang)
    if not projects:
        return [parameters]
    tables = rules.spot_checked(datasets.tables(projects, policy.nodes), policy)
    result = rules.outcomes(tables, policy)
    made = [_projects(result["monitoring"], policy, lang)]
    if "departments" in result:
        made += [_departments(result["departments"], policy, lang), _evaluations(result["evaluations"], policy, lang)]
    if projects == "synthetic":
        made = [_marked(sheet, lang) for sheet in made]
    return [*made, parameters]


def _marked(sheet, lang):
    """A sheet that says on its face that it is of synthetic projects, and in each of its rows."""
    zh = lang == "zh"
    column = Column("数据" if zh else "Data", ["模拟" if zh else "synthetic"] * len(sheet.columns[0].cells))
    title = f"{sheet.title}（模拟）" if zh else f"{sheet.title} (synthetic)"
    return Sheet(title, sheet.about, [*sheet.columns, column])


def _projects(frame, policy, lang):
    zh = lang == "zh"
    rows = [_plain(row) for row in frame.to_dict("records")]
    columns = [
        Column("项目" if zh else "Project", [row["project_id"] for row in rows]),
        Column("部门" if zh else "Department", [row["department"] for row in rows]),
        Column("节点" if zh else "Node", [text.month(row["node"], lang) for row in rows]),
        Column("预算，元" if zh else "Budget, yuan", [row["budget_yuan"] for row in rows], YUAN),
        Column("执行数，元" if zh else "Executed, yuan", [row["executed_yuan"] for row in rows], YUAN),
        Column("基数，元" if zh else "Base of the rates, yuan", [row["base_yuan"] for row in rows], YUAN),
        Column(
            "执行率" if zh else "Execution", [_rate(row["executed_yuan"], row["base_yuan"]) for row in rows], PERCENT
        ),
        Column(
            "完成率（自报）" if zh else "Completion (self-reported)",
            [_rate(row["completion_bp"], 10_000) for row in rows],
            PERCENT,
        ),
        Column("预警" if zh else "Warning", [_yes(row["warning"], zh) for row in rows]),
        Column("预警原因" if zh else "Why warned", [_word(policy, "warning_reason", row, lang) for row in rows]),
        Column("处理" if zh else "Outcome", [_word(policy, "action", row, lang) for row in rows]),
        Column("收回，元" if zh else "Recovered, yuan", [row["recovered_yuan"] for row in rows], YUAN),
        Column("收回，亿元" if zh else "Recovered, 亿元 (yi)", [_yi(row["recovered_yuan"]) for row in rows], PER_YUAN),
        *_decided(policy, "recovery", rows, lang),
    ]
    about = (
        "每个项目在每个节点的处理、判定行、符合的条件和条款"
        if zh
        else "Every project at every node: outcome, the row that decided it, what held, and the clause"
    )
    return Sheet("项目判定" if zh else "Projects decided", about, columns)


def _departments(frame, policy, lang):
    zh = lang == "zh"
    rows = [_plain(row) for row in frame.to_dict("records")]
    year, after = policy.fiscal_year, policy.fiscal_year + 1
    columns = [
        Column("部门" if zh else "Department", [row["department"] for row in rows]),
        Column("得分" if zh else "Score", [row["department_score"] for row in rows], "0.00"),
        Column("档次" if zh else "Grade", [_word(policy, "grade", row, lang) for row in rows]),
        Column("压减比例" if zh else "Share cut", [row["cut_share"] for row in rows], "0%"),
        *_money(f"{year}年预算" if zh else f"Budget of {year}", rows, "budget_yuan", zh),
        *_money(f"{year}年收回" if zh else f"Recovered in {year}", rows, "recovered_yuan", zh),
        *_money(f"{after}年压减" if zh else f"Cut from {after}", rows, "cut_yuan", zh),
        *_money(f"{after}年低分项目调整" if zh else f"Adjusted in {after} for low scores", rows, "adjustment_yuan", zh),
        *_money(f"{after}年压减及调整" if zh else f"Cut and adjusted, {after}", rows, "reduction_yuan", zh),
        _clause(policy.tables["cut"], rows, lang),
        _problem(rows, lang),
    ]
    about = (
        "各部门得分、档次和压减；收回与压减分属两个年度，不可相加"
        if zh
        else "Departments' scores, grades and cuts; what is recovered and what is cut are two ledgers, never added up"
    )
    return Sheet("部门" if zh else "Departments", about, columns)


def _evaluations(frame, policy, lang):
    zh = lang == "zh"
    rows = [_plain(row) for row in frame.to_dict("records")]
    columns = [
        Column("项目" if zh else "Project", [row["project_id"] for row in rows]),
        Column("部门" if zh else "Department", [row["department"] for row in rows]),
        Column("年度" if zh else "Year", [row["fiscal_year"] for row in rows], "0"),
        Column("预算，元" if zh else "Budget, yuan", [row["budget_yuan"] for row in rows], YUAN),
        Column("自评分数" if zh else "Self-score", [row["self_score"] for row in rows], "0"),
        Column("复核分数" if zh else "Re-review", [row["review_score"] for row in rows], "0"),
        Column("通报批评" if zh else "Notice of criticism", [_yes(row["criticism"], zh) for row in rows]),
        Column("限时整改" if zh else "Rectification", [_yes(row["rectification"], zh) for row in rows]),
        Column("调整预算" if zh else "Budget adjusted", [_yes(row["adjustment"], zh) for row in rows]),
        Column("调整数，元" if zh else "Adjustment, yuan", [row["adjustment_yuan"] for row in rows], YUAN),
        *_decided(policy, "self_evaluation", rows, lang),
    ]
    about = "每项自评的分数、复核和后果" if zh else "Every self-evaluation: its score, re-review and what follows"
    return Sheet("自评" if zh else "Self-evaluations", about, columns)


def _parameters(policy, lang):
    zh = lang == "zh"
    each = list(policy.parameters.values())
    numbers = [float(one.value) if isinstance(one.value, Fraction) else value(one, lang) for one in each]
    formats = [PERCENT if isinstance(one.value, Fraction) and one.value <= 1 else "General" for one in each]
    columns = [
        Column("参数" if zh else "Parameter", [one.label[lang] for one in each]),
        Column("取值" if zh else "Value", numbers, formats),
        Column("其他可能" if zh else "Or", [alternatives(one, lang) for one in each]),
        Column("依据" if zh else "Status", [WORDS[lang][one.status] for one in each]),
        Column("条款" if zh else "Clause", [text.clause(one.clause, lang) for one in each]),
        Column("说明" if zh else "What it says", [one.note[lang] for one in each]),
        Column("标识" if zh else "Id", [one.name for one in each]),
    ]
    about = (
        "规则的每个参数：取值、依据和条款；文件未定的列出其他可能"
        if zh
        else "Each parameter: value, status, clause; what else it could be where the source leaves it open"
    )
    return Sheet("参数" if zh else "Parameters", about, columns)


def _conditions(policy, table, rule, lang):
    """What holds where a row of a table decides: each condition with the numbers that its parameters have."""
    pairs = zip(table.inputs, rule.cells, strict=True)
    return {"en": "; ", "zh": "；"}[lang].join(
        _condition(policy, each, cell, lang) for each, cell in pairs if cell.tests
    )


def _condition(policy, column, cell, lang):
    """Such as: execution rate above 0% and at most 20%; in Chinese 预算执行率大于0%且不超过20%."""
    joined = text.named if column.values else text.beside
    return joined(column.label[lang], condition(policy, cell, column, lang), lang)


def _decided(policy, name, rows, lang):
    """What decided each row: the row of a table, what held there, and where it stands; or why nothing did."""
    table, zh = policy.tables[name], lang == "zh"
    called = {rule.id: rule.called(lang) for rule in table.rules}
    because = {rule.id: _conditions(policy, table, rule, lang) for rule in table.rules}
    return [
        Column("判定行" if zh else "Row of the table", [called.get(row["rule"]) for row in rows]),
        Column("符合的条件" if zh else "What held", [because.get(row["rule"]) for row in rows]),
        _clause(table, rows, lang),
        _problem(rows, lang),
    ]


def _problem(rows, lang):
    heading = {"en": "Not decided because", "zh": "未判定原因"}[lang]
    return Column(heading, [problem(row["problem"] or "", lang) for row in rows])


def _clause(table, rows, lang):
    """Where the rule stands that decided a row; none where nothing was decided."""
    words = {"en": ", ", "zh": "，"}[lang].join([text.clause(table.clause, lang), WORDS[lang][table.status]])
    return Column("条款" if lang == "zh" else "Clause", [words if row["rule"] else None for row in rows])


def _money(heading, rows, name, zh):
    """Exact yuan, and the same amounts in 亿元 for reading."""
    amounts = [row[name] for row in rows]
    yuan, yi = ("，元", "，亿元") if zh else (", yuan", ", 亿元 (yi)")
    return Column(heading + yuan, amounts, YUAN), Column(heading + yi, [_yi(each) for each in amounts], PER_YUAN)


def _yi(yuan):
    return None if yuan is None else yuan / text.YI


def _rate(part, whole):
    return part / whole if part is not None and whole else None


def _yes(value, zh):
    return "" if value is None else (("no", "否"), ("yes", "是"))[bool(value)][zh]


def _word(policy, column, row, lang):
    """What a result is called; nothing where there is none."""
    return policy.word(column, row[column], lang) if row[column] else ""


def _plain(row):
    """A row with None where something is missing."""
    return {name: None if pd.isna(value) else value for name, value in row.items()}
