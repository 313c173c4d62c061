"""A quiz without a script: what is said to a choice shows when its radio button is checked."""

from fiscal.teaching.show import Shown, marked, sentences

# Marked by a sign and a word, not by colour alone.
STYLE = """<style>
.fiscal-quiz { border: 1px solid #bbb; border-radius: 4px; margin: .9rem 0; padding: .4rem 1rem .7rem; min-width: 0; }
.fiscal-quiz legend { font-weight: 600; padding: 0 .3rem; }
.fiscal-quiz .choice { margin: .35rem 0; }
.fiscal-quiz .choice input { margin: 0 .5rem 0 0; accent-color: #0a5f96; }
.fiscal-quiz .choice input:focus-visible { outline: 2px solid #0a5f96; outline-offset: 2px; }
.fiscal-quiz .says { display: none; margin: .3rem 0 .3rem 1.6rem; padding: .3rem .8rem; border-left: 4px solid #9a5b00;
  background: #fdf6ea; color: #222; }
.fiscal-quiz .says.right { border-color: #1b6e3c; background: #eef7f1; }
.fiscal-quiz input:checked ~ div > .says { display: block; }
</style>"""
SAID = {True: {"en": "✓ Right.", "zh": "✓ 正确。"}, False: {"en": "✗ Not quite.", "zh": "✗ 不对。"}}


def shown(lesson):
    """The quiz of a lesson. Its names are its own, so that several may stand on one page."""
    said, lang = lesson.case.said, lesson.lang
    fields, lines = [], []
    for number, question in enumerate(lesson.module.QUIZ, start=1):
        name = f"fiscal-quiz-{lesson.number}-{number}-{lang}"
        asked = f"{number}. {said(question.text, lang)}"
        choices = []
        for position, choice in enumerate(question.choices):
            id = f"{name}-{position}"
            kind = "says right" if choice.right else "says"
            says = sentences([SAID[choice.right][lang], said(choice.says, lang)], lang)
            choices.append(
                f'<div class="choice"><input type="radio" name="{name}" id="{id}"><label for="{id}">'
                f"{marked(said(choice.text, lang))}</label>"
                f'<div aria-live="polite"><p class="{kind}">{marked(says)}</p></div></div>'
            )
            lines.append(f"   ○ {said(choice.text, lang)}")
        fields.append(f'<fieldset class="fiscal-quiz"><legend>{marked(asked)}</legend>{"".join(choices)}</fieldset>')
        lines.insert(len(lines) - len(question.choices), asked)
    return Shown(STYLE + "".join(fields), "\n".join(lines), lang)
