"""What the transparency notebook says: what is asked, what a document states of it, and what one may ask.

>>> import fiscal
>>> findings = fiscal.audit.findings("urumqi-2020")
>>> about = fiscal.narrative.transparency.audited(findings, "en")
"""

from fiscal import audit, datasets, text
from fiscal.figures import labels, vocabulary
from fiscal.narrative.prose import Bullets, Fact, Prose, Table, say

__all__ = [
    "Audited",
    "absent",
    "asked",
    "audited",
    "dates",
    "fair",
    "headline",
    "in_part",
    "inapplicable",
    "matrix_title",
    "perhaps",
    "questions",
    "stated",
    "table",
    "title",
]

SYMBOLS = {"stated": "●", "in_part": "◐", "not_in_document": "○", "not_applicable": "–"}
# What the concepts are about, by the first part of their ids.
SUBJECTS = {
    "transfers": ("transfers", "转移支付"),
    "debt": ("debt", "政府债务"),
    "capacity": ("debt", "政府债务"),
    "revenue": ("revenue and expenditure", "预算收支"),
    "expenditure": ("revenue and expenditure", "预算收支"),
    "performance": ("performance", "预算绩效"),
}
MOST = 6  # clauses in a sentence, and pieces of evidence in a note, and
NAMED = 3  # requirements in a title: of more than that the rest is counted


class Audited:
    """What is told from: one document's findings and dates, in one language.

    >>> about = fiscal.narrative.transparency.audited(fiscal.audit.findings("urumqi-2020"), "en")
    >>> about.place, len(about.of("in_part")), about.missing(about.of("in_part")[0])
    ('Urumqi', 6, 'the date of publication')
    """

    def __init__(self, findings, lang):
        (disclosure,) = findings["disclosure"].unique()
        self.lang = text.language(lang)
        self.source = datasets.source(disclosure)
        self.figures = datasets.figures(disclosure)
        self.statements = datasets.statements(disclosure).set_index("statement").to_dict("index")
        self.dates = audit.dates(disclosure).iloc[0].to_dict()
        asked = audit.requirements().drop(columns=["label_en", "label_zh"]).to_dict("index")
        self.rows = [row | asked[row["requirement"]] for row in findings.to_dict("records")]

        self.place = self.name("jurisdiction")
        self.year = str(self.source["fiscal_year"])

    def name(self, key):
        """A name from source.yaml; what has no English name keeps its Chinese one."""
        names = self.source[key]
        return names.get(self.lang, names["zh"])

    def of(self, *outcomes):
        """The findings with one of these outcomes."""
        return [row for row in self.rows if row["outcome"] in outcomes]

    def applicable(self):
        return [row for row in self.rows if row["outcome"] != "not_applicable"]

    def word(self, row, column):
        """A column that there is in both languages."""
        return row[f"{column}_{self.lang}"]

    def label(self, row):
        return self.word(row, "label")

    def count(self, rows):
        """How many findings; the note names them."""
        return Fact(str(len(rows)), "\n".join(self.label(row) for row in rows))

    def cited(self, row):
        """Instrument and article in short as a fact; the note has the full name and what is asked."""
        return Fact(self.article(row, "short"), "\n".join([self.word(row, "instrument"), self.asks(row)]))

    def article(self, row, name):
        """The instrument by its full or its ``short`` name, with the article where one is cited."""
        cited = [self.word(row, name), self.word(row, "article")]
        return {"en": ", ", "zh": ""}[self.lang].join(filter(None, cited))

    def asks(self, row):
        """What is asked, by whom, and whether that is our reading."""
        status = {
            "stated": ("stated in the instrument", "文件明文要求"),
            "reading": ("how far it goes is our reading", "具体范围为本项目的理解"),
        }[row["status"]][self.lang == "zh"]
        return "\n".join([self.word(row, "authority"), self.word(row, "asks"), status])

    def where(self, row):
        """The clauses of a finding, each a fact whose note lists the evidence there; of many the first and the last."""
        places = row["clauses"]
        words = [text.clause(place, self.lang) for place in places]
        facts = [Fact(shown, self._there(row, place), clause=shown) for shown, place in zip(words, places, strict=True)]
        if not facts:
            return Prose(
                Fact({"en": "beside the text", "zh": "正文之外"}[self.lang], self._there(row, "")), lang=self.lang
            )
        start = {"en": "clauses " if len(facts) > 1 else "clause ", "zh": ""}[self.lang]
        if len(facts) > MOST:
            to, end = {"en": (" to ", f" ({len(facts)})"), "zh": ("至", f"（共{len(facts)}处）")}[self.lang]
            return Prose(start, facts[0], to, facts[-1], end, lang=self.lang)
        comma, last = {"en": (", ", " and "), "zh": ("、", "和")}[self.lang]
        pieces = [start, facts[0]]
        for number, fact in enumerate(facts[1:], start=2):
            pieces += [last if number == len(facts) else comma, fact]
        return Prose(*pieces, lang=self.lang)

    def _there(self, row, place):
        """The evidence of a finding in a clause, a line each; of much the rest is counted."""
        lines = [self.evidence(each) for each in row["evidence"] if each.clause == place]
        if len(lines) > MOST:
            more = {"en": "and {} more", "zh": "另有{}项"}[self.lang].format(len(lines) - MOST)
            lines = [*lines[:MOST], more]
        return "\n".join(lines)

    def evidence(self, each):
        """One piece of evidence in words, with its clause."""
        clause = text.clause(each.clause, self.lang)
        if each.kind == "statement":
            said = self.statements[each.id][f"text_{self.lang}"]
            return text.closed(said, {"en": f"clause {clause}", "zh": clause}[self.lang], self.lang)
        if each.kind == "source":
            return {"en": "recorded with the document, not in its text", "zh": "随文件记录，不在正文中"}[self.lang]
        label = vocabulary.label(each.concept, self.lang)
        other = "" if each.final else {"en": ", not a final figure", "zh": "，非决算数"}[self.lang]
        if self.lang == "en":
            return f"{label}: printed {each.printed}, clause {clause}{other}"
        return f"{label}：原文{each.printed}，{clause}{other}"

    def missing(self, row):
        """What is not there, in words."""
        return text.listed(audit.words(row["missing"], self.lang), self.lang)


def audited(findings, lang) -> Audited:
    """The findings of one disclosure (a frame of ``fiscal.audit.findings``), to tell in ``lang`` (en or zh).

    >>> about = fiscal.narrative.transparency.audited(fiscal.audit.findings("urumqi-2020"), "zh")
    >>> print(fiscal.narrative.transparency.dates(about))
    决算于2021年8月17日批准，法定公开期限为20日，最后一日为2021年9月6日。公开日期未写明，无法据此判断是否按时。
    """
    return Audited(findings, lang)


def headline(about):
    """How much of what is asked the document states.

    >>> print(fiscal.narrative.transparency.headline(about))
    Of 17 things that laws and rules ask to be told about final accounts, Urumqi's document for 2020 states
    5 in full, 6 in part and 6 not at all.
    """
    if not about.applicable():
        return say(
            about.lang,
            en="Nothing of what is asked here of local governments applies to this document of {place} for {year}.",
            zh="此处列出的对地方政府的公开要求，均不适用于{place}{year}年的这份文件。",
            place=about.place,
            year=about.year,
        )
    return say(
        about.lang,
        en="Of {all} things that laws and rules ask to be told about final accounts, {place}'s document for {year}"
        " states {stated} in full, {in_part} in part and {absent} not at all.",
        zh="法律、行政法规和财政部制度要求就决算公开或说明的{all}项内容中，{place}{year}年的这份文件完整载明{stated}项，"
        "部分载明{in_part}项，{absent}项未见于本文件。",
        place=about.place,
        year=about.year,
        all=about.count(about.applicable()),
        stated=about.count(about.of("stated")),
        in_part=about.count(about.of("in_part")),
        absent=about.count(about.of("not_in_document")),
    )


def fair(about):
    """What the findings rest on, and what they can't say: one document, its subjects, and how final its figures are.

    >>> print(fiscal.narrative.transparency.fair(about))
    These are findings about one document as it was read here. A count is no score: the things asked differ
    in weight, and what is not in this document may stand in tables that were published elsewhere. Its
    figures are about transfers, debt and performance.
    """
    sentence = say(
        about.lang,
        en="These are findings about one document as it was read here. A count is no score: the things asked differ in"
        " weight, and what is not in this document may stand in tables that were published elsewhere.",
        zh="以上只是对所读的这一份文件的判断。计数并非评分：各项要求轻重不同；本文件未见的内容，可能载于另行公开的表格。",
    )
    figures = about.figures[about.figures["fiscal_year"] == about.source["fiscal_year"]]
    if figures.empty:
        return sentence
    subjects = dict.fromkeys(SUBJECTS[concept.partition(".")[0]][about.lang == "zh"] for concept in figures["concept"])
    sentence += say(
        about.lang,
        en="Its figures are about {subjects}.",
        zh="其数字涉及{subjects}。",
        subjects=text.listed(subjects, about.lang),
    )
    final = figures["basis"] == "final"
    if final.all():
        return sentence
    if final.any():
        return sentence + say(
            about.lang,
            en="Some of them are budgeted, expected or provisional, not final.",
            zh="其中部分为预算数、预计数或执行数，不是决算数。",
        )
    return sentence + say(
        about.lang,
        en="None of them is final: it is no explanation of final accounts, and can't be expected to answer as one.",
        zh="这些数字均非决算数：本文件并非决算公开说明，不能要求其如决算说明一样作答。",
    )


def title(about):
    """The finding of the picture: what is not there.

    >>> print(fiscal.narrative.transparency.title(about))
    Not in Urumqi's document: debt limit and balance, own level and each area; principal repaid and interest
    paid; bonds and debt service of the own level; 3 more
    """
    for outcome, en, zh in (
        ("not_in_document", "Not in {place}'s document: {which}", "{place}的文件中未见：{which}"),
        ("in_part", "{place}'s document states only in part: {which}", "{place}的文件仅部分载明：{which}"),
    ):
        if rows := about.of(outcome):
            which = _named([about.label(row) for row in rows], about.lang)
            return say(about.lang, en=en, zh=zh, place=about.place, which=which)
    if not about.applicable():
        return headline(about)
    return say(
        about.lang,
        en="{place}'s document states all that is asked of it",
        zh="{place}的文件载明了所要求的全部内容",
        place=about.place,
    )


def matrix_title(findings, lang):
    """The finding of the picture of several documents: what none of them states in full.

    >>> together = fiscal.audit.findings(["urumqi-2020", "taijiang-2020"])
    >>> print(fiscal.narrative.transparency.matrix_title(together, "en"))
    None of these documents states in full: dates of approval and publication; general transfers paid, by
    area; special transfers paid, by area and project; 8 more
    """
    applicable = findings[findings["outcome"] != "not_applicable"]
    stated = set(applicable.loc[applicable["outcome"] == "stated", "requirement"])
    never = applicable[~applicable["requirement"].isin(stated)]
    if never.empty:
        return say(
            lang,
            en="Each thing asked is stated in full by one of these documents at least",
            zh="每项要求至少有一份文件完整载明",
        )
    return say(
        lang,
        en="None of these documents states in full: {which}",
        zh="以下各项，没有一份文件完整载明：{which}",
        which=_named(never.drop_duplicates("requirement")[f"label_{lang}"], lang),
    )


def _named(labels, lang):
    """Labels in a title: of many the first, and how many more."""
    labels = [text.small(label, lang) for label in labels]
    if len(labels) > NAMED + 1:
        more = {"en": "{} more", "zh": "另外{}项"}[lang].format(len(labels) - NAMED)
        labels = [*labels[:NAMED], more]
    # Labels have commas of their own.
    return {"en": "; ", "zh": "；"}[lang].join(labels)


def asked(about):
    """Who asks for what: a table, one row for each instrument and article; a note says what each thing is.

    >>> print(fiscal.narrative.transparency.asked(about))
    Who asks for what
    Who asks | In which instrument | For what
    National People's Congress and its Standing Committee | Budget Law (amended 2014 and 2018), article 14 |
    Dates of approval and publication; Transfers ...
    """
    each = {}
    for row in about.applicable():
        each.setdefault((about.word(row, "authority"), about.article(row, "instrument")), []).append(row)
    header = {"en": ["Who asks", "In which instrument", "For what"], "zh": ["要求方", "依据", "内容"]}[about.lang]
    rows = [[*key, _things(about, found)] for key, found in each.items()]
    return Table({"en": "Who asks for what", "zh": "谁要求公开什么"}[about.lang], header, rows)


def _things(about, rows):
    """What an instrument asks for, each a fact that says what it is."""
    pieces = []
    for row in rows:
        pieces += [{"en": "; ", "zh": "；"}[about.lang], Fact(about.label(row), about.asks(row))]
    return Prose(*pieces[1:], lang=about.lang)


def stated(about):
    """What the document states in full, and where.

    >>> print(fiscal.narrative.transparency.stated(about).items[0])
    Transfers received, general and special: clause I.1.
    """
    return _bullets(
        about,
        about.of("stated"),
        _stated,
        say(
            about.lang,
            en="Nothing that is asked is stated in full.",
            zh="所要求的内容，没有一项完整载明。",
        ),
    )


def _stated(about, row):
    return say(
        about.lang,
        en="{label}: {where}.",
        zh="{label}：{where}。",
        label=about.label(row),
        where=about.where(row),
    )


def in_part(about):
    """What it states in part: where, and what is not there.

    >>> print(fiscal.narrative.transparency.in_part(about).items[0])
    Dates of approval and publication: stated in clause I; not there: the date of publication.
    """
    return _bullets(
        about,
        about.of("in_part"),
        _in_part,
        say(about.lang, en="Nothing is stated in part only.", zh="没有仅部分载明的内容。"),
    )


def _in_part(about, row):
    return say(
        about.lang,
        en="{label}: stated in {where}; not there: {missing}.",
        zh="{label}：见{where}；缺{missing}。",
        label=about.label(row),
        where=about.where(row),
        missing=about.missing(row),
    )


def absent(about):
    """What is asked and not in the document, and who asks.

    >>> print(fiscal.narrative.transparency.absent(about).items[1])
    Principal repaid and interest paid. Asked by: Debt Measures No. 209.
    """
    return _bullets(
        about,
        about.of("not_in_document"),
        _absent,
        say(about.lang, en="Nothing that is asked is absent altogether.", zh="所要求的内容均有所载明。"),
    )


def _absent(about, row):
    return say(
        about.lang,
        en="{label}. Asked by: {cited}.",
        zh="{label}。依据：{cited}。",
        label=about.label(row),
        cited=about.cited(row),
    )


def _bullets(about, rows, sentence, none):
    return Bullets(*(sentence(about, row) for row in rows)) if rows else none


def dates(about):
    """Approval, deadline and publication.

    >>> print(fiscal.narrative.transparency.dates(about))
    The accounts were approved on 17 August 2021. With 20 days for publication the last day was 6 September
    2021. The day of publication is not stated, so whether that was kept can't be seen from the document.
    """
    found = about.dates
    if "publication" not in {row["requirement"] for row in about.applicable()}:
        return say(
            about.lang,
            en="No day by which it had to be published is asked of this document here.",
            zh="此处对本文件没有公开期限的要求。",
        )
    if not found["approved_on"] and not found["published_on"]:
        return say(
            about.lang,
            en="The document gives neither the date of approval nor that of publication, so nobody can see from it"
            " whether it came within the {days} days that the law allows.",
            zh="文件既未写明批准日期，也未写明公开日期，无法据此判断是否在法定的{days}日内公开。",
            days=str(audit.DAYS),
        )
    if not found["approved_on"]:
        return say(
            about.lang,
            en="Published on {published}. The date of approval, from which the {days} days count, is not stated.",
            zh="公开日期为{published}；起算{days}日期限的批准日期未写明。",
            published=_date(about, "published"),
            days=str(audit.DAYS),
        )
    sentence = say(
        about.lang,
        en="The accounts were approved on {approved}. With {days} days for publication the last day was {deadline}.",
        zh="决算于{approved}批准，法定公开期限为{days}日，最后一日为{deadline}。",
        approved=_date(about, "approved"),
        days=str(audit.DAYS),
        deadline=text.day(found["deadline"], about.lang),
    )
    if found["timing"] == "not_stated":
        return sentence + say(
            about.lang,
            en="The day of publication is not stated, so whether that was kept can't be seen from the document.",
            zh="公开日期未写明，无法据此判断是否按时。",
        )
    verdict = {
        "on_time": ("in time", "未超过期限"),
        "late": ("after the last day", "超过期限"),
        "early": (
            "before approval, so one of the two dates is of something else",
            "早于批准日期，其中一个日期应另有所指",
        ),
    }[found["timing"]]
    return sentence + say(
        about.lang,
        en="It was published on {published}: {verdict}.",
        zh="公开日期为{published}，{verdict}。",
        published=_date(about, "published"),
        verdict=verdict[about.lang == "zh"],
    )


def _date(about, part):
    """A date as a fact: where it stands."""
    clause = text.clause(about.dates[f"{part}_clause"], about.lang)
    if clause:
        note = {"en": f"stated in the document, clause {clause}", "zh": f"文件载明，{clause}"}[about.lang]
    else:
        note = {"en": "recorded with the document, not in its text", "zh": "随文件记录，不在正文中"}[about.lang]
    return Fact(text.day(about.dates[f"{part}_on"], about.lang), note, clause=clause)


def perhaps(about):
    """Unread amounts and statements of absence that may belong to a requirement; they never count.

    >>> print(fiscal.narrative.transparency.perhaps(about))
    No amount that was left unread seems to belong to what is asked.
    """
    found = [(row, each) for row in about.applicable() for each in row["perhaps"]]
    return _bullets(
        about,
        found,
        _perhaps,
        say(
            about.lang,
            en="No amount that was left unread seems to belong to what is asked.",
            zh="未能识读的数字中，没有疑似属于上述要求的。",
        ),
    )


def _perhaps(about, found):
    row, each = found
    if each.kind == "statement":
        return say(
            about.lang,
            en="{label}, perhaps: {said}",
            zh="{label}，可能相关：{said}",
            label=about.label(row),
            said=about.evidence(each),
        )
    return say(
        about.lang,
        en="{label}, perhaps: an amount near “{concept}” that was not understood, {where}.",
        zh="{label}，可能相关：“{concept}”附近一处未能识读的数字，{where}。",
        label=about.label(row),
        concept=text.small(vocabulary.label(each.concept, about.lang), about.lang),
        where=_unread(about, each),
    )


def _unread(about, each):
    clause = text.clause(each.clause, about.lang)
    place = {"en": f"clause {clause}" if clause else "in the text", "zh": clause or "正文中"}[about.lang]
    return Fact(place, {"en": f"printed {each.printed}", "zh": f"原文{each.printed}"}[about.lang])


def questions(about):
    """A model question for each gap.

    >>> print(fiscal.narrative.transparency.questions(about).items[0])
    On which day were the 2020 final accounts of Urumqi approved, and on which day were they published?
    """
    gaps = about.of("in_part", "not_in_document")
    return _bullets(
        about,
        gaps,
        _question,
        say(about.lang, en="There is no gap to ask about.", zh="没有需要询问的内容。"),
    )


def _question(about, row):
    asked = about.word(row, "question").format(place=about.place, year=about.year)
    return Prose(asked, lang=about.lang)


def inapplicable(about):
    """What was not judged, and why.

    >>> print(fiscal.narrative.transparency.inapplicable(about).items[-1])
    Items with nothing in them, shown as such: the document prints no zero and does not say that there is
    none of something (Operating Rules No. 143).
    """
    return _bullets(
        about,
        about.of("not_applicable"),
        _inapplicable,
        say(about.lang, en="All that is asked applies to this document.", zh="全部要求均适用于本文件。"),
    )


def _inapplicable(about, row):
    reasons = {
        "not_yet": (
            f"asked from the accounts of {row['applies_from']} on",
            f"自{row['applies_from']}年决算起要求",
        ),
        "replaced": (
            f"this instrument is judged up to the accounts of {row['applies_until']}, a later one after that",
            f"按此依据判断至{row['applies_until']}年决算，其后依据新规定",
        ),
        "level": ("not asked of this level of government", "不对本级政府提出此项要求"),
        "nothing_empty": (
            "the document prints no zero and does not say that there is none of something",
            "文件未列零值，也未说明某项没有",
        ),
    }
    return say(
        about.lang,
        en="{label}: {reason} ({cited}).",
        zh="{label}：{reason}（{cited}）。",
        label=about.label(row),
        reason=reasons[row["reason"]][about.lang == "zh"],
        cited=about.cited(row),
    )


def table(about):
    """Every finding: what is asked, by whom, what the document has of it and where, and what is not there.

    >>> print(*fiscal.narrative.transparency.table(about).rows[0], sep=" | ")
    Dates of approval and publication | Budget Law, article 14 | ◐ in part | clause I | the date of publication
    """
    header = {
        "en": ["Asked", "By", "In this document", "Where", "Not there"],
        "zh": ["要求", "依据", "本文件", "位置", "所缺内容"],
    }[about.lang]
    rows = [
        [
            about.label(row),
            about.cited(row),
            f"{SYMBOLS[row['outcome']]} {labels.word('outcome', row['outcome'], about.lang)}",
            about.where(row) if row["evidence"] else "",
            about.missing(row) if row["outcome"] == "in_part" else "",
        ]
        for row in about.applicable()
    ]
    caption = {"en": f"Findings: {about.place}, {about.year}", "zh": f"逐项结果：{about.place}{about.year}年"}
    return Table(caption[about.lang], header, rows, short=[2])


def __dir__():
    return list(__all__)
