"""A policy is read, proved and changed; what is wrong with a file is named with table, row and cell."""

from fractions import Fraction

import pandas as pd
import pytest
import yaml

from fiscal import resources, rules
from fiscal.errors import InputError, UnknownName

TEXT = (resources.data() / "policies" / "urumqi-2020.yaml").read_text(encoding="utf-8")


def test_parameters_are_exact_and_carry_clause_and_status(policy):
    assert policy["warning.deviation_max"] == Fraction(1, 5)
    parameter = policy.parameters["warning.deviation_max"]
    assert (parameter.clause, parameter.status) == ("III.2.1", "stated")
    assert policy.parameters["rating.monitoring_weight"].status == "assumed"


def test_every_open_parameter_says_what_else_it_could_be(policy):
    fixed = {"progress.may_months", "progress.september_months", "direct.monitored_by"}
    for parameter in policy.parameters.values():
        if parameter.status != "stated" and parameter.name not in fixed:
            assert parameter.alternatives or parameter.range, parameter.name


def test_a_policy_can_not_be_changed_in_place(policy):
    with pytest.raises(AttributeError):
        policy.id = "mine"
    with pytest.raises(TypeError):
        policy.parameters["warning.deviation_max"] = None


def test_replace_gives_a_copy(policy):
    changed = policy.replace({"warning.deviation_max": 0.15})
    assert changed["warning.deviation_max"] == Fraction(3, 20)
    assert policy["warning.deviation_max"] == Fraction(1, 5)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recovery.half_completion_max": 0.05}, "rows full and watch_idle both hold for .*completion = 0.05"),
        ({"grade.good_from": 95}, "table grade: rows excellent and fair both hold for department_score = 90"),
        ({"progress.elapsed_share": 0}, "table progress: rows zero and on_time_may both hold"),
        ({"warning.deviation_max": "much"}, "expected a number, found 'much'"),
        ({"progress.reading": "strict"}, "expected one of zero_or_slow, zero, deviation_only, found 'strict'"),
        ({"cut.poor": 1.5}, "a share from 0 to 1"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(policy, changes, expected):
    with pytest.raises(InputError, match=expected):
        policy.replace(changes)


def test_an_unknown_parameter_policy_or_table_lists_what_there_is(policy):
    with pytest.raises(UnknownName, match=r"parameter 'warning.deviation'; there is: .*warning.deviation_max"):
        policy.replace({"warning.deviation": 1})
    with pytest.raises(UnknownName, match="policy 'atlantis'; there is: lakeside-2020, urumqi-2020"):
        rules.load_policy("atlantis")
    with pytest.raises(UnknownName, match=r"table 'recover'; there is: .*recovery"):
        policy.decide("recover", None)


@pytest.mark.parametrize(
    ("changes", "en", "zh"),
    [
        (
            {"grade.good_from": 95},
            "Which grade does a department get? Overlap: rows “excellent” and “fair” both apply where"
            " department's score is 90",
            "部门评为哪一档？重叠：部门得分为90时，“优”和“中”同时适用",
        ),
        (
            {"recovery.full_completion_max": "0.6"},
            "What is recovered? Overlap: rows “nothing spent, very little done” and “nothing spent, half done or more”"
            " both apply where money may be recovered is yes, warning is yes, execution rate is 0%, completion of"
            " objectives is 50%",
            "收回哪些资金？重叠：可收回资金为是、预警为是、预算执行率为0%、绩效目标完成率为50%时，"
            "“未执行且完成极少”和“未执行但完成达到一半”同时适用",
        ),
        (
            {"recovery.base": "z"},
            "Base of a recovery: expected one of remaining, approved, found z",
            "收回的基数应为remaining、approved之一，所给为z",
        ),
        ({"cut.good": "much"}, "Cut for good: expected a number, found much", "良档压减比例应为数字，所给为much"),
        (
            {"recovery.full_share": 2},
            "What is recovered? A share has to be from 0 to 1; found 2",
            "收回哪些资金？比例应在0至1之间，所给为2",
        ),
    ],
)
def test_what_is_refused_is_said_to_readers_of_either_language(changes, en, zh):
    with pytest.raises(InputError) as refused:
        rules.load_policy("urumqi-2020").replace(changes)
    assert refused.value.said == {"en": en, "zh": zh}


def test_a_gap_that_a_change_leaves_is_said_to_readers_of_either_language(tmp_path):
    path = tmp_path / "poor.yaml"
    path.write_text(TEXT.replace('"< fair_from"', '"< 60"'), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        rules.load_policy(path).replace({"grade.fair_from": 70})
    assert refused.value.said == {
        "en": "Which grade does a department get? Gap: no row applies where department's score is 60",
        "zh": "部门评为哪一档？空缺：部门得分为60时，没有一行适用",
    }


FULL_ROW = '["true", "-", "0", "<= full_completion_max"], then: [full_share, withdraw_all]'
BROKEN = {
    "gap": (
        "(full_completion_max..half_completion_max)",
        "(0.2..half_completion_max)",
        r"no row for .*completion = 0.1001",
    ),
    "gap that is narrow": (
        '"true", "> deviation_max"',
        '"true", "> 0.20002"',
        r"no row for .*deviation = 0.20001",
    ),
    "overlap": (
        '"< adjustment_below"',
        '"<= adjustment_below"',
        "rows adjusted and criticised both hold for self_score = 60",
    ),
    "unknown name": (
        "<= full_completion_max",
        "<= full_completion",
        "recovery, row full, cell completion: 'full_completion'",
    ),
    "no unary test": ('"> 0"', '"=> 0"', "progress, row begun, cell execution: '=> 0' is no unary test"),
    "word of another list": (
        '\'"may"\', "(0..may_min)"',
        '\'"june"\', "(0..may_min)"',
        "expected one of may, september",
    ),
    "output of another list": ("withdraw_all]", "take_all]", "row full, output action: expected one of"),
    "a condition too few": ('["true", "-", "0", "<= full', '["true", "0", "<= full', "row full: expected 4 conditions"),
    "a row twice": ("id: half_idle", "id: full", "two rows are called full"),
    "unknown input": ("inputs: [abnormal, deviation]", "inputs: [abnormal, mood]", "'mood' is no input"),
    "unknown status": ("status: assumed", "status: guessed", "status: must be one of"),
    "no YAML": ("tables:\n", "tables: [\n", "expected YAML"),
    "an object": ("id: urumqi-2020", "id: !!python/object:os.system {}", "expected YAML"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_names_table_row_and_cell(tmp_path, case):
    old, new, expected = BROKEN[case]
    assert old in TEXT
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=expected) as caught:
        rules.load_policy(path)
    assert "mine.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_point_of_every_table_has_exactly_one_row(policy):
    for table in policy.tables.values():
        points = list(table.points())
        assert len(points) >= len(table.rules)
        hit = {rule.id for point in points for rule in table.hits(point)}
        assert hit == {rule.id for rule in table.rules}
        assert table.fault() is None


def test_rows_and_results_are_called_by_their_labels_and_without_one_by_their_ids(tmp_path, policy):
    row = policy.tables["recovery"].row("half_idle")
    assert row.called("zh") == "未执行且完成不足一半"
    assert policy.heading("action", "zh") == "处理"
    assert [policy.word("action", "withdraw_half", lang) for lang in ("en", "zh")] == ["half recovered", "收回一半"]
    assert policy.word("reading", "zero", "zh") == "未执行"
    content = yaml.safe_load(TEXT)
    del content["outputs"]
    for table in content["tables"].values():
        for rule in table["rules"]:
            del rule["label"]
    path = tmp_path / "bare.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    bare = rules.load_policy(path)
    assert bare.tables["recovery"].row("half_idle").called("zh") == "half_idle"
    assert (bare.heading("action", "zh"), bare.word("action", "withdraw_half", "zh")) == ("action", "withdraw_half")
    assert "| `half_idle` |" in bare.describe("zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_rule_book_has_every_parameter_row_and_duty(policy, lang):
    book = policy.describe(lang)
    for parameter in policy.parameters.values():
        assert f"`{parameter.name}`" in book
        assert parameter.note[lang] in book
    for table in policy.tables.values():
        for rule in table.rules:
            # The row in words, with its id as code; the id alone where it is the word.
            assert f"{rule.label[lang]} `{rule.id}` |" in book or f"| `{rule.label[lang]}` |" in book
    for check in policy.checks.values():
        assert check["label"][lang] in book
    changed = policy.replace({"warning.deviation_max": 0.15}).describe(lang)
    assert "15%" in changed
    assert "15%" not in "".join(line for line in book.splitlines() if "warning.deviation_max" in line)


def test_words_of_a_policy_are_words_in_its_rule_book_and_no_markup(tmp_path):
    content = yaml.safe_load(TEXT)
    parameter = content["parameters"]["warning.deviation_max"]
    parameter["label"]["en"] = "A *b* _c_ `d` | <e> &amp; [f](g)"
    content["tables"]["grade"]["rules"][0]["id"] = "best|of `all`"
    path = tmp_path / "marked.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    said = rules.load_policy(path).describe("en")
    assert r"A \*b\* \_c\_ \`d\` \| &lt;e> &amp;amp; [f\](g)" in said
    assert r"`` best\|of `all` ``" in said


def test_what_recovers_nothing_comes_last_and_no_action_after_all(tmp_path):
    content = yaml.safe_load(TEXT)
    content["tables"]["recovery"]["rules"].reverse()
    path = tmp_path / "reversed.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert list(rules.actions(path)) == ["withdraw_all", "withdraw_half", "watch", "none"]


def test_one_table_decides_whole_numbers_and_names_what_it_lacks(policy):
    asked = pd.DataFrame({"candidate": [True] * 3, "warning": True, "base_yuan": 1000})
    asked = asked.assign(executed_yuan=[0.5, 0, 0], completion_bp=[400, 400.5, 400])
    found = policy.decide("recovery", asked)
    assert list(found["problem"]) == ["executed_yuan is no whole number", "completion_bp is no whole number", ""]
    low = policy.decide("recovery", asked.assign(base_yuan=[0, 1, 5], executed_yuan=[0, 0, -1], completion_bp=400))
    assert list(low["problem"]) == ["base_yuan is below 1", "", "executed_yuan is below 0"]
    assert list(found["action"].astype(object).where(found["problem"] == "", None)) == [None, None, "withdraw_all"]
    with pytest.raises(InputError, match=r"^table recovery needs the column base_yuan; the frame has candidate"):
        policy.decide("recovery", asked.drop(columns="base_yuan"))
