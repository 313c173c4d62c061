"""Frames as people read them: every heading and word in both languages, amounts exact, notes on figures."""

import re

import pandas as pd
import pytest

import fiscal
from fiscal import audit, datasets, figures, measures, rules
from fiscal.errors import UnknownName
from fiscal.figures import labels

CHINESE = re.compile("[一-鿿]")
# Columns whose words come from documents, ids and files, and have no label of their own.
AS_THEY_ARE = {
    *("disclosure", "jurisdiction", "title", "folder", "figure_id", "scope_label", "as_of", "disclosed", "value", "to"),
    *(
        "disclosed_unit",
        "formula",
        "counterparty",
        "project",
        "statement",
        "date",
        "identity",
        "clauses",
        "requirement",
    ),
    *("project_id", "department", "class", "rule", "parameter", "check", "indicator", "label", "change", "problem"),
    *("scope", "near"),
}


@pytest.fixture(scope="module")
def frames():
    """Every public frame, by name."""
    policy = rules.load_policy("urumqi-2020")
    tables = rules.spot_checked(datasets.synthetic(48), policy)
    found = rules.outcomes(tables, policy)
    monitoring = tables["monitoring"]
    compared = rules.compare(policy, policy.replace({"recovery.full_completion_max": "0.2"}), monitoring)
    every = datasets.figures()
    return {
        **{name: getattr(datasets, name)() for name in ("disclosures", "statements", "unread", "performance")},
        "figures": every,
        "transfers": datasets.transfers(),
        "debt": datasets.debt(),
        "measures of debt": measures.debt(every),
        "measures of transfers": measures.transfers(every),
        "compare": measures.compare(every),
        "thresholds": measures.thresholds("debt_ratio"),
        "check": figures.check("urumqi-2020"),
        "audit": audit.findings("urumqi-2020"),
        "projects": datasets.projects(48),
        "sweep": rules.sweep(policy, "warning.deviation_max", [0.1, 0.2], monitoring),
        "compared": compared.rows,
        "compared by": compared.by("rule_a", "rule_b"),
        "cliffs": rules.cliffs(monitoring, policy),
        "smallest changes": rules.smallest_changes(monitoring.iloc[0], policy),
        "uncertainty": rules.uncertainty(tables, policy, draws=3),
        "sensitivity": rules.sensitivity({"monitoring": monitoring}, policy),
        "checks": rules.checks(tables, policy, "en"),
        "review effect": rules.review_effect(tables, found, policy),
        "objectives": rules.review(tables["objectives"], policy),
        "ex ante": rules.ex_ante(tables["projects"], policy),
        **{f"table {name}": frame for name, frame in tables.items()},
        **{f"outcome {name}": frame for name, frame in found.items()},
    }


def test_every_heading_and_word_is_there_in_both_languages(frames):
    missing = set()
    for name, frame in frames.items():
        for column in map(str, frame.columns):
            assert CHINESE.search(labels.heading(column, "zh")), column
            assert not CHINESE.search(labels.heading(column, "en")), column
            base = re.sub("_(a|b|en|zh)$", "", column)
            words = frame[column].dropna()
            if base in AS_THEY_ARE or base in ("text", "note", "source", "place") or base.endswith("_on"):
                continue
            for word in {each for each in words if isinstance(each, str) and each}:
                if labels.word(column, word, "zh") is None or labels.word(column, word, "en") is None:
                    missing.add((name, column, word))
    assert not missing


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_frame_shows_and_stays_as_it_is(frames, lang):
    for name, frame in frames.items():
        before = frame.copy()
        shown = fiscal.show(frame.head(30), lang)
        assert f'lang="{lang}"' in shown._repr_mimebundle_()["text/html"], name
        assert len(shown.rows) == min(len(frame), 30)
        pd.testing.assert_frame_equal(frame, before)


def test_money_rates_and_words_of_a_figure_with_its_note():
    figure = datasets.figures("urumqi-2020").query("concept == 'debt.balance'")
    english, chinese = fiscal.show(figure), fiscal.show(figure, "zh")
    row = dict(zip(english.header, english.rows[0], strict=True))
    assert (str(row["Value"]), row["Scope"], row["Basis"]) == ("1,188.94 yi", "whole area", "final accounts")
    assert "printed 1188.94亿元, clause II" in row["Value"].provenance
    assert "debt.balance:whole:final:2020" in row["Value"].provenance
    row = dict(zip(chinese.header, chinese.rows[0], strict=True))
    assert (str(row["数值"]), row["口径"], row["条款"], row["依据"]) == ("1188.94亿元", "全辖", "第二部分", "文件载明")
    assert english.header.index("Value") in english.numeric
    measure = measures.debt(datasets.figures("urumqi-2020")).query("measure == 'limit_use' and type == 'special'")
    row = dict(zip((shown := fiscal.show(measure, "zh")).header, shown.rows[0], strict=True))
    assert (row["指标"], str(row["数值"])) == ("债务限额使用率", "87.01%")
    project = datasets.projects(2).head(1).assign(budget_yuan=2_550_000)
    row = dict(zip((shown := fiscal.show(project)).header, shown.rows[0], strict=True))
    assert (row["Node"], row["Completion"], row["Budget"], row["Synthetic"]) == ("May", "5%", "0.0255 yi", "yes")


def test_many_rows_come_with_search_and_sorting_and_without_a_request(chromium):
    frame = datasets.projects(150)
    html = fiscal.show(frame, "zh")._repr_mimebundle_()["text/html"]
    asked = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<!doctype html><html><body>{html}</body></html>")
    page.locator("table.dataTable tbody tr").first.wait_for()
    headings = page.locator("table.dataTable thead th").all_inner_texts()
    column = [each.strip() for each in headings].index("预算")
    heading = page.locator("table.dataTable thead th").nth(column)
    heading.get_by_role("button").click()
    page.wait_for_function("() => document.querySelector('th[aria-sort=ascending]')")
    cells = page.locator(f"table.dataTable tbody td:nth-child({column + 1})").all_inner_texts()
    amounts = [float(each.removesuffix("亿元")) for each in cells]
    assert amounts == sorted(frame["budget_yuan"] / 1e8)[: len(amounts)]
    page.get_by_label("搜索：").fill("P000149")
    page.wait_for_function("() => document.querySelectorAll('table.dataTable tbody tr').length === 2")
    assert [url for url in asked if not url.startswith(("about:", "blob:", "data:"))] == []
    page.close()


def test_a_column_that_nobody_knows_is_named():
    with pytest.raises(UnknownName, match="unknown column 'mystery'"):
        fiscal.show(pd.DataFrame({"mystery": [1]}))
