"""The panel of rules, through what a user sets and sees: every number is what monitor and compare give."""

import re
from fractions import Fraction

import matplotlib as mpl
import pytest

from fiscal import datasets, explore, rules

mpl.use("agg")
POLICY = rules.load_policy("urumqi-2020")
PROJECTS = datasets.projects(300)


@pytest.fixture(scope="module")
def panels():
    return {lang: explore.rules(POLICY, PROJECTS, lang) for lang in ("en", "zh")}


@pytest.fixture
def panel(panels):
    yield panels["en"]
    panels["en"].fund.value = ""
    panels["en"].node.value = "september"
    panels["en"].reset.click()


def cells(html):
    """The rows of the tables in a piece of HTML, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<.*?>", "", cell, flags=re.DOTALL) for cell in row] for row in found]


def number(cell):
    return int(re.sub(r"[^0-9-]", "", cell.replace("−", "-")))


@pytest.mark.parametrize(
    ("changes", "node", "fund"),
    [
        ({"warning.deviation_max": "0.07", "progress.reading": "deviation_only"}, "september", ""),
        ({"recovery.half_completion_max": "0.8", "recovery.half_share": "0.33"}, "may", "direct"),
        ({"recovery.base": "approved", "recovery.slow_execution_max": "0.3"}, "september", "epidemic"),
    ],
)
def test_what_is_shown_is_what_monitor_and_compare_give(panel, changes, node, fund):
    panel.node.value, panel.fund.value = node, fund
    for name, value in changes.items():
        panel.controls[name].value = value if POLICY.parameters[name].alternatives else Fraction(value)
    frame = PROJECTS[PROJECTS["fund"] == fund] if fund else PROJECTS
    policy = POLICY.replace(changes)
    shown = {row[0]: [number(cell) for cell in row[1:]] for row in cells(panel.numbers.value) if row}
    for name, month in (("May", "may"), ("September", "september"), ("year", None)):
        expected = []
        for each in (POLICY, policy):
            found = rules.monitor(frame, each)
            found = found[found["node"] == month] if month else found
            warned = found.loc[found["warning"].fillna(False), "project_id"].nunique()
            losing = found.loc[found["recovered_yuan"].fillna(0) > 0, "project_id"].nunique()
            expected.append([warned, losing, int(found["recovered_yuan"].sum())])
        assert shown[name] == [value for pair in zip(*expected, strict=True) for value in pair]
    compared = rules.compare(POLICY, policy, frame).rows
    changed = compared[compared["changed"] & (compared["node"] == node)]
    moved = changed["recovered_yuan_b"].fillna(0).sum() - changed["recovered_yuan_a"].fillna(0).sum()
    outcomes = [row for row in cells(panel.changed.value) if len(row) == 4]
    assert sum(number(row[2]) for row in outcomes) == len(changed)
    assert sum(number(row[3]) for row in outcomes) == moved
    counts = rules.monitor(frame, policy).query("node == @node")["action"].value_counts()
    alt = re.search(r'alt="(.*?)"', panel.picture.value)[1]
    assert f"all recovered {counts['withdraw_all']}" in alt
    assert f"no warning {counts['none']}" in alt


def test_values_that_do_not_go_together_are_refused_in_one_line_and_the_picture_stays(panel):
    before = panel.picture.value
    panel.controls["recovery.half_completion_max"].value = Fraction(5, 100)
    assert "do not go together" in panel.message.value
    assert "What is recovered? Overlap: rows “nothing spent, very little done” and" in panel.message.value
    assert panel.picture.value == before
    panel.controls["recovery.full_completion_max"].value = Fraction(2, 100)
    assert "do not go together" not in panel.message.value
    assert panel.picture.value != before
    panel.reset.click()
    assert panel.controls["recovery.half_completion_max"].value == POLICY["recovery.half_completion_max"]
    assert "No project changes." in panel.changed.value


def test_what_is_refused_is_said_in_chinese(panels):
    panel = panels["zh"]
    panel.controls["recovery.half_completion_max"].value = Fraction(5, 100)
    said = re.sub(r"<.*?>", "", panel.message.value)
    panel.reset.click()
    assert "收回哪些资金？重叠：可收回资金为是、预警为是、预算执行率为0%、绩效目标完成率为5%时，" in said
    assert not re.search("[A-Za-z]", said)


def test_controls_say_unit_status_and_clause_in_the_language(panels):
    said = [
        child.children[0].value for child in panels["zh"].children[1].children[0].children if hasattr(child, "children")
    ]
    assert any("不预警的最大偏差（文件载明，第三部分（二）1）" in each for each in said)
    slider = panels["zh"].controls["warning.deviation_max"]
    assert (slider.value, slider.label) == (Fraction(1, 5), "20%")
    assert "恰为20%不预警" in slider.tooltip
    reading = panels["en"].controls["warning.deviation_reading"]
    assert reading.options[0][0] == "difference in percentage points"
    # Every rate and reading that monitoring has, and nothing that it does not use.
    assert set(panels["en"].controls) >= {"recovery.base", "recovery.full_share", "progress.elapsed_share"}
    assert not any(name.startswith(("cut.", "grade.")) for name in panels["en"].controls)
    assert "模拟数据" in panels["zh"].children[0].value
    own = explore.rules(POLICY, PROJECTS.drop(columns="synthetic"), "zh")
    assert "模拟" not in own.children[0].value + own.numbers.value


def test_the_policy_of_another_place_and_synthetic_projects():
    panel = explore.rules("lakeside-2020", lang="zh")
    assert "模拟数据" in panel.children[0].value
    assert [label for label, _ in panel.node.options] == ["6月", "10月"]
    assert [label for label, _ in panel.fund.options] == ["全部", "直达资金", "疫情防控资金", "常规资金"]
    assert "10月底" in panel.message.value


@pytest.mark.parametrize(("show", "lang"), [(explore.debt, "en"), (explore.transfers, "zh")])
def test_a_document_is_told_in_words_and_pictures(show, lang):
    panel = show("urumqi-2020", lang)
    first = panel.told.value
    assert first.count("<img alt=") == 3
    assert {"en": "Urumqi", "zh": "乌鲁木齐"}[lang] in first
    panel.disclosure.value = "jiaxing-2017"
    assert {"en": "Jiaxing", "zh": "嘉兴"}[lang] in panel.told.value


def test_each_scope_and_year_of_a_document_can_be_chosen():
    panel = explore.debt("gaochang-2025")
    told = {panel.told.value}
    for _, value in panel.context.options[1:]:
        panel.context.value = value
        told.add(panel.told.value)
    assert len(told) == len(panel.context.options)
