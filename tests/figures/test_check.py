"""Reconciliation: what holds passes, rounding passes, and a broken figure is found by exactly its identities."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fiscal
from fiscal import datasets

FIGURES = datasets.figures("urumqi-2020")
RECEIVED, PAID = "transfers.received.general_public", "transfers.paid.general_public"
HALF = 500_000  # half of 0.01 亿元, the finest digit that Urumqi prints

# Written out by hand: identity, addends, relation, right side.
IDENTITIES = [
    (f"sum:{RECEIVED}", [f"{RECEIVED}.{p}" for p in ("returning", "grants.general", "grants.special")], "=", RECEIVED),
    (f"sum:{PAID}", [f"{PAID}.{p}" for p in ("returning", "grants.general", "grants.special")], "=", PAID),
    *(
        (f"sum:{total}", [f"{total}.general", f"{total}.special"], "=", total)
        for total in ("debt.limit.new", "debt.limit.year_end", "debt.bonds.new", "debt.balance")
    ),
    *(
        (f"{identity}{kind}", [f"{small}{kind}"], "<=", f"{large}{kind}")
        for identity, small, large in (
            ("balance_within_limit", "debt.balance", "debt.limit.year_end"),
            ("new_bonds_within_new_limit", "debt.bonds.new", "debt.limit.new"),
        )
        for kind in ("", ".general", ".special")
    ),
]


def discrepancies(figures):
    checked = fiscal.figures.check(figures)
    return set(checked.loc[checked["outcome"] == "discrepancy", "identity"])


def test_urumqi_reconciles():
    checked = fiscal.figures.check("urumqi-2020")
    tried = checked[checked["outcome"] != "not_printed"]
    assert set(tried["outcome"]) == {"holds"}
    assert {name for name, *_ in IDENTITIES} <= set(tried["identity"])
    assert (tried["kind"] == "span").sum() == 29


def test_an_identity_with_a_part_that_is_not_printed_says_which():
    checked = fiscal.figures.check("urumqi-2020").set_index("identity")
    assert checked.at["stock_and_flow", "outcome"] == "not_printed"
    assert "debt.balance[-1]" in checked.at["stock_and_flow", "missing"]


@given(
    st.sampled_from(list(FIGURES.index[FIGURES["unit"] == "yuan"])),
    st.integers(4 * HALF + 1, 10**12),
    st.sampled_from([1, -1]),
)
def test_a_broken_figure_is_found_by_exactly_its_identities(row, amount, sign):
    figures = FIGURES.copy()
    figures.loc[row, "value"] += sign * amount
    value = dict(zip(figures["concept"], figures["value"], strict=True))
    expected = set()
    for name, left, relation, right in IDENTITIES:
        difference = sum(value[each] for each in left) - value[right]
        excess = abs(difference) if relation == "=" else difference
        if excess > HALF * (len(left) + 1):
            expected.add(name)
    assert discrepancies(figures) == expected


@given(st.sampled_from(list(FIGURES.index[FIGURES["unit"] == "yuan"])), st.integers(-2 * HALF, 2 * HALF))
def test_what_rounding_can_explain_is_no_discrepancy(row, amount):
    figures = FIGURES.copy()
    figures.loc[row, "value"] += amount
    sums = {name for name in discrepancies(figures) if name.startswith("sum:transfers")}
    assert sums == set()  # four terms, each half a unit off: up to two units


def document(rows):
    """A small document in 万元: (concept, scope, basis, year, printed)."""
    frame = []
    for position, (concept, scope, basis, year, printed) in enumerate(rows):
        blank = dict.fromkeys(FIGURES.columns, "")
        frame.append(
            blank
            | {
                "figure_id": f"{concept}:{position}",
                "disclosure": "small",
                "fiscal_year": year,
                "concept": concept,
                "scope": scope,
                "basis": basis,
                "value": round(float(printed) * 10_000),
                "unit": "yuan",
                "disclosed": printed,
                "disclosed_unit": "万元",
                "status": "stated",
                "span_start": pd.NA,
                "span_end": pd.NA,
            }
        )
    return pd.DataFrame(frame, columns=FIGURES.columns)


def outcome(figures, identity):
    checked = fiscal.figures.check(figures).query("fiscal_year == 2020").set_index("identity")
    return checked.at[identity, "outcome"]


STOCK = [
    ("debt.balance", "whole", "final", 2019, "100"),
    ("debt.balance", "whole", "final", 2020, "130"),
    ("debt.bonds.new", "whole", "final", 2020, "50"),
    ("debt.service.principal", "whole", "final", 2020, "20"),
]


def test_opening_plus_received_less_repaid_is_closing():
    complete = [
        (f"debt.{c}", "whole", "final", 2020, "0") for c in ("bonds.refinancing", "bonds.swap", "onlent_foreign")
    ]
    assert outcome(document(STOCK), "stock_and_flow") == "holds"
    broken = [*STOCK[:1], ("debt.balance", "whole", "final", 2020, "140"), *STOCK[2:]]
    assert outcome(document(broken), "stock_and_flow") == "undetermined"
    assert outcome(document(broken + complete), "stock_and_flow") == "discrepancy"


@pytest.mark.parametrize(("whole", "expected"), [("30", "holds"), ("31", "rounding"), ("32", "discrepancy")])
def test_whole_is_own_and_lower(whole, expected):
    figures = document(
        [
            ("debt.balance", "whole", "final", 2020, whole),
            ("debt.balance", "own", "final", 2020, "10"),
            ("debt.balance", "lower", "final", 2020, "20"),
        ]
    )
    assert outcome(figures, "whole_is_own_and_lower.debt:debt.balance") == expected


def test_the_finest_digit_of_the_document_decides_the_tolerance():
    rows = [
        ("debt.balance", "whole", "final", 2020, "31"),
        ("debt.balance.general", "whole", "final", 2020, "10"),
        ("debt.balance.special", "whole", "final", 2020, "20"),
    ]
    assert outcome(document(rows), "sum:debt.balance") == "rounding"
    finer = [*rows, ("debt.onlent_foreign", "whole", "final", 2020, "0.01")]
    assert outcome(document(finer), "sum:debt.balance") == "discrepancy"


@pytest.mark.parametrize(("printed", "expected"), [("60", "holds"), ("62", "rounding"), ("63", "discrepancy")])
def test_the_edge_of_the_tolerance_is_still_rounding(printed, expected):
    parts = [(f"{RECEIVED}.{each}", "10") for each in ("returning", "grants.general")]
    rows = [*parts, (f"{RECEIVED}.grants.special", "40"), (RECEIVED, printed)]
    figures = document([(concept, "whole", "final", 2020, amount) for concept, amount in rows])
    found = fiscal.figures.check(figures).set_index("identity").loc[f"sum:{RECEIVED}"]
    assert found["outcome"] == expected  # four terms, each half of 1 万元 off
    assert found["tolerance"] == 20_000


def test_the_tolerance_is_whole_yuan_where_half_a_unit_is_half_a_yuan():
    parts = [
        ("debt.balance.general", "whole", "final", 2020, "1.0001"),
        ("debt.balance.special", "whole", "final", 2020, "2"),
    ]
    figures = document([*parts, ("debt.balance", "whole", "final", 2020, "3.0002")])
    found = fiscal.figures.check(figures).set_index("identity").loc["sum:debt.balance"]
    assert (found["tolerance"], found["outcome"]) == (1, "rounding")


def test_parts_of_a_sum_are_of_one_basis():
    rows = [
        ("debt.balance", "whole", "final", 2020, "30"),
        ("debt.balance.general", "whole", "final", 2020, "10"),
        ("debt.balance.special", "whole", "execution", 2020, "90"),
    ]
    assert outcome(document(rows), "sum:debt.balance") == "not_printed"


def test_outcomes_are_in_order_from_the_best():
    outcomes = fiscal.figures.check(FIGURES)["outcome"].cat
    assert outcomes.ordered
    assert list(outcomes.categories) == ["holds", "rounding", "discrepancy", "undetermined", "not_printed"]


def test_a_limit_is_compared_with_an_expected_balance():
    rows = [
        ("debt.limit.year_end", "whole", "final", 2020, "10"),
        ("debt.balance", "whole", "expected", 2020, "20"),
    ]
    assert outcome(document(rows), "balance_within_limit") == "discrepancy"


def test_the_same_figure_with_two_values_is_a_finding_and_no_error_of_loading():
    rows = [("debt.balance", "whole", "final", 2020, "10"), ("debt.balance", "whole", "final", 2020, "11")]
    assert outcome(document(rows), "repeated:debt.balance:1") == "discrepancy"
    assert outcome(document([rows[0], rows[0]]), "repeated:debt.balance:1") == "holds"


def test_a_span_that_points_elsewhere_is_found():
    figures = FIGURES.copy()
    figures.loc[0, "span_end"] += 1
    assert discrepancies(figures) == {f"span:{figures.loc[0, 'figure_id']}"}
    found = fiscal.figures.check(figures).set_index("identity")
    assert found.at[f"span:{figures.loc[0, 'figure_id']}", "right"] == 1  # one character too long


def test_a_figure_without_a_place_has_no_span_and_those_after_it_have():
    figures = FIGURES.copy()
    figures.loc[0, ["span_start", "span_end"]] = pd.NA
    assert (fiscal.figures.check(figures)["kind"] == "span").sum() == 28
