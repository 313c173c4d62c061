"""What must hold between concepts: sums along the vocabulary, and the rows of ``data/identities.csv``."""

import re
from dataclasses import dataclass
from functools import cache

from fiscal.errors import InputError
from fiscal.figures import vocabulary

TERM = re.compile(r"(?P<concept>[a-z0-9_.]+(\.\*)?)(?P<year>\[-1\])?(@(?P<scope>own|lower|whole))?(?P<optional>\?)?")


@dataclass(frozen=True)
class Term:
    """A concept with its sign; ``scope`` None is the scope at hand, ``year`` -1 the year before."""

    concept: str
    sign: int = 1
    year: int = 0
    scope: str | None = None
    optional: bool = False

    def __str__(self):
        marks = "[-1]" * bool(self.year) + f"@{self.scope}" * bool(self.scope) + "?" * self.optional
        return self.concept + marks


@dataclass(frozen=True)
class Identity:
    """``left`` (terms with signs) relation ``right`` (one term); ``kind`` is sum, ceiling, stock_flow or scope."""

    id: str
    kind: str
    left: tuple[Term, ...]
    relation: str
    right: Term
    label_en: str
    label_zh: str

    def __str__(self):
        parts = [("- " if term.sign < 0 else "+ ") + str(term) for term in self.left]
        return f"{' '.join(parts).removeprefix('+ ')} {self.relation} {self.right}"


@cache
def stated():
    """The identities of ``data/identities.csv``, one for each concept that a ``.*`` stands for."""
    return tuple(identity for row in vocabulary.table("identities").to_dict("records") for identity in _expand(row))


def _expand(row):
    left, right = _terms(row["left"], row["identity"]), _terms(row["right"], row["identity"])[0]
    if not right.concept.endswith(".*"):
        yield Identity(row["identity"], row["kind"], left, row["relation"], right, row["label_en"], row["label_zh"])
        return
    money = vocabulary.concepts().query("unit == 'yuan'").index
    for concept in money[money.str.startswith(right.concept[:-1])]:
        yield Identity(
            f"{row['identity']}:{concept}",
            row["kind"],
            tuple(Term(concept, t.sign, t.year, t.scope, t.optional) for t in left),
            row["relation"],
            Term(concept, right.sign, right.year, right.scope, right.optional),
            row["label_en"],
            row["label_zh"],
        )


def _terms(expression, identity):
    terms, sign = [], 1
    for word in expression.split():
        if word in "+-":
            sign = -1 if word == "-" else 1
            continue
        match = TERM.fullmatch(word)
        concept = match["concept"] if match else word
        if not match or not (concept.endswith(".*") or concept in vocabulary.concepts().index):
            raise InputError(f"identities.csv, {identity}: expected a concept, found {word!r}")
        terms.append(Term(concept, sign, -1 if match["year"] else 0, match["scope"], bool(match["optional"])))
    return tuple(terms)


def total(concept, printed):
    """The sum that ``concept`` must be of the printed concepts, or None where the vocabulary has no addends.

    An addend that is not printed is replaced by its own addends where those are: 142.43 is rebates plus
    general plus special transfers although "transfer payments" is not printed.
    """
    if not vocabulary.addends(concept):
        return None
    left = tuple(Term(each) for addend in vocabulary.addends(concept) for each in _cover(addend, printed))
    return Identity(
        f"sum:{concept}",
        "sum",
        left,
        "=",
        Term(concept),
        f"{vocabulary.label(concept, 'en')} is the sum of its parts",
        f"{vocabulary.label(concept, 'zh')}等于各分项之和",
    )


def _cover(concept, printed):
    if concept in printed or not vocabulary.addends(concept):
        return [concept]
    parts = [each for addend in vocabulary.addends(concept) for each in _cover(addend, printed)]
    return parts if all(part in printed for part in parts) else [concept]
