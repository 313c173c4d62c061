"""Reconciliation: try every identity on the figures of a document and say how it came out."""

import pandas as pd

from fiscal.figures import amounts, identities, store

ACTUAL = ("final", "execution", "expected")
KEY = ["fiscal_year", "scope", "scope_label", "basis", "as_of"]
COLUMNS = [
    "identity",
    "kind",
    "fiscal_year",
    "scope",
    "basis",
    "statement",
    "left",
    "right",
    "difference",
    "tolerance",
    "outcome",
    "missing",
    "figure_ids",
    "clauses",
    "label_en",
    "label_zh",
]
OUTCOMES = ["holds", "rounding", "discrepancy", "undetermined", "not_printed"]


def check(disclosure) -> pd.DataFrame:
    """Try every identity on a disclosure (its id, what ``store.load`` gives, or a frame of figures).

    One row for each identity tried, for each repeated figure and for each span. Amounts ``left``, ``right``,
    ``difference`` (left - right) and ``tolerance`` are in the smallest unit of the figures (yuan for money).
    ``outcome`` is *holds*; *rounding* (within half a unit of the finest printed digit for every term);
    *discrepancy*; *undetermined* (it does not hold, but a term that may belong to it is not printed); or
    *not_printed* (a term of it is missing: see ``missing``).

    Raises UnknownName or InputError as ``store.load`` does.

    >>> checked = fiscal.figures.check("urumqi-2020")
    >>> checked["outcome"].value_counts()
    outcome
    holds           41
    not_printed     17
    rounding         0
    discrepancy      0
    undetermined     0
    Name: count, dtype: int64
    >>> checked.query("kind == 'ceiling'")[["label_en", "outcome"]].head(2)
                                    label_en outcome
    6     Debt balance within the debt limit   holds
    7  General debt balance within its limit   holds
    """
    if isinstance(disclosure, str):
        disclosure = store.load(disclosure)
    if isinstance(disclosure, pd.DataFrame):
        figures, length, text = disclosure, None, None
    else:
        figures, length, text = disclosure.figures, disclosure.source["text"]["characters"], disclosure.text
    rows = []
    for _, document in figures.groupby("disclosure", sort=False):
        totals = document[(document["counterparty"] == "") & (document["project"] == "")]
        printed = _Printed(totals)
        rows += [printed.compare(identity, key) for identity, key in printed.sums()]
        rows += [printed.compare(i, key) for i in identities.stated() for key in printed.contexts(i)]
        records = document.to_dict("records")
        rows += list(_repeated(records))
        rows += list(_spans(records, length, text))
    checked = pd.DataFrame(rows, columns=COLUMNS)
    for column in ("left", "right", "difference", "tolerance", "fiscal_year"):
        checked[column] = checked[column].astype("Int64")
    checked["outcome"] = pd.Categorical(checked["outcome"], OUTCOMES, ordered=True)
    return checked


class _Printed:
    """The figures of one document by concept and context, to look terms up in."""

    def __init__(self, figures):
        self.rows = {}
        for row, step in zip(figures.to_dict("records"), amounts.quanta(figures), strict=True):
            # Of a figure that is printed twice the first counts; that they differ is a finding of its own.
            self.rows.setdefault((row["concept"], *(row[k] for k in KEY)), row | {"quantum": step})

    def sums(self):
        """(identity, context) of each printed figure that has addends in the vocabulary."""
        for concept, *key in self.rows:
            same = {c for c, *k in self.rows if k == key}
            if identity := identities.total(concept, same):
                yield identity, key

    def contexts(self, identity):
        """The contexts in which the right side of an identity is printed."""
        for concept, *key in self.rows:
            if concept == identity.right.concept and identity.right.scope in (None, key[1]):
                yield key

    def find(self, term, identity, key):
        year, scope, scope_label, basis, as_of = key
        # A limit is a final number even where the balance below it is still an expected one; parts of one
        # sum are of one basis.
        mixed = identity.kind in ("ceiling", "stock_flow") and basis in ACTUAL
        as_of = "" if term.year else as_of
        for candidate in (basis, *(ACTUAL if mixed else ())):
            place = (term.concept, year + term.year, term.scope or scope, scope_label, candidate, as_of)
            if row := self.rows.get(place):
                return row
        return None

    def compare(self, identity, key):
        terms = [(term, self.find(term, identity, key)) for term in (*identity.left, identity.right)]
        missing = [term for term, row in terms if row is None]
        found = [(term, row) for term, row in terms if row is not None]
        result = {
            "identity": identity.id,
            "kind": identity.kind,
            "fiscal_year": key[0],
            "scope": key[1],
            "basis": key[3],
            "statement": str(identity),
            "missing": ", ".join(map(str, missing)),
            "figure_ids": tuple(row["figure_id"] for _, row in found),
            "clauses": ", ".join(dict.fromkeys(row["clause"] for _, row in found if row["clause"])),
            "label_en": identity.label_en,
            "label_zh": identity.label_zh,
        }
        if any(not term.optional for term in missing):
            return result | {"outcome": "not_printed"}
        right = found[-1][1]["value"]
        left = sum(term.sign * row["value"] for term, row in found[:-1])
        # Half a unit for every term; doubled on both sides so that it stays an integer comparison.
        doubled = sum(row["quantum"] for _, row in found)
        return result | {
            "left": left,
            "right": right,
            "difference": left - right,
            "tolerance": doubled // 2,
            "outcome": _outcome(left - right, doubled, identity.relation, bool(missing)),
        }


def _outcome(difference, doubled_tolerance, relation, incomplete):
    excess = abs(difference) if relation == "=" else max(difference, 0)
    if excess == 0:
        return "holds"
    if 2 * excess <= doubled_tolerance:
        return "rounding"
    return "undetermined" if incomplete else "discrepancy"


def _repeated(rows):
    """A row for each figure that a document prints more than once."""
    first = {}
    for row in rows:
        before = first.setdefault(tuple(row[key] for key in ("concept", *KEY, "counterparty", "project")), row)
        if before is not row:
            yield _finding("repeated", before, row, before["value"], row["value"])


def _spans(rows, length, text):
    """A row for each figure with a place: what stands there is what was printed.

    Without the text only the place itself can be checked: inside the text and as long as the number.
    """
    for row in rows:
        if pd.isna(row["span_start"]) or pd.isna(row["span_end"]):
            continue
        start, end = int(row["span_start"]), int(row["span_end"])
        if text is not None:
            good = amounts.plain(text[start:end]) == amounts.plain(row["disclosed"])
        else:
            good = end - start == len(row["disclosed"]) and (length is None or end <= length)
        yield _finding("span", row, row, 0, 0 if good else end - start - len(row["disclosed"]) or 1)


def _finding(kind, first, other, left, right):
    labels = {
        "repeated": ("printed more than once", "多次出现"),
        "span": ("the printed number stands at its place in the text", "数字与原文位置相符"),
    }[kind]
    return {
        "identity": f"{kind}:{other['figure_id']}",
        "kind": kind,
        "fiscal_year": other["fiscal_year"],
        "scope": other["scope"],
        "basis": other["basis"],
        "statement": f"{other['concept']} {labels[0]}",
        "left": left,
        "right": right,
        "difference": left - right,
        "tolerance": 0,
        "outcome": "holds" if left == right else "discrepancy",
        "missing": "",
        "figure_ids": tuple(dict.fromkeys((first["figure_id"], other["figure_id"]))),
        "clauses": other["clause"],
        "label_en": f"{labels[0]}: {other['concept']}",
        "label_zh": f"{labels[1]}：{other['concept']}",
    }
