"""Both languages are whole: no string of one stands on a page of the other, and each is written as its readers write.

What is looked at is all that a reader meets: text, notes, alternative texts, words drawn in pictures, and what the
command line prints and exports. Code is left out: its language is Python, and that of a rule's cell is S-FEEL.
"""

import os
import re
from functools import cache

import matplotlib as mpl
import openpyxl
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from filelock import FileLock

from fiscal import audit, datasets, measures, plots, reporting, rules
from fiscal.cli import main

HAN = r"\u4e00-\u9fff"
# What stays what it is: ids of disclosures, policies, synthetic projects and departments.
NAMES = re.compile(r"(?<![A-Za-z0-9])(?:[a-z]+(?:-[a-z0-9]+)*-[0-9]{4}(?:-[0-9]{2})?|[DPE][0-9]{2,})(?![A-Za-z0-9])")
LATIN = {
    "English": "the link to the other language",
    "Tab": "a key",
    "SHA": "SHA-256, a kind of hash",
}
CHINESE = {
    "a word that is not Chinese": r"[A-Za-z]{2,}",
    "half-width punctuation": rf"[{HAN}）”》] ?[,;:()!?.]|[,;:()!?] ?[{HAN}（“《]|[0-9%], |[0-9%]; |[0-9%]: |\)$",
    "a space that does not belong": rf"[{HAN}] +[0-9{HAN}]|[0-9%] +[{HAN}]| [，。：；（）、“”]|[，。：；（）、“”] +\S",
    "a comma within a number": r"[0-9],[0-9]{3}",
    "a percent sign that is wide or stands apart": r"％|[0-9] %",
    "a range without 至": r"[0-9]%? ?[-–~～] ?[0-9]",
    "money that is not in 亿元, nor in 万元 as one project's": r"[1-9][0-9.]* ?元|[0-9] [亿万]元|yuan",
    "quotation marks of another language": r"[\"'‘’「」]",
    "wide digits or letters": r"[０-９Ａ-Ｚａ-ｚ]",
}
ENGLISH = {
    "Chinese": rf"[{HAN}，。：；（）、《》]+",
    "a double space": r"\S  +\S",
    "another unit": r"\bRMB\b|\bbillion\b|\bCNY\b|¥",
    "a percent sign that stands apart": r"[0-9] %",
    "a space before punctuation": r"\w [,;:.?!](?:\s|$)",
    "a full stop twice": r"\.\.(?!\.)",
}
# What stands for a language in English text: its own name, the unit, amounts as they are printed, a text's own scopes.
PRINTED = re.compile(r"(?<=printed )-?[0-9.,]+(?:亿元|万元|元|%)|(?<=yi \()亿元(?=[,)])")
SENTENCE_END = {"en": (".", "?", ":", ")"), "zh": ("。", "？", "：", "）")}


@cache
def own_scopes():
    """Third scopes, which are called what a text calls them: 大本级."""
    return tuple(filter(None, datasets.figures()["scope_label"].unique()))


def faults(words, lang):
    """What is wrong with some words in a language: (rule, what was found, where)."""
    words = NAMES.sub("", words) if lang == "zh" else PRINTED.sub("1", words)
    for scope in own_scopes() if lang == "en" else ():
        words = words.replace(scope, "")
    for rule, pattern in (CHINESE if lang == "zh" else ENGLISH).items():
        for match in re.finditer(pattern, words):
            if match[0] not in LATIN:
                yield rule, match[0], words[max(0, match.start() - 20) : match.end() + 20]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "债务余额 of 2020年"),
        ("zh", "债务余额, 一般债务"),
        ("zh", "债务(一般)"),
        ("zh", "一般债务 34.11%"),
        ("zh", "余额1,188.94亿元"),
        ("zh", "占34.11 %"),
        ("zh", "25%–75%"),
        ("zh", "收回2550000元"),
        ("zh", '文件称"其他"'),
        ("zh", "２０２０年"),
        ("zh", "多个地区2017–2025年"),
        ("zh", "乌鲁木齐市 2020: 政府债务"),
        ("en", "an amount in 亿元"),
        ("en", "two  spaces"),
        ("en", "3 billion"),
        ("en", "20 % of it"),
        ("en", "a space ."),
        ("en", "Twice.."),
    ],
)
def test_what_is_wrong_is_found(lang, words):
    assert list(faults(words, lang))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "2020年末，债务余额1188.94亿元（第二部分），占限额的86.12%。"),
        ("zh", "（一般债务+专项债务）÷债务限额"),
        ("en", "printed 1188.94亿元, clause II"),
        ("en", "Amounts are in yi (亿元): 1,188.94 yi, 86.12%."),
    ],
)
def test_what_is_right_is_left_alone(lang, words):
    assert list(faults(words, lang)) == []


def read(path):
    """(kind, words) of all that a page says: its title, the lines of notes, alternative texts, blocks of text."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    lang = soup.html["lang"]
    yield "title", soup.title.get_text()
    # Code, and words that are marked as another language's, are left out.
    for each in soup.select("head, script, style, .code, pre, .anchor-link"):
        each.decompose()
    for each in [*soup.select("code"), *soup.select("[lang]")]:
        if each.name == "code" or not each["lang"].startswith(lang):
            each.replace_with("")
    for each in soup.find_all(True):
        for attribute in ("alt", "aria-label", "placeholder"):
            if each.get(attribute):
                yield attribute, each[attribute]
    if lang == "en":
        yield from (("unmarked", "".join(re.findall(f"[{HAN}]", each))) for each in soup.find_all(string=True))
    for note in soup.select(".note"):
        yield from (("note", line) for line in note.get_text().split("\n"))
        note.decompose()
    for each in soup.find_all(["h1", "h2", "h3", "h4", "p", "li", "caption", "td", "th", "a", "button"]):
        if not each.find(["p", "li", "td"]):
            yield each.name, re.sub(r" *\n *", " ", each.get_text()).strip()


@pytest.fixture(scope="session")
def others(tmp_path_factory):
    """Reports of other documents: less final, of another level, side by side. Made once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    rows = [
        (notebook, {"notebook": notebook, "disclosure": disclosure})
        for notebook, disclosure in (
            ("transfers", "gaochang-2025"),
            ("debt", "ezhou-2017"),
            ("transparency", "national-2022-06"),
            ("compare", "ezhou-2017 jiaxing-2017 national-2022-06 fengxin-2023 urumqi-2020"),
        )
    ]
    with FileLock(shared / "others.lock"):
        made = reporting.make(list(reporting.plan_rows(rows)), shared / "others")
    assert [report.failure for report in made] == [None] * len(made)
    return shared / "others"


@pytest.fixture(params=["reports", "others"])
def pages(request):
    """Every page of a build, but for the index, which is in both languages."""
    return lambda lang: sorted(request.getfixturevalue(request.param).rglob(f"*.{lang}.html"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_is_in_one_language_and_written_as_its_readers_write(pages, lang):
    found = [
        (path.name, kind, *fault) for path in pages(lang) for kind, words in read(path) for fault in faults(words, lang)
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sentences_end(pages, lang):
    for path in pages(lang):
        main = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").main
        for each in main.select(".note, .code"):
            each.decompose()
        for each in main.find_all(["p", "li"]):
            words = each.get_text().strip()
            # Place and year of a page, and the titles of tables in the rule book, are no sentences.
            if len(words) > 1 and " · " not in words and not each.find("strong"):
                assert words.endswith(SENTENCE_END[lang]), (path.name, words)


def test_a_yi_is_explained_once_where_there_is_money(pages):
    for path in pages("en"):
        said = "".join(words for kind, words in read(path) if kind not in ("alt", "note"))
        assert said.count("million") == said.count("one yi is") <= 1, path.name
        assert "million" in said or not re.search(r"[0-9] yi\b", said), path.name


@cache
def drawn():
    """A function that draws each picture in a language."""
    figures = datasets.figures("urumqi-2020")
    debt, transfers = measures.debt(figures), measures.transfers(figures)
    policy = rules.load_policy("urumqi-2020")
    tables = rules.spot_checked(datasets.synthetic(300), policy)
    result = rules.outcomes(tables, policy)
    compared = measures.compare(datasets.figures())
    return {
        "debt.limits": lambda lang: plots.debt.limits(datasets.debt("urumqi-2020"), lang=lang),
        "debt.composition": lambda lang: plots.debt.composition(debt, lang=lang),
        "debt.break_even": lambda lang: plots.debt.break_even(debt, lang=lang),
        "transfers.flows": lambda lang: plots.transfers.flows(datasets.transfers("urumqi-2020"), lang=lang),
        "transfers.ratios": lambda lang: plots.transfers.ratios(transfers, lang=lang),
        "transfers.composition": lambda lang: plots.transfers.composition(transfers, lang=lang),
        "evaluation.plane": lambda lang: plots.evaluation.plane(result["monitoring"], policy, "may", lang=lang),
        "evaluation.recovered": lambda lang: plots.evaluation.recovered(result["monitoring"], policy, lang=lang),
        "evaluation.scores": lambda lang: plots.evaluation.scores(result["evaluations"], policy, lang=lang),
        "evaluation.grades": lambda lang: plots.evaluation.grades(result["departments"], policy, lang=lang),
        "evaluation.tornado": lambda lang: plots.evaluation.tornado(
            rules.sensitivity(tables, policy), policy, lang=lang
        ),
        "evaluation.intervals": lambda lang: plots.evaluation.intervals(
            rules.uncertainty(tables, policy, draws=5), policy, lang=lang
        ),
        "transparency.asked": lambda lang: plots.transparency.asked(audit.findings("urumqi-2020"), lang=lang),
        "transparency.matrix": lambda lang: plots.transparency.matrix(
            audit.findings(["urumqi-2020", "national-2022-06"]), lang=lang
        ),
        "compare.ranked": lambda lang: plots.compare.ranked(compared, "limit_use", lang=lang),
        "compare.coverage": lambda lang: plots.compare.coverage(compared, lang=lang),
        "nothing": lambda lang: plots.compare.coverage(compared.iloc[:0], lang=lang),
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_in_pictures_are_in_one_language(lang):
    plots.theme(lang)
    for name, draw in drawn().items():
        figure = draw(lang).figure
        for each in figure.findobj(mpl.text.Text):
            found = list(faults(each.get_text().replace("\n", "" if lang == "zh" else " "), lang))
            assert found == [], name
        mpl.pyplot.close(figure)


def printed(*arguments):
    run = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return run.output


def test_the_audit_in_the_terminal_is_chinese():
    lines = printed("audit", "urumqi-2020", "fengxin-2023", "--lang", "zh").splitlines()
    cells = [re.sub(r"-{3,}", "", cell).strip() for line in lines for cell in re.split(r"  +", line)]
    assert [fault for cell in cells for fault in faults(cell, "zh")] == []


@pytest.mark.parametrize("policy", ["urumqi-2020", "lakeside-2020"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_rule_book_is_in_one_language_but_for_its_code(policy, lang):
    book = re.sub(r"`[^`]*`", "", printed("export-policy", policy, "--format", "markdown", "--lang", lang))
    cells = [re.sub(r"[*>#|-]{2,}|^[>#-] ", "", cell).strip() for line in book.splitlines() for cell in line.split("|")]
    assert [fault for cell in cells for fault in faults(cell, lang)] == []


def test_a_workbook_is_chinese(tmp_path):
    printed("export", "urumqi-2020", "--format", "xlsx", "--lang", "zh", "--out", str(tmp_path))
    (path,) = tmp_path.rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    found = []
    for sheet in book:
        found += list(faults(sheet.title, "zh"))
        header = next(sheet.iter_rows(values_only=True))
        found += [fault for name in header for fault in faults(str(name or ""), "zh")]
    assert found == []
