"""What fuzzing has found, read again: a result, or one line that says what is wrong."""

from pathlib import Path

import oracle
import parts
import pytest
from readers import disclosure, policy, projects_parquet

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*/*"))


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path / "run"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_finding_stays_mended(path, tmp_path):
    oracle.judge(path.parent.name, path.read_bytes(), tmp_path / "run")


@pytest.mark.parametrize("name", [name for name in oracle.READERS if name not in ("pdf", "run_policy")])
def test_what_fuzzing_begins_with_is_read(name, tmp_path):
    assert oracle.judge(name, oracle.reader(name).SEEDS[0], tmp_path / "run") == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("over: 2", "over: 0", "derived cut.half, over: expected a number other than zero"),
        ("over: 2", "over: 1.0e+999999999", "expected YAML (a number of at most 30 digits)"),
        ("of: [cut.most]", "of: [cut.reading]", "'cut.reading' is no parameter of the policy that is a number"),
        ("{min: 0, max: 1, unit: ratio, label", "{label", "input completion: expected values, or min and a larger max"),
        ("min: 0", "min: 2", "input completion: expected values, or min and a larger max"),
        ("infeasible: [{node: may}]", "infeasible: [{x: may}]", "infeasible: 'x' is no input of the table"),
        ("share: ratio", "share: 5", "output share: expected ratio, or a list of words"),
        ("id: small-2020", "id: small-2020\nid: other", "expected YAML (the key 'id' twice)"),
    ],
)
def test_a_policy_says_what_is_wrong_with_it(old, new, said, tmp_path):
    assert old in policy.SMALL
    assert said in oracle.judge("policy", policy.SMALL.replace(old, new).encode(), tmp_path / "run")


def test_a_table_that_no_one_could_prove_is_refused(tmp_path):
    inputs = "".join(f"  i{n}: {{min: 0, max: 1, unit: ratio, label: {{en: i, zh: i}}}}\n" for n in range(5))
    cells = [", ".join([f"'0.{n}'"] * 5) for n in range(10, 40)]
    rules = "".join(f"      - {{id: r{n}, when: [{each}], then: ['0']}}\n" for n, each in enumerate(cells))
    head = policy.SMALL.split("    inputs: [node")[0].replace("tables:", f"{inputs}tables:")
    text = f"{head}    inputs: [i0, i1, i2, i3, i4]\n    outputs: {{share: ratio}}\n    rules:\n{rules}"
    assert "points apart" in oracle.judge("policy", text.encode(), tmp_path / "run")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("figures.csv", ",final,,", ",final,2020-13,", "column as_of: expected a date or a month, found '2020-13'"),
        ("figures.csv", "14243000000", "9" * 5000, "column value: expected a whole number"),
        ("figures.csv", "142.43,亿元", f"{'9' * 5000},亿元", "column disclosed: expected a number"),
        ("source.yaml", "2021-08-17", "2021-02-31", "approved.date: must be date"),
        ("source.yaml", "level: prefecture", "level: prefecture\nlevel: county", "the key 'level' twice"),
    ],
)
def test_a_disclosure_says_what_is_wrong_with_it(name, old, new, said, tmp_path):
    files = parts.parted(disclosure.SEEDS[0])
    assert old.encode() in files[name]
    changed = parts.joined(files | {name: files[name].replace(old.encode(), new.encode(), 1)})
    assert said in oracle.judge("disclosure", changed, tmp_path / "run")


def test_the_oracle_sees_what_it_is_for(tmp_path, monkeypatch):
    monkeypatch.setattr(projects_parquet, "read", lambda data, folder: 1 / 0)
    with pytest.raises(oracle.Fault, match="ZeroDivisionError"):
        oracle.judge("projects_parquet", b"", tmp_path / "run")
    monkeypatch.setattr(projects_parquet, "read", lambda data, folder: __import__("warnings").warn("x", stacklevel=1))
    with pytest.raises(oracle.Fault, match="printed"):
        oracle.judge("projects_parquet", b"", tmp_path / "run")
