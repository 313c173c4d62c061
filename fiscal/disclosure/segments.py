"""A sentence as its segments between commas, and names that stand side by side in one of them."""

from itertools import pairwise

CONNECTING = {"和", "及", "与", "以及", "、", "并", "或"}


def segments(tokens):
    """Tokens split at commas, semicolons and colons, each part with the mark that ends it; brackets stay whole."""
    found, depth = [], 0
    part = []
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "separator" and token.text in ",;:" and depth <= 0:
            found.append((part, token.text))
            part = []
        else:
            part.append(token)
    return [*found, (part, "")]


def joined(tokens):
    """Whether a core begins with 、 or 和: it goes on with the list that the amount before it stands in."""
    return bool(tokens) and tokens[0].text in CONNECTING


def trimmed(tokens):
    """Without the connecting words in front."""
    start = 0
    while start < len(tokens) and tokens[start].text in CONNECTING:
        start += 1
    return tokens[start:]


def names(tokens):
    """一般债务、专项债务余额 as two names."""
    found = [[]]
    for token in tokens:
        if token.text in CONNECTING:
            found.append([])
        else:
            found[-1].append(token)
    return [name for name in found if name]


def shared(cores):
    """The facets of coordinated names, each completed with what the others say once for all."""
    items = [dict(core.facets) for core in cores]
    for key in ("subject", "topic", "direction", "fund", "flow", "scope", "interpreted", "year", "point", "basis"):
        said = [item[key] for item in items if key in item]
        if len(set(said)) == 1:
            for item in items:
                item.setdefault(key, said[0])
    for earlier, later in pairwise(items):
        for key in ("kind", "liability", "subject", "topic"):
            if key in earlier and (key != "kind" or earlier.get("topic") == later.get("topic")):
                later.setdefault(key, earlier[key])
    return items


def run_of_amounts(tokens, position):
    """How many amounts follow one another with nothing but connecting words between them."""
    count = 0
    for token in tokens[position:]:
        if token.kind == "amount" or (token.kind == "number" and token.unit) or token.kind == "number":
            count += 1
        elif not (token.text in CONNECTING or token.text == ","):
            break
    return count
