"""What is said to a user whose input is wrong: one sentence, no traceback."""

LONGEST = 2_000  # characters of such a sentence: it may quote what it found


class InputError(ValueError):
    """Something in a file or figure is wrong; the message names the place and what was expected.

    It is one line: what has no shape, such as a line end or a mark that turns the direction of text, is written out.
    ``said`` says it by language, as who reads a page needs it; what is not said there is said as in the message.
    """

    def __init__(self, message, said=None):
        super().__init__(message)
        self.said = {"en": message, "zh": message} | (said or {})

    def __str__(self):
        said = super().__str__()
        said = said if len(said) < LONGEST else said[: LONGEST - 2] + " …"
        return said if said.isprintable() else "".join(map(_visible, said))[:LONGEST]


def _visible(character):
    return character if character.isprintable() else ascii(character)[1:-1]


class UnknownName(InputError):
    """A name that does not exist here; the message lists those that do."""

    def __init__(self, what, name, known):
        self._asked = what, name, sorted(known)
        listed = ", ".join(sorted(known)) or "none yet"
        said = {"zh": f"没有“{name}”，可用的有：{listed.replace(', ', '、')}"}
        super().__init__(f"unknown {what} {name!r}; there is: {listed}", said)

    def __reduce__(self):
        """As it was made: a worker of another process may raise it."""
        return UnknownName, self._asked
