"""Disclosures as tidy frames. Money is whole yuan in int64; every row says where it was printed."""

import pandas as pd

from fiscal import resources
from fiscal.figures import store, tables, vocabulary

ORDERED = {
    "scope": ["whole", "own", "lower", "other"],
    "basis": ["final", "execution", "expected", "budget"],
    "status": ["stated", "derived", "edited"],
    "unit": ["yuan", "bp", "count"],
}
CONTEXT = ["disclosure", "jurisdiction", "fiscal_year", "scope", "basis", "as_of"]
PRINTED = ["disclosed", "disclosed_unit", "clause", "status", "remark", "figure_id"]
TYPES = ["total", "returning", "grants", "general", "shared", "special"]


def disclosures() -> pd.DataFrame:
    """The disclosures there are, bundled or found under FISCAL_DATA.

    One row each: ``disclosure`` (id), ``jurisdiction`` and ``jurisdiction_en``, ``level``, ``fiscal_year``,
    ``title``, ``approved_on`` (text, empty if not stated), ``figures`` (how many), ``folder``.

    >>> fiscal.datasets.disclosures().set_index("disclosure")[["jurisdiction_en", "level", "fiscal_year"]].head(3)
                  jurisdiction_en       level  fiscal_year
    disclosure
    ezhou-2017              Ezhou  prefecture         2017
    fengxin-2023          Fengxin      county         2023
    gaochang-2025        Gaochang      county         2025
    """
    rows = []
    for name in resources.disclosures():
        found = store.load(name)
        rows.append(
            {
                "disclosure": found.id,
                "jurisdiction": found.source["jurisdiction"]["zh"],
                "jurisdiction_en": found.source["jurisdiction"].get("en", found.source["jurisdiction"]["zh"]),
                "level": found.source.get("level", ""),
                "fiscal_year": found.source["fiscal_year"],
                "title": found.source["title"]["zh"],
                "approved_on": found.source.get("approved", {}).get("date", ""),
                "figures": len(found.figures),
                "folder": str(found.folder),
            }
        )
    return pd.DataFrame(rows)


def source(disclosure) -> dict:
    """What is known of the document itself: the contents of its ``source.yaml`` as a dict.

    Raises UnknownName (lists the ids there are) or InputError.

    >>> fiscal.datasets.source("urumqi-2020")["approved"]["date"]
    '2021-08-17'
    """
    return store.source(disclosure)


def figures(disclosure=None) -> pd.DataFrame:
    """Every figure of one disclosure (an id), of several (a list of ids), or of all (None).

    Columns are those of ``data/schemas/figures.json``; the main ones: ``concept`` (id in the vocabulary),
    ``scope``, ``basis`` and ``status`` (ordered categoricals), ``value`` (int64, exact) in ``unit`` (yuan,
    basis points or a count), ``disclosed`` and ``disclosed_unit`` (as printed), ``clause`` and the span of
    the number in the document's text. Edits of a person are applied and marked *edited*.

    Raises UnknownName (lists the ids there are) or InputError (file, row, what was expected).

    >>> figures = fiscal.datasets.figures("urumqi-2020").set_index("concept")
    >>> figures.loc["debt.balance.special", ["value", "disclosed", "disclosed_unit", "clause"]].to_dict()
    {'value': 78340000000, 'disclosed': '783.4', 'disclosed_unit': '亿元', 'clause': 'II'}
    """
    return _concatenated(disclosure, "figures")


def statements(disclosure=None) -> pd.DataFrame:
    """Duties, rules, uses of money and other statements, paraphrased; columns as in schemas/statements.json.

    Raises UnknownName or InputError as ``figures`` does.

    >>> statements = fiscal.datasets.statements("urumqi-2020").set_index("statement")
    >>> print(statements.loc["recovery.full", "text_en"])
    Nothing executed and completion of at most 10%: the whole budget is recovered.
    """
    return _concatenated(disclosure, "statements")


def unread(disclosure=None) -> pd.DataFrame:
    """Amounts that a document prints and the reader did not take for figures; columns as in schemas/unread.json.

    Raises UnknownName or InputError as ``figures`` does.

    >>> fiscal.datasets.unread("jiaxing-2017")["reason"].value_counts().head(3)
    reason
    use           4
    no_concept    1
    repeated      1
    Name: count, dtype: int64
    """
    return _concatenated(disclosure, "unread")


def _concatenated(disclosure, part):
    names = [disclosure] if isinstance(disclosure, str) else list(disclosure or resources.disclosures())
    frames = [getattr(store.load(name), part) for name in names]
    frame = pd.concat(frames, ignore_index=True)
    for field in tables.schema(part)["fields"]:
        # A column without gaps in one disclosure and with gaps in another is one type all the same.
        if field["type"] == "integer" and "required" not in field.get("constraints", {}):
            frame[field["name"]] = frame[field["name"]].astype("Int64")
        if field["name"] in ORDERED:
            frame[field["name"]] = pd.Categorical(frame[field["name"]], ORDERED[field["name"]], ordered=True)
    return frame


def transfers(disclosure=None) -> pd.DataFrame:
    """Transfers received from the level above and paid to the level below.

    One row a figure: ``direction`` (received, paid), ``budget`` (general_public, government_fund,
    state_capital), ``type`` (total, returning, grants, general, shared, special), ``value_yuan`` (int64),
    then scope, basis and provenance as in :func:`figures`. ``shared`` is a part of ``general``.

    Raises UnknownName or InputError as ``figures`` does.

    >>> transfers = fiscal.datasets.transfers("urumqi-2020")
    >>> transfers.query("type == 'special'")[["direction", "budget", "value_yuan", "clause"]]
      direction          budget  value_yuan clause
    3  received  general_public  3340000000    I.1
    9      paid  general_public  3414000000    I.2
    """
    frame = figures(disclosure)
    frame = frame[frame["concept"].str.startswith("transfers.")]
    parts = frame["concept"].str.split(".")
    frame = frame.assign(
        direction=pd.Categorical(parts.str[1], ["received", "paid"], ordered=True),
        budget=pd.Categorical(parts.str[2], ["general_public", "government_fund", "state_capital"], ordered=True),
        type=pd.Categorical(parts.map(lambda p: p[-1] if len(p) > 3 else "total"), TYPES, ordered=True),
    )
    return _tidy(frame, ["direction", "budget", "type"], "value_yuan")


def debt(disclosure=None) -> pd.DataFrame:
    """Limits, bonds, balances and service of government debt.

    One row a figure in yuan: ``item`` (limit.new, limit.year_end, bonds.new, balance, service …), ``type``
    (total, general, special), ``value_yuan`` (int64), then scope, basis and provenance as in :func:`figures`.

    Raises UnknownName or InputError as ``figures`` does.

    >>> debt = fiscal.datasets.debt("urumqi-2020")
    >>> debt.query("item == 'balance'")[["type", "value_yuan", "disclosed", "clause"]]
           type    value_yuan disclosed clause
    9     total  118894000000   1188.94     II
    10  general   40554000000    405.54     II
    11  special   78340000000     783.4     II
    """
    frame = figures(disclosure)
    frame = frame[frame["concept"].str.startswith("debt.") & (frame["unit"] == "yuan")]
    parts = frame["concept"].str.removeprefix("debt.").str.extract(r"^(?P<item>.*?)(?:\.(?P<type>general|special))?$")
    frame = frame.assign(
        item=parts["item"],
        type=pd.Categorical(parts["type"].fillna("total"), ["total", "general", "special"], ordered=True),
    )
    return _tidy(frame, ["item", "type"], "value_yuan")


def performance(disclosure=None) -> pd.DataFrame:
    """Counts and rates of budget performance management.

    One row a figure: ``item`` (indicator_library.classes …), ``value`` (int64) in ``unit`` (count or bp), then
    scope, basis and provenance as in :func:`figures`.

    Raises UnknownName or InputError as ``figures`` does.

    >>> fiscal.datasets.performance("urumqi-2020")[["item", "value", "clause"]].head(3)
                               item  value   clause
    0     indicator_library.classes     23  III.1.3
    1  indicator_library.indicators    243  III.1.3
    2               spot_check.rate   1000  III.1.5
    """
    frame = figures(disclosure)
    frame = frame[frame["concept"].str.startswith("performance.")]
    frame = frame.assign(item=frame["concept"].str.removeprefix("performance."))
    return _tidy(frame, ["item", "unit"], "value")


def _tidy(frame, keys, value):
    frame = frame.rename(columns={"value": value})
    frame["label_en"] = [vocabulary.label(concept, "en") for concept in frame["concept"]]
    frame["label_zh"] = [vocabulary.label(concept, "zh") for concept in frame["concept"]]
    columns = [*CONTEXT, *keys, value, *PRINTED, "label_en", "label_zh"]
    return frame[columns].reset_index(drop=True)
