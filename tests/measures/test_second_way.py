"""Every number that is published about Urumqi, once more: Decimals straight from the text, without any of our code.

What is read here is found by the words before it, in the order in which the text prints it; what is computed is in
亿元 and per cent, as a reader with a calculator would. Each figure, measure and sum that the package gives has to be
among it, and each of these has to be in the package: nothing is left out on either side.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from bs4 import BeautifulSoup

from fiscal import datasets, figures, measures

PARTS = ("returning", "grants.general", "grants.special")
KINDS = ("total", "general", "special")


@pytest.fixture(scope="module")
def stated(seed_text):
    """Concept to Decimal in 亿元 (or a count, or per cent), by a reading of our own."""
    received, paid = seed_text.split("（二）关于")[0], seed_text.split("（二）关于")[1].split("二、举借")[0]
    debt, performance = seed_text.split("二、举借")[1].split("三、预算绩效")
    found = {}

    def read(text, words, names):
        numbers = [Decimal(each) for each in re.findall(r"([0-9.]+)亿元", text.split(words, 1)[1])]
        found.update(zip(names, numbers, strict=False))

    for direction, text, words in (("received", received, "自治区财政对我市一般"), ("paid", paid, "各区县一般")):
        budget = f"transfers.{direction}.general_public"
        others = [f"transfers.{direction}.{name}" for name in ("government_fund", "state_capital")]
        read(text, words, [budget, *(f"{budget}.{part}" for part in PARTS), *others])
    for name, words in (
        ("debt.limit.new", "新增债务限额"),
        ("debt.limit.year_end", "地方政府债务限额"),
        ("debt.bonds.new", "新增政府债券"),
        ("debt.balance", "地方政府债务余额"),
    ):
        read(debt, words, [name, f"{name}.general", f"{name}.special"])
    for name, pattern in (
        ("performance.indicator_library.classes", "([0-9]+)类"),
        ("performance.indicator_library.indicators", "([0-9]+)条共性"),
        ("performance.spot_check.rate", "按照([0-9]+)%的比例抽查"),
        ("performance.training.sessions", "培训([0-9]+)次"),
        ("performance.training.participants", "([0-9]+)人次"),
    ):
        found[name] = Decimal(re.search(pattern, performance)[1])
    return found


@pytest.fixture(scope="module")
def computed(stated):
    """(measure, type) to what it is: a Decimal in 亿元, or a pair of which it is the quotient."""
    found = {}
    for kind in KINDS:
        limit, balance, new, bonds = (
            stated[name if kind == "total" else f"{name}.{kind}"]
            for name in ("debt.limit.year_end", "debt.balance", "debt.limit.new", "debt.bonds.new")
        )
        found["limit_use", kind] = (balance, limit)
        found["headroom", kind] = limit - balance
        found["new_bonds_to_new_limit", kind] = (bonds, new)
        found["new_limit_less_new_bonds", kind] = new - bonds
        if kind != "total":
            found["composition", kind] = (balance, stated["debt.balance"])
            found["composition.new_bonds", kind] = (bonds, stated["debt.bonds.new"])
    for band, edge in (("yellow", "1.2"), ("orange", "2"), ("red", "3")):
        found[f"break_even.{band}", "total"] = (stated["debt.balance"], Decimal(edge))
    both = {}
    for direction in ("received", "paid"):
        name = f"transfers.{direction}."
        budget, fund, capital = (stated[name + each] for each in ("general_public", "government_fund", "state_capital"))
        parts = [stated[f"{name}general_public.{part}"] for part in PARTS]
        for kind, part in zip(("returning", "general", "special"), parts, strict=True):
            found[f"composition.{direction}", kind] = (part, budget)
        found[f"sum.{direction}", "total"] = budget + fund + capital
        kinds = ("general", "special", "grants", "government_fund", "state_capital")
        both[direction] = dict(zip(kinds, (*parts[1:], sum(parts[1:]), fund, capital), strict=True))
    for kind, paid in both["paid"].items():
        found["paid_to_received", kind] = (paid, both["received"][kind])
        found["paid_less_received", kind] = paid - both["received"][kind]
    return found


def test_figures(stated):
    scale = {"yuan": 10**8, "count": 1, "bp": 100}
    rows = datasets.figures("urumqi-2020").set_index("concept")
    assert {concept: row.value for concept, row in rows.iterrows()} == {
        concept: int(value * scale[rows.at[concept, "unit"]]) for concept, value in stated.items()
    }


def test_measures(computed):
    tables = [measures.debt(datasets.figures("urumqi-2020")), measures.transfers(datasets.figures("urumqi-2020"))]
    there = {(row.measure, row.type): row for table in tables for row in table.itertuples() if row.reason == ""}
    assert there.keys() == computed.keys()
    for key, row in there.items():
        above, below = computed[key] if isinstance(computed[key], tuple) else (computed[key], Decimal(1))
        yi = 1 if row.unit == "ratio" else 10**8
        # Fractions are equal if the products across are: nothing is rounded on the way.
        assert row.numerator * below == row.denominator * above * yi, key
        assert row.value == pytest.approx(float(above * yi / below), rel=1e-15)


def test_sums_and_bounds_that_are_tried(stated):
    tried = figures.check("urumqi-2020")
    tried = tried[(tried["kind"] != "span") & (tried["outcome"] == "holds")].set_index("identity")
    differences = {}
    for direction in ("received", "paid"):
        name = f"transfers.{direction}.general_public"
        differences[f"{name}=parts"] = stated[name] - sum(stated[f"{name}.{part}"] for part in PARTS)
    for name in ("debt.limit.new", "debt.limit.year_end", "debt.bonds.new", "debt.balance"):
        differences[f"{name}=parts"] = stated[name] - stated[f"{name}.general"] - stated[f"{name}.special"]
    assert set(differences.values()) == {0}
    equal = tried[tried["kind"] == "sum"]
    assert len(equal) == len(differences)
    assert set(equal["difference"]) == {0}
    bounded = tried[tried["kind"] == "ceiling"]
    expected = {
        int((stated[low + kind] - stated[high + kind]) * 10**8)
        for low, high in (("debt.balance", "debt.limit.year_end"), ("debt.bonds.new", "debt.limit.new"))
        for kind in ("", ".general", ".special")
    }
    assert set(bounded["difference"]) == expected


def rounded(value, digits):
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("notebook", ["debt", "transfers"])
def test_every_amount_and_percentage_that_a_page_prints(reports, stated, computed, notebook, lang):
    # Levels of the debt ratio and of interest, which the Ministry of Finance set.
    amounts, shares = set(stated.values()), {Decimal(each) for each in (100, 120, 200, 300, 10)}
    for value in computed.values():
        if isinstance(value, tuple) and value[1] in (Decimal("1.2"), Decimal(2), Decimal(3)):
            amounts.add(rounded(value[0] / value[1], 2))
        elif isinstance(value, tuple):
            shares |= {rounded(100 * value[0] / value[1], digits) for digits in range(3)}
        else:
            amounts.add(abs(value))
    page = BeautifulSoup((reports / f"urumqi-2020/{notebook}.{lang}.html").read_text(encoding="utf-8"), "html.parser")
    for each in page.select(".code, .note, script, style, head"):
        each.decompose()
    said = page.main.get_text()
    yi = {"en": r"([0-9][0-9,]*(?:\.[0-9]+)?) yi\b", "zh": r"([0-9]+(?:\.[0-9]+)?)亿元"}[lang]
    printed = {Decimal(each.replace(",", "")) for each in re.findall(yi, said)}
    assert len(printed) > 8
    assert printed <= amounts
    percent = {Decimal(each) for each in re.findall(r"([0-9]+(?:\.[0-9]+)?)%", said)}
    assert len(percent) > 3
    assert percent <= shares
