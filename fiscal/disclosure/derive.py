"""Figures that a document does not print but that follow from what it prints; their status is *derived*."""

from fiscal.disclosure.phrases import concept
from fiscal.figures import amounts

TYPES = {"general", "special"}


def derived(rows, mentions, children):
    """Rows for what follows: the types of new bonds where all bonds are new, and rebates as what is left.

    ``rows`` are (row, mention) of the figures read. A derived row is one too, with a formula.
    """
    by_mention = {id(mention): row for row, mention in rows}
    return [*_all_new(mentions, children, by_mention), *_rebates(mentions, children, by_mention)]


def _all_new(mentions, children, by_mention):
    """Bonds issued by type, where new bonds are as many as bonds issued: the types of new bonds."""
    for issued in mentions:
        known = issued.known
        if issued.reason or set(known) != {"subject"} or known["subject"] != "bonds":
            continue
        parts = children.get(id(issued), ())
        typed = [part for part in parts if set(part.facets) - {"subject"} == {"type"} and not part.reason]
        new = next(
            (by_mention[id(part)] for part in parts if part.facets.get("kind") == "new" and id(part) in by_mention),
            None,
        )
        if new is None or new["concept"] != "debt.bonds.new" or {part.facets["type"] for part in typed} != TYPES:
            continue
        if issued.token.text != new["disclosed"] or issued.token.unit != new["disclosed_unit"]:
            continue
        for part in typed:
            name = f"debt.bonds.new.{part.facets['type']}"
            formula = f"{part.token.text}{part.token.unit} − debt.bonds.refinancing − debt.bonds.swap"
            yield _row(new, name, part, formula), part


def _rebates(mentions, children, by_mention):
    """税收返还和转移支付 with both kinds of transfer payments but without rebates: what is left are rebates."""
    for total in mentions:
        row = by_mention.get(id(total))
        if row is None or total.facets.get("part") != "total" or not row["concept"].endswith(".general_public"):
            continue
        parts = {part.facets.get("part"): part for part in children.get(id(total), ()) if id(part) in by_mention}
        if set(parts) - {"shared"} != TYPES:
            continue
        values = [by_mention[id(parts[each])]["value"] for each in ("general", "special")]
        left = row["value"] - sum(values)
        if left <= 0:
            continue
        formula = " − ".join([row["concept"], *(concept(parts[each].known) for each in ("general", "special"))])
        yield _row(row, f"{row['concept']}.returning", None, formula) | {"value": left}, total


def _row(like, name, part, formula):
    """A derived row in the circumstances of a stated one, at the place of ``part`` if it is printed."""
    row = like | {"concept": name, "status": "derived", "formula": formula}
    row["figure_id"] = like["figure_id"].replace(like["concept"], name, 1)
    if part is None:
        return row | {"disclosed": "", "disclosed_unit": "", "span_start": None, "span_end": None}
    start, end = part.line.span(part.token.start, part.token.end)
    printed = {"disclosed": part.token.text, "disclosed_unit": part.token.unit, "span_start": start, "span_end": end}
    return row | printed | {"value": amounts.exact(part.token.text, part.token.unit), "clause": part.clause}
