"""Nothing of the evaluation narrative is wired to one policy: another year's rules are told with their years."""

import pytest

from fiscal import datasets, narrative, resources, rules


@pytest.mark.parametrize(("lang", "words"), [("en", "departments' 2018 budgets are cut"), ("zh", "部门2018年预算压减")])
def test_years_are_those_of_the_policy(tmp_path, lang, words):
    bundled = (resources.data() / "policies" / "urumqi-2020.yaml").read_text(encoding="utf-8")
    path = tmp_path / "earlier.yaml"
    path.write_text(bundled.replace("fiscal_year: 2020", "fiscal_year: 2017"), encoding="utf-8")
    policy = rules.load_policy(path)
    tables = rules.spot_checked(datasets.synthetic(500), policy)
    about = narrative.outcome(policy, rules.outcomes(tables, policy), lang)
    told = narrative.evaluation
    said = " ".join(str(f(about)) for f in (told.headline, told.inflation, told.consequences, told.money, told.noticed))
    assert words in said
    for year in ("2016", "2017", "2018"):
        assert year in said
    for year in ("2019", "2020", "2021"):
        assert year not in said
