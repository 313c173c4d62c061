"""What is said to a user whose input is wrong: one sentence, no traceback."""


class InputError(ValueError):
    """Something in a file or figure is wrong; the message names the place and what was expected."""


class UnknownName(InputError):
    """A name that does not exist here; the message lists those that do."""

    def __init__(self, what, name, known):
        listed = ", ".join(sorted(known)) or "none yet"
        super().__init__(f"unknown {what} {name!r}; there is: {listed}")
