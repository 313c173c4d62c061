"""What is said to an answer."""

from dataclasses import dataclass

from fiscal.teaching.show import LOCALES, marked, sentences

LOOK = {
    True: ("#1b6e3c", "#eef7f1", "✓", {"en": "Right.", "zh": "正确。"}),
    False: ("#9a5b00", "#fdf6ea", "✗", {"en": "Not yet.", "zh": "还不对。"}),
    None: ("#595959", "#f5f7f9", "…", {"en": "", "zh": ""}),
}


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right (None: there is none yet) and what is said to it; shows itself.

    >>> lesson = fiscal.teaching.lesson(3)
    >>> bool(fiscal.teaching.check("3.1", 118_894_000_000)), bool(fiscal.teaching.check("3.1", 5))
    (True, False)
    """

    number: str
    right: bool | None
    says: str
    lang: str

    def __bool__(self):
        return self.right is True

    def __str__(self):
        return sentences([self._head(), self.says], self.lang)

    def _repr_mimebundle_(self, include=None, exclude=None):
        colour, paper, _, _ = LOOK[self.right]
        style = (
            f"border-left: 4px solid {colour}; background: {paper}; color: #222; padding: .5rem 1rem; margin: .4rem 0"
        )
        head = f'<strong style="color: {colour}">{self._head()}</strong>'
        said = sentences([head, marked(self.says)], self.lang)
        body = f'<div role="status" lang="{LOCALES[self.lang]}" style="{style}">{said}</div>'
        return {"text/html": body, "text/plain": str(self)}

    def _head(self):
        _, _, mark, word = LOOK[self.right]
        return f"{mark} {self.number}" + {"en": f" {word['en']}".rstrip(), "zh": f"：{word['zh']}"}[self.lang]
