"""The parts of a lesson as they show: aims, exercises, the page with errors, quiz, glossary."""

from html import escape

from fiscal import text
from fiscal.figures import labels, vocabulary
from fiscal.narrative import Table
from fiscal.teaching import show
from fiscal.teaching.case import NotStated
from fiscal.teaching.show import LOCALES, Shown, marked

WORDS = {
    "en": {
        "aims": "After this lesson you can",
        "minutes": "About {} minutes.",
        "notes": "For whoever teaches",
        "exercise": "Exercise {}",
        "hint": "Hint {}",
        "answer": "Answer",
        "mistakes": "What students answer, and what they are told",
        "solution": "How to compute it",
        "altered": "Altered for teaching: some numbers on this page are wrong on purpose. This is not the document.",
        "reconcile": "Reconcile it",
        "line": "Line",
        "figure": "Figure",
        "printed": "Printed",
    },
    "zh": {
        "aims": "学完本课，你能够",
        "minutes": "约需{}分钟。",
        "notes": "教师提示",
        "exercise": "练习{}",
        "hint": "提示{}",
        "answer": "答案",
        "mistakes": "常见错误及反馈",
        "solution": "计算方法",
        "altered": "教学用改动页：本页有些数字是故意改错的，不是原文件。",
        "reconcile": "核对勾稽关系",
        "line": "行",
        "figure": "指标",
        "printed": "数额",
    },
}
BOX = (
    "border: 1px solid #bbb; border-left: 4px solid #0a5f96; border-radius: 4px; padding: .6rem 1rem; margin: .8rem 0;"
    " overflow-wrap: anywhere"
)


def gap(error):
    """What is said where the document does not print what an exercise asks for: that too is a finding."""
    if not error.concepts:
        return (
            "This document prints too little here for sums to find an error, so the exercise has no answer."
            " That is a finding too: write it down and go on.",
            "本文件在此列出的数字太少，无法靠加总核对找错，因此本题没有答案。这本身就是一项发现：记下来，继续往下做。",
        )
    names = [[text.small(vocabulary.label(each, lang), lang) for each in error.concepts] for lang in text.LANGUAGES]
    return (
        f"This document does not state {text.listed(names[0], 'en')}, so the exercise has no answer here."
        " That is a finding too: write it down and go on.",
        f"本文件未公布{text.listed(names[1], 'zh')}，因此本题在此没有答案。这本身就是一项发现：记下来，继续往下做。",
    )


def aims(lesson):
    """What a student can do afterwards, and how long it takes; for whoever teaches also the notes of the lesson."""
    words, said = WORDS[lesson.lang], lesson.case.said
    items = [said(aim, lesson.lang) for aim in lesson.module.AIMS]
    minutes = words["minutes"].format(lesson.module.MINUTES)
    head = text.named(words["aims"], "", lesson.lang).rstrip()
    rows = "".join(f"<li>{marked(item)}</li>" for item in items)
    plain = "\n".join([head, *(f"- {item}" for item in items), minutes])
    html = f"<p>{head}</p><ul>{rows}</ul><p>{minutes}</p>"
    if lesson.edition == "instructor":
        notes = "".join(f"<li>{marked(said(note, lesson.lang))}</li>" for note in lesson.module.NOTES)
        html += f'<div style="{BOX}"><p><strong>{words["notes"]}</strong></p><ul>{notes}</ul></div>'
    return Shown(html, plain, lesson.lang)


def exercise(lesson, each):
    """The question; in the edition for a page also hints and answer, in the instructor's all there is to know."""
    words, said = WORDS[lesson.lang], lesson.case.said
    head = words["exercise"].format(each.number)
    question = said(each.question, lesson.lang)
    asked = marked(question).replace("\n", "<br>")
    html = f"<p><strong>{text.named(head, '', lesson.lang)}</strong>{asked}</p>"
    if lesson.edition == "page":
        for number, hint in enumerate(each.hints, start=1):
            html += folded(words["hint"].format(number), f"<p>{marked(said(hint, lesson.lang))}</p>")
        html += folded(words["answer"], _answer(lesson, each))
    elif lesson.edition == "instructor":
        hints = [
            text.named(words["hint"].format(n), said(h, lesson.lang), lesson.lang) for n, h in enumerate(each.hints, 1)
        ]
        html += "".join(f"<p>{marked(hint)}</p>" for hint in hints)
        html += f"<p><strong>{words['answer']}</strong></p>{_answer(lesson, each)}{_mistakes(lesson, each)}"
    plain = text.named(head, question, lesson.lang)
    return Shown(f'<div style="{BOX}">{html}</div>', plain, lesson.lang)


def _answer(lesson, each):
    """The right answer, what to take from it, and the code."""
    said = lesson.case.said
    try:
        answer = each.answer(lesson.case)
        answer = said(answer, lesson.lang) if each.judge else show.value(answer, lesson.lang, each.decimals)
    except NotStated as error:
        return f"<p>{marked(said(gap(error), lesson.lang))}</p>"
    code = f'<pre style="white-space: pre-wrap"><code>{escape(each.solution.strip())}</code></pre>'
    how = folded(WORDS[lesson.lang]["solution"], code)
    lines = "".join(f"<p><code>{escape(line)}</code></p>" for line in answer.splitlines())
    return f"{lines}<p>{marked(said(each.right, lesson.lang))}</p>{how}"


def _mistakes(lesson, each):
    rows = []
    for mistake in each.mistakes:
        try:
            answer = show.value(mistake.answer(lesson.case), lesson.lang, each.decimals)
        except (NotStated, ZeroDivisionError):
            continue
        rows.append(f"<li><code>{escape(answer)}</code> {marked(lesson.case.said(mistake.says, lesson.lang))}</li>")
    return f"<p>{WORDS[lesson.lang]['mistakes']}</p><ul>{''.join(rows)}</ul>" if rows else ""


def folded(head, body):
    """What is unfolded by whoever wants to see it."""
    return f'<details style="margin: .3rem 0"><summary>{head}</summary>{body}</details>'


def spot(lesson):
    """The page with errors."""
    words, lang = WORDS[lesson.lang], lesson.lang
    page = lesson.module.PLANTED.page(lesson.case)
    rows = [
        [line, vocabulary.label(row["concept"], lang), f"{row['disclosed']}{row['disclosed_unit']}"]
        for line, row in page
    ]
    table = Table("", [words["line"], words["figure"], words["printed"]], rows, numeric=[2], short=[0])
    title = lesson.case.said(("{place}, {year}", "{place}{year}年"), lang)
    bundle = table._repr_mimebundle_()
    body = altered(lang, f"<p>{escape(title)}</p>{bundle['text/html']}")
    if lesson.edition == "page":
        body += folded(words["reconcile"], lesson.reconcile()._repr_mimebundle_()["text/html"])
    return Shown(body, f"{words['altered']}\n{bundle['text/plain']}", lang)


def altered(lang, html):
    """What has errors on purpose, in a frame that says so."""
    banner = f'<p style="color: #9a2a1f; font-weight: 600; margin: 0">{WORDS[lang]["altered"]}</p>'
    look = "border: 2px dashed #9a2a1f; padding: .8rem 1.2rem; margin: .8rem 0; background: #fffdf8; color: #222"
    return f'<div style="{look}">{banner}{html}</div>'


MARKS = {"holds": "✓", "rounding": "✓", "discrepancy": "✗", "undetermined": "?"}


def reconciled(lesson, checked):
    """The sums and ceilings that were tried, with both sides."""
    lang = lesson.lang
    header = {
        "en": ["What must hold", "Left side", "Right side", "Difference", "Outcome"],
        "zh": ["应成立的关系", "左边", "右边", "差额", "结果"],
    }[lang]
    tried = checked[~checked["kind"].isin(["span", "repeated"]) & (checked["outcome"] != "not_printed")]
    rows = [
        [
            row[f"label_{lang}"],
            *(text.money(int(row[side]), lang) for side in ("left", "right", "difference")),
            f"{MARKS[row['outcome']]} {labels.word('outcome', row['outcome'], lang)}",
        ]
        for row in tried.to_dict("records")
    ]
    return Table("", header, rows, numeric=[1, 2, 3], short=[4])


def quiz(lesson):
    """Questions with choices."""
    from fiscal.teaching import quiz as page

    return page.shown(lesson)


def glossary(lesson, concepts):
    """Terms in both languages and what they mean, in the reader's language first."""
    lang, said = lesson.lang, lesson.case.said
    other = next(each for each in text.LANGUAGES if each != lang)
    entries = [
        ([row[f"label_{lang}"], row[f"label_{other}"]], [row[f"definition_{lang}"], row[f"definition_{other}"]])
        for row in (concepts.loc[concept] for concept in lesson.module.CONCEPTS)
    ]
    entries += [
        (
            [text.capital(said(term.word, each), each) for each in (lang, other)],
            [said(term.meaning, lang), said(term.meaning, other)],
        )
        for term in lesson.module.TERMS
    ]
    rows = "".join(
        f'<dt><strong>{marked(words[0])}</strong> · <span lang="{LOCALES[other]}">{marked(words[1])}</span></dt>'
        f'<dd>{marked(meanings[0])}<br><small lang="{LOCALES[other]}">{marked(meanings[1])}</small></dd>'
        for words, meanings in entries
    )
    plain = "\n".join(f"{words[0]} ({words[1]}): {meanings[0]}" for words, meanings in entries)
    return Shown(f"<dl>{rows}</dl>", plain, lang)
