import pytest

from fiscal import datasets
from fiscal.errors import UnknownName

YI = 100_000_000


def test_every_figure_of_the_source_is_there():
    transfers = datasets.transfers("urumqi-2020").set_index(["direction", "budget", "type"])["value_yuan"]
    received = {"total": 142.43, "returning": 39.01, "general": 70.02, "special": 33.40}
    paid = {"total": 107.58, "returning": 25.92, "general": 47.52, "special": 34.14}
    for direction, amounts in (("received", received), ("paid", paid)):
        for kind, amount in amounts.items():
            assert transfers[direction, "general_public", kind] == round(amount * 100) * YI // 100
    assert transfers["received", "government_fund", "total"] == 3_992_000_000
    assert transfers["paid", "government_fund", "total"] == 3_734_000_000
    assert transfers["received", "state_capital", "total"] == 42_000_000
    assert transfers["paid", "state_capital", "total"] == 25_000_000
    assert len(transfers) == 12

    debt = datasets.debt("urumqi-2020").set_index(["item", "type"])["value_yuan"]
    expected = {
        "limit.new": (12_420_000_000, 600_000_000, 11_820_000_000),
        "limit.year_end": (138_057_000_000, 48_017_000_000, 90_040_000_000),
        "bonds.new": (12_280_000_000, 460_000_000, 11_820_000_000),
        "balance": (118_894_000_000, 40_554_000_000, 78_340_000_000),
    }
    for item, values in expected.items():
        assert tuple(debt[item, kind] for kind in ("total", "general", "special")) == values
    assert len(debt) == 12

    performance = datasets.performance("urumqi-2020").set_index("item")["value"].to_dict()
    assert performance == {
        "indicator_library.classes": 23,
        "indicator_library.indicators": 243,
        "spot_check.rate": 1000,
        "training.sessions": 3,
        "training.participants": 1500,
    }


def test_what_is_printed_is_kept_as_it_is_printed():
    figures = datasets.figures("urumqi-2020").set_index("concept")
    row = figures.loc["transfers.received.general_public.grants.special"]
    assert (row["disclosed"], row["disclosed_unit"], row["clause"]) == ("33.4", "亿元", "I.1")


def test_money_is_int64_and_categories_are_ordered():
    figures = datasets.figures()
    assert figures["value"].dtype == "int64"
    assert figures["scope"].cat.ordered
    assert figures["basis"].cat.ordered
    assert datasets.transfers()["type"].cat.ordered


def test_new_bonds_say_what_they_leave_out_and_what_they_are_for():
    debt = datasets.debt("urumqi-2020").set_index(["item", "type"])
    remark = debt.loc[("bonds.new", "total"), "remark"]
    assert "excludes.onlent_foreign" in remark
    assert "use.public_benefit_projects" in remark


def test_statements_cite_a_clause_and_reach_every_part_of_the_source():
    statements = datasets.statements("urumqi-2020")
    expected = {"I", "I.2", "II", *(f"III.1.{i}" for i in range(1, 6)), *(f"III.2.{i}" for i in range(1, 4))}
    expected |= {"III.3.1", "III.3.2", "III.4.1", "III.4.2", "III.4.3"}
    assert set(statements["clause"]) == expected


def test_approval_is_that_of_the_citys_own_level():
    source = datasets.source("urumqi-2020")
    assert source["approved"]["date"] == "2021-08-17"
    assert "own level" in source["approved"]["accounts"]["en"]
    assert "39th meeting" in source["approved"]["by"]["en"]


@pytest.mark.parametrize("id", ["", ".", "..", "../disclosures/urumqi-2020", "urumqi-2020/", "a\0b", 2020, None])
def test_a_way_to_a_folder_is_no_id(id):
    with pytest.raises(UnknownName, match="unknown disclosure"):
        datasets.source(id)


def test_an_unknown_disclosure_lists_what_there_is():
    with pytest.raises(UnknownName, match=r"unknown disclosure 'atlantis'; there is: .*urumqi-2020"):
        datasets.figures("atlantis")


def test_a_users_own_disclosure_stands_beside_the_bundled_ones(own_data):
    assert {"urumqi-2020", "testville-2020"} <= set(datasets.disclosures()["disclosure"])
    assert len(datasets.figures(["urumqi-2020", "testville-2020"])) == 58
