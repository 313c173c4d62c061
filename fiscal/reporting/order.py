"""What goes to where a report is made, and what comes back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What a report is made of: the notebook, its parameters, every file it may read; what its page says of it."""

    name: str  # below the output folder, without ending
    notebook: bytes
    per: str  # what the notebook is per
    given: dict
    parameters: dict  # all that it runs with, given or its own
    files: dict[str, bytes]  # by place in the folder that the notebook runs in
    lang: str
    about: dict  # notebook, title, place and year, for the page
    others: tuple[tuple[str, str], ...]  # the same report in other languages: language, address
    beside: tuple[str, ...]  # what to make beside its page, by ending: pdf, xlsx
    around: tuple[tuple[str, str], ...]  # the pages before and after it: title, address
    made_of: dict  # hashes of all that it depends on, for its page and to be compared where it is made
    kernel: str  # warm or plain
    seconds: float | None
    memory: int | None  # bytes


@dataclass(frozen=True)
class Failure:
    """Why a report was not finished: the number of the cell that stopped (from 1, in the template's order; 0 if none
    did), the message, and its kind, by which failures are counted."""

    cell: int
    message: str
    cause: str

    @property
    def said(self):
        """What records and machines are told of it."""
        return {"cell": self.cell, "message": self.message}


@dataclass(frozen=True)
class Result:
    """A report's files by ending, what the index says of it, and why it was not finished, if it was not."""

    name: str
    files: dict[str, bytes]
    about: dict
    failure: Failure | None
