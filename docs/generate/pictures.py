"""Every picture of ``fiscal.plots``, drawn by the calls that the gallery prints."""

from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl

LANGUAGES = ("en", "zh")


class Group(NamedTuple):
    """Pictures with what is loaded before them; each picture is a call by what it shows, in both languages."""

    en: str
    zh: str
    setup: str
    pictures: dict


GROUPS = {
    "transfers": Group(
        "Transfers",
        "转移支付",
        """\
from fiscal import datasets, measures, narrative, plots

plots.theme(lang)
transfers = datasets.transfers("urumqi-2020")
table = measures.transfers(datasets.figures("urumqi-2020"))
facts = narrative.facts("urumqi-2020", table, lang)""",
        {
            ("Received beside paid", "收入与支出对照"): (
                "plots.transfers.flows(facts.told(transfers), narrative.transfers.flows_title(facts), lang)"
            ),
            ("What transfers are made of", "补助结构"): (
                "plots.transfers.composition(facts.in_scope(table), narrative.transfers.composition_title(facts), lang)"
            ),
            ("Paid as a share of received", "支出相当于收入的比例"): (
                "plots.transfers.ratios(facts.in_scope(table), narrative.transfers.ratios_title(facts), lang)"
            ),
        },
    ),
    "debt": Group(
        "Debt",
        "政府债务",
        """\
from fiscal import datasets, measures, narrative, plots

plots.theme(lang)
debt = datasets.debt("urumqi-2020")
table = measures.debt(datasets.figures("urumqi-2020"))
facts = narrative.facts("urumqi-2020", table, lang)""",
        {
            ("Balance inside its limit", "限额与余额"): (
                "plots.debt.limits(facts.in_scope(debt), narrative.debt.headroom_title(facts), lang)"
            ),
            ("General and special debt", "一般债务与专项债务"): (
                "plots.debt.composition(facts.in_scope(table), narrative.debt.composition_title(facts), lang)"
            ),
            ("The capacity at which a warning band is reached", "达到各预警区间的综合财力"): (
                "plots.debt.break_even(facts.in_scope(table), narrative.debt.break_even_title(facts), lang)"
            ),
        },
    ),
    "evaluation": Group(
        "Performance rules",
        "绩效规则",
        """\
from fiscal import datasets, narrative, plots, rules

plots.theme(lang)
policy = rules.load_policy("urumqi-2020")
tables = rules.spot_checked(datasets.synthetic(), policy)
result = rules.outcomes(tables, policy)
about = narrative.outcome(policy, result, lang)
moved = rules.sensitivity(tables, policy)
drawn = rules.uncertainty(tables, policy)""",
        {
            ("Projects over the areas that the rules draw", "项目与规则划定的区域"): (
                'plots.evaluation.plane(\n    result["monitoring"], policy, "september",'
                ' narrative.evaluation.plane_title(about, "september"), lang\n)'
            ),
            ("Money recovered, by rule", "按规则收回的资金"): (
                'plots.evaluation.recovered(result["monitoring"], policy,'
                " narrative.evaluation.recovered_title(about), lang)"
            ),
            ("Self-evaluation beside re-review", "自评与复核"): (
                "plots.evaluation.scores(about.evaluations, policy, narrative.evaluation.scores_title(about), lang)"
            ),
            ("Departments by score and grade", "部门得分与档次"): (
                "plots.evaluation.grades(about.departments, policy, narrative.evaluation.grades_title(about), lang)"
            ),
            ("One open parameter at a time", "逐一变动未定事项"): (
                "plots.evaluation.tornado(moved, policy, narrative.evaluation.tornado_title(about, moved), lang)"
            ),
            ("All assumptions at once", "同时变动全部假设"): (
                "plots.evaluation.intervals(drawn, policy, narrative.evaluation.uncertain_title(about, drawn), lang)"
            ),
        },
    ),
    "transparency": Group(
        "Transparency",
        "公开情况",
        """\
from fiscal import audit, narrative, plots

plots.theme(lang)
findings = audit.findings("urumqi-2020")
together = audit.findings("urumqi-2020", "taijiang-2020 jiaxing-2017 licheng-2023")
about = narrative.transparency.audited(findings, lang)""",
        {
            ("What is asked, and what is there", "要求公开的内容与载明情况"): (
                "plots.transparency.asked(findings, narrative.transparency.title(about), lang)"
            ),
            ("Several documents side by side", "多份文件并列"): (
                "plots.transparency.matrix(together, narrative.transparency.matrix_title(together, lang), lang)"
            ),
        },
    ),
    "compare": Group(
        "Comparison",
        "比较",
        """\
from fiscal import datasets, measures, narrative, plots

plots.theme(lang)
table = measures.compare(datasets.figures())
about = narrative.comparison(table, lang)""",
        {
            ("Who states what", "各文件公布了哪些指标"): (
                "plots.compare.coverage(table, narrative.compare.coverage_title(about), lang)"
            ),
            ("Ranks within what can be compared", "可比组内的排名"): (
                'plots.compare.ranked(table, "limit_use", narrative.compare.finding(about, "limit_use"), lang)'
            ),
        },
    ),
}
TEXTS = {}  # alternative texts of the pictures that were drawn, by name


def named(group, number, lang):
    """The name of a picture's file."""
    return f"{group}-{number}.{lang}.svg"


def write(folder):
    """Draw all pictures in both languages into ``folder``."""
    mpl.use("svg")
    import matplotlib.pyplot as plt

    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    for name, group in GROUPS.items():
        known = {}
        for lang in LANGUAGES:
            known["lang"] = lang
            for line in group.setup.splitlines():
                # What does not depend on the language is computed once.
                if lang == LANGUAGES[0] or "lang" in line:
                    exec(line, known)
            for number, call in enumerate(group.pictures.values(), start=1):
                figure = eval(call, known).figure
                path = folder / named(name, number, lang)
                figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
                TEXTS[path.name] = figure.get_label()
                plt.close(figure)
