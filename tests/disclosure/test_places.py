"""Whose document it is: from its title, else from what the government calls itself."""

import pytest

from fiscal.disclosure import extract
from fiscal.errors import InputError


@pytest.mark.parametrize(
    ("title", "name", "level", "year"),
    [
        ("荔城区2023年地方政府债务情况说明", "荔城区", "county", 2023),
        ("关于河口区2020年税收返还和转移支付情况的说明", "河口区", "county", 2020),
        ("2022年度龙游县政府债务情况说明", "龙游县", "county", 2022),
        ("嘉兴市二〇一七年政府债务情况", "嘉兴市", "prefecture", 2017),
        ("2024年1—6月天津市财政收支情况", "天津市", "province", 2024),
        ("全国地方政府债务余额情况（2022年6月）", "全国", "nation", 2022),
        ("图说泉港区2023年财政决算", "泉港区", "county", 2023),
        ("关于全市政府性债务余额的公告（2017年底）", "本市", "prefecture", 2017),
        ("2021年省级一般公共预算支出说明", "本省", "province", 2021),
    ],
)
def test_the_title_names_place_and_year(title, name, level, year):
    us = {"county": "县", "province": "省", "nation": "国"}.get(level, "市")
    source = extract(f"{title}\n全{us}政府债务余额10亿元，{us}本级政府债务余额4亿元。\n").source
    assert (source["jurisdiction"]["zh"], source["level"], source["fiscal_year"]) == (name, level, year)
    assert source["title"]["zh"] == title


def test_what_is_given_wins_over_the_title():
    source = extract("青山县2020年政府债务情况\n余额说明。\n", "白水县", 2021).source
    assert (source["jurisdiction"]["zh"], source["fiscal_year"]) == ("白水县", 2021)


def test_amounts_of_no_year_are_refused_in_one_line():
    with pytest.raises(InputError, match="no year found"):
        extract("全县政府债务余额10亿元。\n")


@pytest.mark.parametrize(
    ("name", "words", "scope"),
    [
        ("嘉兴市", "市级", "own"),
        ("嘉兴市", "区县", "lower"),
        ("浙江省", "市县", "lower"),
        ("浙江省", "省本级", "own"),
        ("荔城区", "区本级", "own"),
        ("荔城区", "全区", "whole"),
        ("文山壮族苗族自治州", "文山州", "whole"),
    ],
)
def test_the_same_words_mean_another_level_for_another_government(name, words, scope):
    figures = extract(f"2021年末，{words}政府债务余额10亿元。\n", name, 2021).figures
    assert list(figures["scope"]) == [scope]


def test_the_level_above_is_never_taken_for_ones_own():
    foreign = "2021年末，市级政府债务余额10亿元，全市政府债务余额90亿元。省对市一般性转移支付50亿元，"
    found = extract(f"{foreign}省对我区一般性转移支付5亿元。\n", "荔城区", 2021)
    assert list(found.figures["disclosed"]) == ["5"]
    assert len(found.unread) == 3
