"""The tables beside the plane: what monitoring comes to, and who moves from which outcome to which."""

from fiscal import text
from fiscal.explore.changes import by_outcome, headlines
from fiscal.narrative.outcome import pick
from fiscal.narrative.prose import Fact, Prose, Table
from fiscal.plots.evaluation import actions

SHOWN = 12  # projects that change; the others are counted


def numbers(about, before):
    """Warned, losing and recovered at each node and in the year; ``before``: headlines of the source's policy."""
    rows = []
    for node, now in headlines(about.result["monitoring"], about.policy.nodes).items():
        both = before[node], now
        where = text.month(node, about.lang) if node else pick("year", "全年", about)
        counts = [about.count(each[name], "", "III.2.1") for name in ("warned", "losing") for each in both]
        rows.append([where, *counts, *(_yuan(about, each["recovered"]) for each in both)])
    return Table(
        pick("Projects and money, as the source has it and as chosen here", "项目数与金额：文件规定与当前取值", about),
        [
            pick("Node", "节点", about),
            pick("Warned: source", "预警：文件", about),
            pick("here", "当前", about),
            pick("Lose money: source", "被收回：文件", about),
            pick("here", "当前", about),
            pick("Recovered: source", "收回资金：文件", about),
            pick("here", "当前", about),
        ],
        rows,
        numeric=range(1, 7),
    )


def outcomes(about, changed, node):
    """How many projects move from which outcome to which, and the money that this moves."""
    names = _names(about)
    rows = [
        [names(row.action_a), names(row.action_b), str(row.rows), _yuan(about, row.moved, signed=True)]
        for row in by_outcome(changed).itertuples()
    ]
    if not rows:
        return Prose(pick("No project changes.", "没有项目的结果改变。", about), lang=about.lang)
    month = text.month(node, about.lang)
    caption = pick(
        f"Who changes at the end of {month}: {len(changed)} projects",
        f"{month}底结果改变的项目：{len(changed)}个",
        about,
    )
    header = [
        pick("From", "由", about),
        pick("To", "变为", about),
        pick("Projects", "项目数", about),
        pick("Recovered", "收回资金增减", about),
    ]
    return Table(caption, header, rows, numeric=[2, 3])


def projects(about, changed, node):
    """The projects by which most money moves."""
    if changed.empty:
        return None
    names = _names(about)
    caption = pick("Each of them, most money first", "逐一列示，按资金增减排序", about)
    if len(changed) > SHOWN:
        caption = pick(f"{SHOWN} of them, most money first", f"其中{SHOWN}个，按资金增减排序", about)
    rows = [
        [
            row.project_id,
            names(row.action_a),
            names(row.action_b),
            _yuan(about, row.recovered_a),
            _yuan(about, row.recovered_b),
            _yuan(about, row.moved, signed=True),
        ]
        for row in changed.head(SHOWN).itertuples()
    ]
    header = [
        pick("Project", "项目", about),
        pick("From", "由", about),
        pick("To", "变为", about),
        pick("Recovered: source", "收回：文件", about),
        pick("here", "当前", about),
        pick("Difference", "增减", about),
    ]
    return Table(caption, header, rows, numeric=[3, 4, 5], short=[0])


def _names(about):
    """What gives an action in words; what is missing had nothing left to decide."""
    found = {name: about.policy.word("action", name, about.lang) for name in actions(about.policy)}
    nothing = pick("nothing left", "已无余额", about)
    return lambda action: found.get(action, nothing)


def _yuan(about, amount, signed=False):
    """Whole yuan, to the last of them, in groups of three digits: nothing here is so large that 亿元 would say more."""
    sign = "+" if signed and amount > 0 else ""
    shown = f"{sign}{text.number(amount, 0, 'en')}"
    provenance = about.amount(amount, "", "III.2.1").provenance
    return Fact(f"{shown} yuan" if about.lang == "en" else f"{shown}元", provenance)
