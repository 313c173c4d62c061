"""An independent engine reads the exported tables and decides every region and boundary as we do."""

import pytest
from click.testing import CliRunner

from fiscal import rules
from fiscal.cli import main

POLICY = rules.load_policy("urumqi-2020")


@pytest.fixture(scope="module")
def dmn():
    """Importing it makes a grammar ready, for half a minute: not in every worker, nor while tests are collected."""
    import pyDMNrules

    return pyDMNrules.DMN


@pytest.mark.xdist_group("dmn")
@pytest.mark.parametrize("name", POLICY.tables)
def test_another_engine_agrees(name, dmn):
    table = POLICY.tables[name]
    engine = dmn()
    assert engine.useXML(rules.to_dmn(POLICY, [name])) == {}
    for point in table.points():
        data = {}
        for column, value in zip(table.inputs, point, strict=True):
            if column.values == ("true", "false"):
                data[column.name] = value == "true"
            else:
                data[column.name] = value if column.values else float(value)
        status, decision = engine.decide(data)
        assert status == {}
        decision = decision[-1] if isinstance(decision, list) else decision
        (rule,) = table.hits(point)
        assert decision["Result"][f"{name}_rule"] == rule.id, data
        for output, value in zip(table.outputs, rule.outputs, strict=True):
            expected = value if isinstance(value, (bool, str)) else pytest.approx(float(value))
            assert decision["Result"][f"{name}_{output}"] == expected


def test_the_command_writes_it(tmp_path):
    out = tmp_path / "policy.dmn"
    assert (
        CliRunner().invoke(main, ["export-policy", "urumqi-2020", "--format", "dmn", "--out", str(out)]).exit_code == 0
    )
    assert out.read_text(encoding="utf-8") == rules.to_dmn(POLICY)
    book = CliRunner().invoke(main, ["export-policy", "--format", "markdown", "--lang", "zh"])
    assert book.output == POLICY.describe("zh")
