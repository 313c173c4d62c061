"""Look quantities up in the figures of a document (and a context file), by concept."""

from fractions import Fraction

from fiscal.figures import amounts, vocabulary
from fiscal.measures.quantity import Evidence, Missing, Quantity, total

# Of one figure on several bases the firmest counts; a budget is a plan and never stands in for a result.
BASES = ["final", "execution", "expected"]


def scopes_of(concept):
    """The scopes in which a concept is looked for, first to last: a government pays transfers at its own level."""
    return ("own", "whole") if concept.startswith("transfers.paid.") else ("whole", "own")


class Printed:
    """The figures of one document in one year: ``printed("debt.balance", "whole")`` is a Quantity or Missing.

    Without ``as_of`` they are those of the year or of its end, with it those of that date; ``scope_label`` says
    which of the scopes that a text defines itself *other* is.
    """

    def __init__(self, figures, year, context=None, as_of="", scope_label=""):
        actual = figures.assign(quantum=amounts.quanta(figures))
        actual = actual[(actual["fiscal_year"] == year) & (actual["counterparty"] == "") & (actual["project"] == "")]
        actual = actual[(actual["as_of"] == as_of) & actual["basis"].isin(BASES)]
        actual = actual[(actual["scope"] != "other") | (actual["scope_label"] == scope_label)]
        self.rows = {}
        for row in sorted(actual.to_dict("records"), key=lambda row: BASES.index(row["basis"])):
            self.rows.setdefault((row["concept"], row["scope"]), row | {"source": ""})
        for row in [] if context is None else context[context["fiscal_year"] == year].to_dict("records"):
            # The document goes first: a context file only fills what it leaves out.
            step = amounts.quantum(row["disclosed"], row["disclosed_unit"])
            self.rows.setdefault((row["concept"], row["scope"]), row | {"clause": "", "quantum": step, "remark": ""})

    def __call__(self, concept, *scopes):
        """The quantity in the first of the scopes that has it; a total that is not printed is added up."""
        for scope in scopes:
            if row := self.rows.get((concept, scope)):
                names = ("figure_id", "concept", "disclosed", "disclosed_unit", "clause", "source")
                return Quantity(
                    value=Fraction(row["value"]),
                    half=Fraction(row["quantum"], 2),
                    quantum=max(row["quantum"], 1),
                    formula=concept,
                    evidence=(Evidence(*(row[name] for name in names)),),
                )
        parts = [self(addend, *scopes) for addend in vocabulary.addends(concept)]
        if parts and not any(isinstance(part, Missing) for part in parts):
            return total(*parts)
        return Missing((concept,))

    def remarks(self, concept, scope):
        """The remark ids of a printed figure."""
        return vocabulary.split(self.rows.get((concept, scope), {}).get("remark", ""))


def documents(figures, prefix):
    """Yield (disclosure, year, figures of it) for the years in which a document prints results under a prefix.

    A document that prints none is there too, with the year that most of its figures are about: what is
    missing has to be said.
    """
    for disclosure, document in figures.groupby("disclosure", sort=False, observed=True):
        actual = document[document["basis"].isin(BASES) & (document["as_of"] == "")]
        years = actual.loc[actual["concept"].str.startswith(prefix), "fiscal_year"]
        for year in sorted(set(years) or {int(document["fiscal_year"].mode().iloc[0])}):
            yield disclosure, year, document
