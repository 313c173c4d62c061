"""What the law asks to be published about final accounts, and what a document states of it.

A requirement is a row of ``data/requirements.csv``, with authority, instrument and article. It is judged from the
figures and statements of one document alone: what another page or a table elsewhere holds is not known here. There
are findings and no score.
"""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from fiscal import text
from fiscal.figures import store, vocabulary

__all__ = [
    "Evidence",
    "dates",
    "findings",
    "plain",
    "requirements",
    "words",
]

DAYS = 20  # from approval to publication: Budget Law, article 14
OUTCOMES = ["stated", "in_part", "not_in_document", "not_applicable"]
COLUMNS = [
    "disclosure",
    "place_en",
    "place_zh",
    "fiscal_year",
    "requirement",
    "label_en",
    "label_zh",
    "outcome",
    "reason",
    "found",
    "missing",
    "evidence",
    "clauses",
    "perhaps",
]
# How the parts of a requirement are called where they are missing; concepts go by their labels.
PARTS = {
    "region": ("details by area", "分地区情况"),
    "project": ("details by project", "分项目情况"),
    "own": ("the own level", "本级情况"),
    "lower": ("the areas below together", "下级合计"),
    "final": ("a final figure", "决算数"),
    "approved": ("the date of approval", "批准日期"),
    "published": ("the date of publication", "公开日期"),
    "use": ("what the money was used for", "资金用途"),
    "duty|rule|organisation": ("how the work is done", "工作开展情况"),
    "outcome": ("the outcomes", "绩效结果"),
}
DETAILS = {
    "region": lambda row: row["counterparty"] != "",
    "project": lambda row: row["project"] != "",
    "own": lambda row: row["scope"] == "own",
    "lower": lambda row: row["scope"] == "lower" or row["counterparty"] != "",
}


class Evidence(NamedTuple):
    """What a finding rests on: a *figure*, a *statement*, an *unread* amount, or the *source* file's own date.

    ``id`` is the figure_id, the key of the statement, the place of the unread amount in the text, or the key in
    source.yaml; ``concept`` is empty for statements and dates; ``printed`` the number with its unit, or the date.

    >>> fiscal.audit.findings("urumqi-2020")["evidence"].iloc[1][0]
    Evidence(kind='figure', id='transfers.received.general_public:whole:final:2020', clause='I.1',
    concept='transfers.received.general_public', printed='142.43亿元', final=True)
    """

    kind: str
    id: str
    clause: str
    concept: str
    printed: str
    final: bool = True


def requirements() -> pd.DataFrame:
    """What is asked, one row each: a copy of ``data/requirements.csv``; columns as in schemas/requirements.json.

    >>> fiscal.audit.requirements()[["label_en", "short_en", "article_en"]].head(2)
                                                       label_en  ...  article_en
    requirement                                                  ...
    publication               Dates of approval and publication  ...  article 14
    transfers.received  Transfers received, general and special  ...  article 14
    <BLANKLINE>
    [2 rows x 3 columns]
    """
    return vocabulary.table("requirements").copy()


def words(parts, lang) -> list[str]:
    """What parts of a requirement are called, a list: concepts, *region*, or *own:debt.balance* for a concept's part.

    Of a sum and its addends those are named that say it: the sum where all are missing, else the addends.

    >>> fiscal.audit.words(["debt.service.principal", "own:debt.balance"], "en")
    ['principal repaid', 'the own level (government debt balance)']
    """
    concepts = {part for part in parts if ":" not in part and part not in PARTS}
    names = [_name(part, lang) for part in parts if part in PARTS or part in _telling(concepts)]
    for head in dict.fromkeys(part.partition(":")[0] for part in parts if ":" in part):
        rest = [part.partition(":")[2] for part in parts if part.startswith(f"{head}:")]
        inner = text.listed(words(rest, lang), lang)
        names.append(_name(head, lang) + text.aside(inner, lang))
    return names


def _name(part, lang):
    return PARTS[part][lang == "zh"] if part in PARTS else text.small(vocabulary.label(part, lang), lang)


def _telling(concepts):
    """Concepts without those that others of them already say."""
    silent = set()
    for concept in concepts:
        addends = set(vocabulary.addends(concept))
        silent |= addends if addends <= concepts else {concept} if addends & concepts else set()
    return concepts - silent


def findings(disclosure, beside=()) -> pd.DataFrame:
    """What each requirement comes to in a disclosure: its id, what ``store.load`` gives, or a list of either.

    ``beside``: ids of further disclosures, a list or text with commas or spaces between them.

    One row for each disclosure and requirement, in the order of the tables: ``outcome`` is *stated*, *in_part*
    (``missing`` says what is not there), *not_in_document*, or *not_applicable* (``reason``: *not_yet* or *replaced*
    in that fiscal year, asked of another *level*, or *nothing_empty*). ``found`` and ``missing`` are tuples of parts
    (see ``words``), ``evidence`` of ``Evidence``, ``clauses`` where it stands. ``perhaps`` has unread amounts and
    statements of absence that may belong to the requirement; they never count.

    Raises UnknownName or InputError as ``store.load`` does.

    >>> fiscal.audit.findings("urumqi-2020")["outcome"].value_counts()
    outcome
    in_part            6
    not_in_document    6
    stated             5
    not_applicable     2
    Name: count, dtype: int64
    """
    rows = [row for each in _disclosures(disclosure, beside) for row in _rows(each)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["outcome"] = pd.Categorical(frame["outcome"], OUTCOMES, ordered=True)
    return frame


def dates(disclosure, beside=()) -> pd.DataFrame:
    """When the accounts were approved and published, one row for each disclosure (as in ``findings``).

    ``approved_on``, ``published_on`` and ``deadline`` (20 days after approval) are text such as 2021-08-17, empty if
    not stated; ``timing`` is *on_time*, *late*, *not_stated*, or *early* where publication is dated before approval;
    the clauses say where a date stands.

    Raises UnknownName or InputError as ``findings`` does.

    >>> fiscal.audit.dates("urumqi-2020").iloc[0].to_dict()
    {'disclosure': 'urumqi-2020', 'approved_on': '2021-08-17', 'approved_clause': 'I', 'published_on': '',
    'published_clause': '', 'deadline': '2021-09-06', 'timing': 'not_stated'}
    """
    rows = []
    for each in _disclosures(disclosure, beside):
        approved, published = _Document(each).dates().values()
        approved_on, published_on = (found[0].printed if found else "" for found in (approved, published))
        deadline = str(date.fromisoformat(approved_on) + timedelta(days=DAYS)) if approved_on else ""
        timing = "not_stated"
        if approved_on and published_on:
            timing = "early" if published_on < approved_on else "late" if published_on > deadline else "on_time"
        rows.append(
            {
                "disclosure": each.id,
                "approved_on": approved_on,
                "approved_clause": approved[0].clause if approved else "",
                "published_on": published_on,
                "published_clause": published[0].clause if published else "",
                "deadline": deadline,
                "timing": timing,
            }
        )
    return pd.DataFrame(rows)


def plain(disclosure) -> list[dict]:
    """Findings and dates as lists and dicts of plain values, one dict for each disclosure: what JSON can hold.

    Raises UnknownName or InputError as ``findings`` does.

    >>> fiscal.audit.plain("urumqi-2020")[0]["place"]
    {'en': 'Urumqi', 'zh': '乌鲁木齐市'}
    """
    each = []
    for one in _disclosures(disclosure, ()):
        found = findings(one).drop(columns=["disclosure", "place_en", "place_zh", "fiscal_year"]).to_dict("records")
        for row in found:
            row |= {column: [piece._asdict() for piece in row[column]] for column in ("evidence", "perhaps")}
        about = {"disclosure": one.id, "place": one.source["jurisdiction"], "fiscal_year": one.source["fiscal_year"]}
        dated = dates(one).drop(columns="disclosure").to_dict("records")[0]
        each.append(about | {"dates": dated, "findings": found})
    return each


def _disclosures(disclosure, beside):
    first = [disclosure] if isinstance(disclosure, str | store.Disclosure) else disclosure
    further = beside.replace(",", " ").split() if isinstance(beside, str) else beside
    each = {getattr(one, "id", one): one for one in (*first, *further)}
    return [store.load(one) if isinstance(one, str) else one for one in each.values()]


def _rows(disclosure):
    document = _Document(disclosure)
    place = disclosure.source["jurisdiction"]
    for requirement in requirements().to_dict("records"):
        yield {
            "disclosure": disclosure.id,
            "place_en": place.get("en", place["zh"]),
            "place_zh": place["zh"],
            "fiscal_year": document.year,
            "requirement": requirement["requirement"],
            "label_en": requirement["label_en"],
            "label_zh": requirement["label_zh"],
        } | _judge(requirement, document)


def _judge(requirement, document):
    reason = _inapplicable(requirement, document.source)
    parts = {} if reason else document.parts(requirement)
    if "empty" in parts and not parts["empty"]:
        reason = "nothing_empty"
    if reason:
        return {"outcome": "not_applicable", "reason": reason} | dict.fromkeys(
            ("found", "missing", "evidence", "clauses", "perhaps"), ()
        )
    found = tuple(part for part, evidence in parts.items() if evidence)
    missing = (*(part for part in parts if part not in found), *_not_final(parts))
    evidence = tuple(dict.fromkeys(each for part in found for each in parts[part]))
    return {
        "outcome": "not_in_document" if not found else "in_part" if missing else "stated",
        "reason": "",
        "found": found,
        "missing": missing,
        "evidence": evidence,
        "clauses": tuple(sorted({each.clause for each in evidence if each.clause}, key=document.place)),
        "perhaps": tuple(document.perhaps(vocabulary.split(requirement["about"]))),
    }


def _inapplicable(requirement, source):
    """Why a requirement does not apply to a document, or nothing. Where no level is given it is taken to apply."""
    year, level = source["fiscal_year"], source.get("level")
    if year < requirement["applies_from"]:
        return "not_yet"
    if not pd.isna(requirement["applies_until"]) and year > requirement["applies_until"]:
        return "replaced"
    return "level" if level and level not in vocabulary.split(requirement["applies_to"]) else ""


def _not_final(parts):
    """What is printed, but only as a budget, an execution or an expected figure, or at another date."""
    printed = {part: [e for e in evidence if e.kind == "figure"] for part, evidence in parts.items()}
    printed = {part: figures for part, figures in printed.items() if figures and part != "empty"}
    other = [part for part, figures in printed.items() if not any(figure.final for figure in figures)]
    return ["final"] if other and len(other) == len(printed) else [f"final:{part}" for part in other]


class _Document:
    """The figures of a document's own year, its statements, dates and unread amounts, to look parts up in."""

    def __init__(self, disclosure):
        self.source = disclosure.source
        self.year = disclosure.source["fiscal_year"]
        figures = disclosure.figures
        self.figures = figures[figures["fiscal_year"] == self.year].to_dict("records")
        self.statements = disclosure.statements.to_dict("records")
        self.unread = disclosure.unread.to_dict("records")

    def place(self, clause):
        """Where a clause begins, as far as figures and statements show: clauses are told in the document's order."""
        rows = [row for row in (*self.figures, *self.statements) if row["clause"] == clause]
        return min((row["span_start"] for row in rows if not pd.isna(row["span_start"])), default=0)

    def parts(self, requirement):
        """Each part that a requirement asks for, and the evidence of it; an empty list where there is none."""
        concepts, about, details, topics = (
            vocabulary.split(requirement[column]) for column in ("concepts", "about", "detail", "topics")
        )
        parts = {concept: _cited(self.printed(concept)) for concept in concepts}
        for detail in details:
            if detail == "empty":
                parts[detail] = self.empty()
            elif detail in DETAILS:
                parts |= self.detailed(detail, about)
            else:
                parts[detail] = self.dates()[detail]
        for topic in topics:
            # Who lists the projects has said what the money was for, and how they did.
            parts[topic] = self.said(topic, about) or parts.get("project", [])
        return parts

    def printed(self, concept):
        """The rows of a concept or, where it is not printed but all its addends are, theirs."""
        rows = [row for row in self.figures if row["concept"] == concept]
        addends = [] if rows else [self.printed(addend) for addend in vocabulary.addends(concept)]
        return [row for addend in addends for row in addend] if all(addends) and addends else rows

    def detailed(self, detail, about):
        """The part for each concept; one part where it is missing from all of them."""
        each = {target: [row for row in self.under([target]) if DETAILS[detail](row)] for target in about}
        if len(each) == 1 or not any(each.values()):
            return {detail: _cited(row for rows in each.values() for row in rows)}
        return {f"{detail}:{target}": _cited(rows) for target, rows in each.items()}

    def said(self, topic, about):
        """Statements on a topic; of a use, those in the clauses of its figures and what is remarked on them."""
        stated = [row for row in self.statements if row["topic"] in topic.split("|")]
        if topic != "use":
            return _said(stated)
        remarked = [
            row for row in self.under(about) if any(each.startswith("use.") for each in vocabulary.split(row["remark"]))
        ]
        return _said(self.beside(stated, about)) + _cited(remarked)

    def under(self, about):
        """The figures of some concepts and of all below them."""
        return [row for row in self.figures if any(_below(row["concept"], each) for each in about)]

    def beside(self, statements, about):
        """The statements in the clauses in which figures of some concepts stand."""
        clauses = {row["clause"] for row in self.under(about)} - {""}
        return [row for row in statements if any(_nested(row["clause"], clause) for clause in clauses)]

    def empty(self):
        """Zeros that are printed, and what is said not to be."""
        absent = [row for row in self.statements if row["topic"] == "absence"]
        return _cited(row for row in self.figures if row["value"] == 0) + _said(absent)

    def dates(self):
        """The evidence of approval and of publication: a statement with its clause, or what source.yaml knows."""
        known = {
            "approved": self.source.get("approved", {}).get("date", ""),
            "published": self.source.get("published") or "",
        }
        found = {}
        for part, topic in (("approved", "approval"), ("published", "publication")):
            stated = [row for row in self.statements if row["topic"] == topic and row["date"]]
            stated = [row for row in stated if row["date"] == (known[part] or row["date"])][:1]
            found[part] = _said(stated)
            if not stated and known[part]:
                found[part] = [Evidence("source", part, "", "", known[part])]
        return found

    def perhaps(self, about):
        """Unread amounts that may belong to some concepts; statements of absence in the clauses of their figures."""
        for row in self.unread:
            # An area of a total may be what is asked for of its parts: which type it is of was not read.
            area = row["reason"] == "part_of_area" and row["near"]
            if any(_below(row["near"], each) or (area and _below(each, row["near"])) for each in about):
                printed = row["disclosed"] + row["disclosed_unit"]
                yield Evidence("unread", str(row["span_start"]), row["clause"], row["near"], printed)
        yield from _said(self.beside([row for row in self.statements if row["topic"] == "absence"], about))


def _cited(rows):
    return [
        Evidence(
            "figure",
            row["figure_id"],
            row["clause"],
            row["concept"],
            row["disclosed"] + row["disclosed_unit"],
            row["basis"] == "final" and not row["as_of"],
        )
        for row in rows
    ]


def _said(rows):
    return [Evidence("statement", row["statement"], row["clause"], "", row["date"]) for row in rows]


def _below(concept, prefix):
    return concept == prefix or concept.startswith(f"{prefix}.")


def _nested(one, other):
    """Whether one clause is the other, or one of its parts."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def __dir__():
    return list(__all__)
