"""What the evaluation notebook says of a policy and of the projects it was run on.

>>> import fiscal
>>> policy = fiscal.rules.load_policy("urumqi-2020")
>>> tables = fiscal.rules.spot_checked(fiscal.datasets.synthetic(200), policy)
>>> result = fiscal.rules.outcomes(tables, policy)
>>> about = fiscal.narrative.outcome(policy, result, "en")
>>> moved = fiscal.rules.sensitivity(tables, policy)
>>> drawn = fiscal.rules.uncertainty(tables, policy, draws=20)
"""

from fractions import Fraction

import pandas as pd

from fiscal import rules, text
from fiscal.narrative.outcome import pick, problem
from fiscal.narrative.prose import Bullets, Fact, Markdown, Prose, Table, say
from fiscal.rules import describe

__all__ = [
    "banner",
    "by_department",
    "cliffs",
    "consequences",
    "duties",
    "explained",
    "grades_title",
    "headline",
    "inflation",
    "left_open",
    "money",
    "noticed",
    "plane_title",
    "recovered_title",
    "review_effect",
    "rule_book",
    "scores_title",
    "tornado_title",
    "uncertain",
    "uncertain_title",
    "undecided",
]


def banner(about):
    """What the projects are: on top of the page.

    >>> print(fiscal.narrative.evaluation.banner(about))
    SYNTHETIC DATA. Project-level data are not public, so the projects here are ...
    """
    if not about.synthetic:
        return say(about.lang, en="The projects are those of the file that was given.", zh="项目数据来自所提供的文件。")
    return say(
        about.lang,
        en="SYNTHETIC DATA. Project-level data are not public, so the projects here are generated. The rules are the"
        " document's; no amount on this page is the city's.",
        zh="模拟数据。项目层面的数据未公开，本页项目均为模拟生成；规则出自文件，但本页金额均非该市实际数据。",
    )


def headline(about):
    """Who is warned and what is recovered.

    >>> print(fiscal.narrative.evaluation.headline(about))
    Of 200 synthetic projects 92 are warned at a node, and 0.68 yi is recovered. The departments' 2021
    budgets are cut by 1.43 yi.
    """
    monitoring = about.result["monitoring"]
    sentence = say(
        about.lang,
        en="Of {projects} {kind} {warned} are warned at a node, and {recovered} is recovered.",
        zh="{projects}个{kind}中，{warned}个在评测节点被预警，收回资金{recovered}。",
        # The headline stands on the index too, away from the banner.
        kind=pick("synthetic projects", "模拟项目", about) if about.synthetic else pick("projects", "项目", about),
        projects=about.count(monitoring["project_id"].nunique(), pick("projects", "项目数", about), "III.1.4"),
        warned=about.count(
            about.summary["warned_projects"], pick("projects with a warning", "预警项目数", about), "III.2.1"
        ),
        recovered=about.amount(
            about.summary["recovered_yuan"],
            pick(f"recovered in {about.years['year']}", f"{about.years['year']}年收回", about),
            "III.2.1",
        ),
    )
    if "departments" not in about.result:
        return sentence
    return sentence + say(
        about.lang,
        en="The departments' {after} budgets are cut by {cut}.",
        zh="部门{after}年预算压减{cut}。",
        **about.years,
        cut=about.amount(
            about.summary["cut_yuan"],
            pick(f"cut from {about.years['after']}", f"{about.years['after']}年压减", about),
            "III.2.3",
        ),
    )


def rule_book(about):
    """The rules clause by clause, as Markdown that a notebook renders.

    >>> print(fiscal.narrative.evaluation.rule_book(about).source.splitlines()[0])
    ### Budget performance management of Urumqi, 2020
    """
    return Markdown(about.policy.describe(about.lang).replace("# ", "### ", 1).replace("\n## ", "\n#### "))


def plane_title(about, node):
    """The finding of the picture of the plane.

    >>> print(fiscal.narrative.evaluation.plane_title(about, "may"))
    End of May: 9 lose everything, 31 lose half, 40 are watched, 120 pass
    """
    points = about.result["monitoring"]
    points = points[(points["node"] == node) & (points["problem"] == "")]
    counts = points["action"].value_counts()
    end = pick(f"End of {text.month(node, 'en')}", f"{text.month(node, 'zh')}底", about)
    if set(rules.actions(about.policy)) != {"withdraw_all", "withdraw_half", "watch", "none"}:
        losing = sum(counts.get(name, 0) for name, share in rules.actions(about.policy).items() if share)
        return say(
            about.lang,
            en="{node}: {losing} lose money, {watch} are watched, {none} pass",
            zh="{node}：收回资金{losing}个，加大评测{watch}个，其余{none}个",
            node=end,
            losing=str(losing),
            watch=str(counts.get("watch", 0)),
            none=str(counts.get("none", 0)),
        )
    return say(
        about.lang,
        en="{node}: {all} lose everything, {half} lose half, {watch} are watched, {none} pass",
        zh="{node}：全部收回{all}个，收回一半{half}个，加大评测{watch}个，其余{none}个",
        node=end,
        all=str(counts.get("withdraw_all", 0)),
        half=str(counts.get("withdraw_half", 0)),
        watch=str(counts.get("watch", 0)),
        none=str(counts.get("none", 0)),
    )


def recovered_title(about):
    """The finding of the picture of money recovered.

    >>> print(fiscal.narrative.evaluation.recovered_title(about))
    0.59 yi is recovered in May and 0.09 yi in September
    """
    monitoring = about.result["monitoring"]
    sums = monitoring.groupby("node")["recovered_yuan"].sum()
    first, second = about.policy.nodes[0], about.policy.nodes[-1]
    return say(
        about.lang,
        en="{first} is recovered in {first_month} and {second} in {second_month}",
        zh="{first_month}收回{first}，{second_month}收回{second}",
        first=about.amount(int(sums.get(first, 0)), "", "III.2.1"),
        first_month=text.month(first, about.lang),
        second=about.amount(int(sums.get(second, 0)), "", "III.2.1"),
        second_month=text.month(second, about.lang),
    )


def undecided(about):
    """Rows that could not be decided, by reason: none is dropped.

    >>> print(fiscal.narrative.evaluation.undecided(about))
    - Not decided: 9 rows, because nothing is left of the budget after what was recovered.
    """
    problems = about.result["monitoring"]["problem"].astype(str)
    counts = problems[problems != ""].value_counts()
    if counts.empty:
        return say(about.lang, en="Every row could be decided.", zh="各行均可判定。")
    return Bullets(
        *(
            say(
                about.lang,
                en="Not decided: {count} rows, because {why}.",
                zh="{count}行未能判定：{why}。",
                count=about.count(int(count), "", "III.2.1"),
                why=problem(why, about.lang),
            )
            for why, count in counts.items()
        )
    )


def by_department(about):
    """Money recovered by department, the largest first.

    >>> print(fiscal.narrative.evaluation.by_department(about))
    The ten departments that lose most
    Department | Warnings | Recovered
    D01 | 12 | 0.11 yi
    D03 | 15 | 0.09 ...
    """
    monitoring = about.result["monitoring"]
    frame = monitoring.assign(warned=monitoring["warning"].fillna(False).astype(bool))
    sums = frame.groupby("department", observed=True).agg(recovered=("recovered_yuan", "sum"), warned=("warned", "sum"))
    sums = sums.sort_values("recovered", ascending=False).head(10)
    rows = [
        [name, str(int(row.warned)), about.amount(int(row.recovered), name, "III.2.1")]
        for name, row in zip(sums.index, sums.itertuples(), strict=True)
    ]
    header = [pick("Department", "部门", about), pick("Warnings", "预警次数", about), pick("Recovered", "收回", about)]
    return Table(
        pick("The ten departments that lose most", "收回资金最多的十个部门", about), header, rows, numeric=[1, 2]
    )


def explained(about):
    """Three projects, one for each outcome: which row of which table held, and by which conditions.

    >>> print(*fiscal.narrative.evaluation.explained(about).rows[2][1:4], sep=" | ")
    What is recovered? | nothing spent, very little done | money may be recovered: yes; execution rate 0%;
    completion of objectives 5% (at most 10%)
    """
    monitoring = about.result["monitoring"]
    header = [
        pick("Project", "项目", about),
        pick("Question", "判定", about),
        pick("Row", "适用情形", about),
        pick("What held", "符合的条件", about),
        pick("Clause", "条款", about),
    ]
    rows = []
    for action in (name for name in rules.actions(about.policy) if name != "none"):
        found = monitoring[(monitoring["action"] == action) & (monitoring["base_yuan"] == monitoring["budget_yuan"])]
        if found.empty:
            continue
        row = found.iloc[0]
        node = text.month(row["node"], about.lang)
        first = [
            Prose(
                f"{row['project_id']}, {node}" if about.lang == "en" else f"{row['project_id']}，{node}",
                {"en": ": recovered ", "zh": "：收回"}[about.lang],
                _yuan(int(row["recovered_yuan"]), about),
                {"en": " of ", "zh": "，预算"}[about.lang],
                _yuan(int(row["budget_yuan"]), about),
                lang=about.lang,
            )
        ]
        for step in rules.explain(row, about.policy).steps:
            table = about.policy.tables[step.table]
            held = {"en": "; ", "zh": "；"}[about.lang].join(
                _held(about, table.row(step.rule), table.inputs, step.cells)
            )
            cited = about.cited(step.clause, step.status)
            rows.append([*first, table.title[about.lang], table.row(step.rule).called(about.lang), held, cited])
            first = [""]
    return Table(pick("Three projects, row by row", "三个项目的逐步判定", about), header, rows)


def _held(about, rule, inputs, cells):
    """The conditions of a row that held, each in words: completion of objectives 30% (above 10% and below 50%)."""
    for column, cell, (name, value, written) in zip(inputs, rule.cells, cells, strict=True):
        if written == "-":
            continue
        label = column.label[about.lang]
        if column.values:
            yield text.named(label, about.policy.word(name, value, about.lang), about.lang)
            continue
        condition = describe.condition(about.policy, cell, column, about.lang)
        aside = "" if condition == value else text.aside(condition, about.lang)
        yield text.beside(label, value, about.lang) + aside


def _yuan(amount, about):
    """The amount of one project, exactly: in Chinese in 万元, of which a budget has few."""
    shown = f"{text.number(amount, 0, 'en')} yuan" if about.lang == "en" else _wan(amount)
    return Fact(shown, about._computed(), value=int(amount), unit="yuan")


def _wan(amount):
    decimals = next(d for d in range(5) if amount * 10**d % 10_000 == 0)
    return f"{text.number(Fraction(amount, 10_000), decimals, 'zh')}万元" if amount else "0元"


def inflation(about):
    """How far self-scores stand above re-review.

    >>> print(fiscal.narrative.evaluation.inflation(about))
    24 self-evaluations of 2019 were re-reviewed. Self-scores stand 3.2 points above re-review on average
    (95% confidence: −1.8 to 8.2).
    """
    if "evaluations" not in about.result:
        return _not_given(about)
    found = rules.inflation(about.result["evaluations"])
    provenance = pick(
        f"{found.sampled} of {found.evaluations} self-evaluations re-reviewed, stratified by department",
        f"{found.evaluations}项自评中抽查{found.sampled}项，按部门分层",
        about,
    )
    return say(
        about.lang,
        en="{sampled} self-evaluations of {before} were re-reviewed. Self-scores stand {mean} points above re-review on"
        " average ({confidence} confidence: {low} to {high}).",
        zh="抽查复核{before}年自评{sampled}项。自评分数平均高出复核分数{mean}分（{confidence}置信区间：{low}至{high}）。",
        **about.years,
        sampled=about.count(found.sampled, provenance, "III.1.5"),
        mean=Fact(f"{found.mean:.1f}", provenance),
        low=Fact(text.number(found.low, 1, about.lang), provenance),
        high=Fact(text.number(found.high, 1, about.lang), provenance),
        confidence=text.percent(Fraction(str(found.confidence)), about.lang, 0),
    )


def review_effect(about, tables):
    """What the spot check changes in the departments' overall result.

    >>> print(fiscal.narrative.evaluation.review_effect(about, tables))
    In the overall result of departments re-review takes the place of the self-score where there is one: 0
    of 24 departments get another grade by it, and the largest change of a score is 5.0 points.
    """
    if "evaluations" not in about.result:
        return _not_given(about)
    found = rules.review_effect(tables, about.result, about.policy)
    changed = (found["grade"].astype(str) != found["grade_by_self"].astype(str)).sum()
    lower = found["score_by_self"] - found["department_score"]
    return say(
        about.lang,
        en="In the overall result of departments re-review takes the place of the self-score where there is one:"
        " {changed} of {all} departments get another grade by it, and the largest change of a score is {most} points.",
        zh="部门整体评价中，经复核的以复核分数为准：{all}个部门中，因此改变档次的有{changed}个，得分变动最大为{most}分。",
        changed=about.count(int(changed), "", "III.1.5"),
        all=about.count(len(found), "", "III.2.3"),
        most=Fact(f"{float(lower.abs().max()):.1f}", about.cited("III.1.5", "stated")),
    )


def scores_title(about):
    """The finding of the picture of scores.

    >>> print(fiscal.narrative.evaluation.scores_title(about))
    Self-scores stand 3.2 points above re-review
    """
    if "evaluations" not in about.result:
        return _not_given(about)
    found = rules.inflation(about.result["evaluations"])
    return say(
        about.lang,
        en="Self-scores stand {mean} points above re-review",
        zh="自评分数平均高出复核分数{mean}分",
        mean=Fact(f"{found.mean:.1f}", ""),
    )


def consequences(about):
    """How many units are criticised, must rectify, or see their budget adjusted.

    >>> print(fiscal.narrative.evaluation.consequences(about))
    66 self-evaluations of 2019 are below 80: a circulated notice of criticism and rectification. 14 of them
    are below 60, and their 2021 budget is adjusted too.
    """
    if "evaluations" not in about.result:
        return _not_given(about)
    evaluations = about.result["evaluations"]
    return say(
        about.lang,
        en="{criticised} self-evaluations of {before} are below {criticism}: a circulated notice of criticism and"
        " rectification. {adjusted} of them are below {adjustment}, and their {after} budget is adjusted too.",
        zh="{before}年自评低于{criticism}分的有{criticised}项，对实施单位通报批评并限时整改；"
        "其中低于{adjustment}分的{adjusted}项，还须调整{after}年预算安排。",
        **about.years,
        criticised=about.count(int(evaluations["criticism"].sum()), "", "III.2.2"),
        adjusted=about.count(int(evaluations["adjustment"].sum()), "", "III.2.2"),
        criticism=about.parameter("self_evaluation.criticism_below"),
        adjustment=about.parameter("self_evaluation.adjustment_below"),
    )


def grades_title(about):
    """The finding of the picture of grades.

    >>> print(fiscal.narrative.evaluation.grades_title(about))
    1 of 24 departments are excellent, and lose 8% all the same
    """
    if "departments" not in about.result:
        return _not_given(about)
    counts = about.result["departments"]["grade"].value_counts()
    if not about.policy["cut.excellent"]:
        return say(
            about.lang,
            en="{best} of {all} departments are excellent and keep their budgets",
            zh="{all}个部门中，评为优的有{best}个，预算不压减",
            best=str(counts.get("excellent", 0)),
            all=str(len(about.result["departments"])),
        )
    return say(
        about.lang,
        en="{best} of {all} departments are excellent, and lose {cut} all the same",
        zh="{all}个部门中，评为优的有{best}个，同样压减{cut}",
        best=str(counts.get("excellent", 0)),
        all=str(len(about.result["departments"])),
        cut=about.parameter("cut.excellent"),
    )


def money(about):
    """Where the money goes: two ledgers, of two years, never added up.

    >>> print(fiscal.narrative.evaluation.money(about).items[0])
    Recovered in 2020: 0.68 yi, withdrawn from projects and pooled for key livelihood projects.
    """
    first = say(
        about.lang,
        en="Recovered in {year}: {recovered}, withdrawn from projects and pooled for key livelihood projects.",
        zh="{year}年收回：{recovered}，统筹用于重点民生项目。",
        **about.years,
        recovered=about.amount(about.summary["recovered_yuan"], "", "III.2.1"),
    )
    if "departments" not in about.result:
        return Bullets(first)
    return Bullets(
        first,
        say(
            about.lang,
            en="Cut from {after}: {cut}, never given to departments and pooled for major livelihood projects; with the"
            " adjustments for low scores {reduction}.",
            zh="{after}年压减：{cut}，统筹用于重大民生项目；计入低分项目调整后为{reduction}。",
            **about.years,
            cut=about.amount(about.summary["cut_yuan"], "", "III.2.3"),
            reduction=about.amount(about.summary["reduction_yuan"], "", "III.2.2"),
        ),
        say(
            about.lang,
            en="These are two ledgers of two years: one takes back, the other never gives. They are not added up.",
            zh="两笔账分属两个年度：一笔是收回，一笔是不再安排，不可相加。",
        ),
    )


def noticed(about):
    """What a careful reader notices, asked of the policy itself.

    >>> print(fiscal.narrative.evaluation.noticed(about).items[1])
    At 40% completion a project that spent nothing loses 50% of its budget, and one that spent a single yuan
    loses 0%.
    """
    policy, budget = about.policy, 1_000_000
    tenths = range(0, 10_000, 1_000)
    asked = pd.DataFrame(
        {
            "node": policy.nodes[0],
            "budget_yuan": budget,
            "executed_yuan": [0, 1] * len(tenths),
            "completion_bp": [each for each in tenths for _ in (0, 1)],
        }
    )
    told = rules.monitor(asked, policy).to_dict("records")
    # The completion at which the first yuan saves most: the highest of them.
    nothing, one_yuan = max(
        zip(told[::2], told[1::2], strict=True),
        key=lambda pair: (pair[0]["recovered_yuan"] - pair[1]["recovered_yuan"], pair[0]["completion_bp"]),
    )
    watched = told[-2]
    shown = {
        "completion": text.percent(Fraction(nothing["completion_bp"], 10_000), about.lang, 0),
        "nothing": text.percent(Fraction(int(nothing["recovered_yuan"]), budget), about.lang, 0),
        "one": text.percent(Fraction(int(one_yuan["recovered_yuan"]), budget), about.lang, 0),
        "high": text.percent(Fraction(watched["completion_bp"], 10_000), about.lang, 0),
    }
    source = Fact(shown["nothing"], about.cited("III.2.1", "stated"))
    watched_only = None
    if watched["action"] == "watch":
        watched_only = say(
            about.lang,
            en="A project without any spending that reports {high} completion is only watched:"
            " {recovered} is recovered.",
            zh="分文未用而自报完成{high}的项目，仅加大评测力度（收回{recovered}）。",
            high=shown["high"],
            recovered=_yuan(int(watched["recovered_yuan"]), about),
        )
    best_loses = None
    if policy["cut.excellent"]:
        best_loses = say(
            about.lang,
            en="Even the best grade loses {cut} of its budget.",
            zh="评为优的部门，预算也压减{cut}。",
            cut=about.parameter("cut.excellent"),
        )
    return Bullets(
        best_loses,
        say(
            about.lang,
            en="At {completion} completion a project that spent nothing loses {nothing} of its budget,"
            " and one that spent a single yuan loses {one}.",
            zh="完成率{completion}时，分文未用的项目收回{nothing}，用了一元的项目收回{one}。",
            completion=shown["completion"],
            nothing=source,
            one=Fact(shown["one"], about.cited("III.2.1", "stated")),
        ),
        watched_only,
        say(
            about.lang,
            en="Completion is reported by the units themselves.",
            zh="完成率由单位自报。",
        ),
        say(
            about.lang,
            en="Scores are those of {before}, monitoring that of {year}, cuts those of {after}.",
            zh="评分对应{before}年，评测对应{year}年，压减对应{after}年。",
            **about.years,
        ),
    )


def left_open(about):
    """What the source leaves open: each assumed or interpreted parameter with its value and alternatives.

    >>> print(fiscal.narrative.evaluation.left_open(about))
    What the source leaves open
    Left open | Here | Or | Status | Clause
    Reading of abnormal progress | nothing executed, or slow | nothing executed; no test of its own, only ...
    """
    words = {"assumed": ("assumed", "假设"), "interpreted": ("interpreted", "解释")}
    rows = [
        [
            each.label[about.lang],
            describe.value(each, about.lang),
            describe.alternatives(each, about.lang),
            words[each.status][about.lang == "zh"],
            text.clause(each.clause, about.lang),
        ]
        for each in about.policy.parameters.values()
        if each.status in words
    ]
    header = [
        pick("Left open", "未定事项", about),
        pick("Here", "取值", about),
        pick("Or", "其他取值", about),
        pick("Status", "依据", about),
        pick("Clause", "条款", about),
    ]
    return Table(pick("What the source leaves open", "文件未定的事项", about), header, rows, short=[3, 4])


def tornado_title(about, sensitivity):
    """The finding of the tornado: how far the recovered amount moves at most.

    >>> print(fiscal.narrative.evaluation.tornado_title(about, moved))
    Most depends on “Reading of abnormal progress”: 0.31 yi instead of 0.68 yi recovered
    """
    chosen = sensitivity[sensitivity["chosen"]].iloc[0]
    moved = sensitivity[~sensitivity["chosen"]]
    far = moved.loc[(moved["recovered_yuan"] - chosen["recovered_yuan"]).abs().idxmax()]
    return say(
        about.lang,
        en="Most depends on “{parameter}”: {amount} instead of {chosen} recovered",
        zh="影响最大的是“{parameter}”：换一种取法，收回{amount}，而非{chosen}",
        parameter=about.policy.parameters[far["parameter"]].label[about.lang],
        amount=about.amount(int(far["recovered_yuan"]), "", "III.2.1"),
        chosen=about.amount(int(chosen["recovered_yuan"]), "", "III.2.1"),
    )


def uncertain(about, drawn):
    """The interval of each headline number when all assumptions are drawn at once.

    >>> print(fiscal.narrative.evaluation.uncertain(about, drawn))
    All assumptions drawn at once, 20 times
    Number | On this page | 5% of draws are below | Median | 5% are above
    projects warned | 92 | 62 | 69 | 165
    recovered in 2020 | ...
    """
    after = about.years["after"]
    names = {
        "warned_projects": (pick("projects warned", "预警项目数", about), "III.2.1"),
        "recovered_yuan": (
            pick(f"recovered in {about.years['year']}", f"{about.years['year']}年收回", about),
            "III.2.1",
        ),
        "cut_yuan": (pick(f"departments' cuts for {after}", f"{after}年部门压减", about), "III.2.3"),
        "reduction_yuan": (pick(f"cuts and adjustments for {after}", f"{after}年压减及调整", about), "III.2"),
    }
    rows = []
    for row in drawn.itertuples():
        label, clause = names[row.number]
        shown = about.count if row.number == "warned_projects" else about.amount
        rows.append([label, *(shown(int(n), label, clause) for n in (row.chosen, row.low, row.median, row.high))])
    header = [
        pick("Number", "指标", about),
        pick("On this page", "本页", about),
        pick("5% of draws are below", "5%的抽样低于", about),
        pick("Median", "中位数", about),
        pick("5% are above", "5%的抽样高于", about),
    ]
    draws = int(drawn["draws"].iloc[0])
    title = pick(f"All assumptions drawn at once, {draws} times", f"全部假设同时抽样，共{draws}次", about)
    return Table(title, header, rows, numeric=[1, 2, 3, 4])


def uncertain_title(about, drawn):
    """The finding of the draws: how wide the interval of the recovered amount is.

    >>> print(fiscal.narrative.evaluation.uncertain_title(about, drawn))
    With every assumption drawn, 0.31 yi to 0.68 yi are recovered in nine draws of ten
    """
    row = drawn[drawn["number"] == "recovered_yuan"].iloc[0]
    return say(
        about.lang,
        en="With every assumption drawn, {low} to {high} are recovered in nine draws of ten",
        zh="全部假设同时抽样，九成情形下收回{low}至{high}",
        low=about.amount(int(row["low"]), "", "III.2.1"),
        high=about.amount(int(row["high"]), "", "III.2.1"),
    )


def cliffs(about, found):
    """Edges with projects close by that the other side would treat otherwise, by the money that hangs on them.

    >>> print(fiscal.narrative.evaluation.cliffs(about, fiscal.rules.cliffs(result["monitoring"], policy)))
    Within two points of an edge
    Edge | At | Up to it | Beyond | At stake
    Execution up to which half may be recovered | 20% | 3 | 13 ...
    """
    rows = []
    for row in found[found["below"] + found["above"] > 0].sort_values("at_stake_yuan", ascending=False).itertuples():
        first_yuan = pick("The first yuan that is spent", "支出第一元", about)
        label = about.policy.parameters[about.policy.made_of(row.parameter)[0]].label if row.parameter else None
        edge = text.percent(row.edge, about.lang, 0 if round(row.edge * 100, 9).is_integer() else 1)
        rows.append(
            [
                label[about.lang] if label else first_yuan,
                edge,
                about.count(row.below, "", "III.2.1"),
                about.count(row.above, "", "III.2.1"),
                about.amount(row.at_stake_yuan, "", "III.2.1"),
            ]
        )
    header = [
        pick("Edge", "界线", about),
        pick("At", "位置", about),
        pick("Up to it", "界线及以下", about),
        pick("Beyond", "界线以上", about),
        pick("At stake", "涉及资金", about),
    ]
    title = pick("Within two points of an edge", "距界线两个百分点以内", about)
    return Table(title, header, rows, numeric=[1, 2, 3, 4])


def duties(about, tables):
    """The duties that are checked, and how many rows fail them.

    >>> print(fiscal.narrative.evaluation.duties(about, tables))
    Duties that the source states
    Duty | Rows | Fail | Clause
    Objectives are reviewed with full coverage | 200 | 0 | III.1.2
    No ...
    """
    if "projects" not in tables:
        return _not_given(about)
    found = rules.checks(tables, about.policy, about.lang)
    rows = [
        [row.label, str(row.tried), str(row.failed), text.clause(row.clause, about.lang)] for row in found.itertuples()
    ]
    header = [
        pick("Duty", "职责", about),
        pick("Rows", "核对项数", about),
        pick("Fail", "不符合", about),
        pick("Clause", "条款", about),
    ]
    return Table(
        pick("Duties that the source states", "文件规定的职责", about), header, rows, numeric=[1, 2], short=[3]
    )


def _not_given(about):
    return Prose(
        pick("The file of projects does not hold what this part needs.", "所提供的文件不含本部分所需数据。", about),
        lang=about.lang,
        stated=False,
    )


def __dir__():
    return list(__all__)
