"""The vocabulary: concepts, units and remarks, read once from ``data/*.csv``."""

from functools import cache

from fiscal import resources
from fiscal.errors import UnknownName
from fiscal.figures import tables


@cache
def table(name):
    """One of the bundled vocabulary tables, indexed by its key. Not to be changed in place: it is shared."""
    frame = tables.read(resources.data() / f"{name}.csv", name)
    return frame.set_index(tables.schema(name)["primaryKey"], drop=False)


def concepts():
    """What a figure can be a figure of: parent, unit, kind, label and definition, in both languages.

    >>> fiscal.figures.concepts().loc["debt.balance.special", ["label_en", "label_zh", "parent", "kind"]]
    label_en    Special debt balance
    label_zh                  专项债务余额
    parent              debt.balance
    kind                       stock
    Name: debt.balance.special, dtype: str
    """
    return table("concepts")


@cache
def addends(concept):
    """The concepts whose sum is ``concept``."""
    frame = concepts()
    return tuple(frame.index[frame["parent"] == concept])


def label(concept, lang) -> str:
    """The term for a concept: ``label("debt.balance", "zh")`` is 政府债务余额.

    Raises UnknownName for a concept that is not there.

    >>> fiscal.figures.label("debt.balance", "zh")
    '政府债务余额'
    """
    try:
        return concepts().at[concept, f"label_{lang}"]
    except KeyError:
        raise UnknownName("concept", concept, concepts().index) from None


def remark(each, lang):
    """What a remark says: the label of one id of ``remarks.csv``."""
    return table("remarks").at[each, f"label_{lang}"]


def split(remark):
    """The ids in a remark cell."""
    return [each.strip() for each in remark.split(";") if each.strip()]
