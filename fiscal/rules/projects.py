"""Projects at the nodes of a year: what a row of them has to hold, and why it may not be decided."""

import narwhals as nw

from fiscal.rules.decide import number_problem
from fiscal.rules.rates import MOST_BP, MOST_YUAN

COLUMNS = ("node", "budget_yuan", "executed_yuan", "completion_bp")
NOTHING_LEFT = "nothing is left of the budget after what was recovered"


def problems(policy, identified):
    """(condition, message) pairs: why a row can't be decided; ``identified`` if projects have ids."""
    node = nw.col("node")
    # Found when the node before has been decided; see _lowered.
    yield nw.lit(False), NOTHING_LEFT
    yield node.is_null(), "node is missing"
    yield ~node.is_in(list(policy.nodes)), f"node is none of {', '.join(policy.nodes)}"
    yield from number_problem("budget_yuan", 1, MOST_YUAN)
    yield from number_problem("executed_yuan", 0, MOST_YUAN)
    yield from number_problem("completion_bp", 0, MOST_BP)
    yield nw.col("executed_yuan") // 10 > nw.col("budget_yuan"), "executed is more than ten times the budget"
    if identified:
        yield nw.col("project_id").is_null(), "project_id is missing"
        yield nw.len().over("project_id", "node") > 1, "project_id is there twice at this node"


def within_unspent(rows, amounts):
    """The rows with amounts (name to expression), of which none takes more than what is left unspent."""
    rows = rows.with_columns(**amounts, _unspent=nw.col("_left") - nw.col("executed_yuan"))
    unspent = nw.col("_unspent")
    rows = rows.with_columns(_unspent=nw.when(unspent > 0).then(unspent).otherwise(nw.lit(0)))
    least = {name: nw.when(nw.col(name) > unspent).then(unspent).otherwise(nw.col(name)) for name in amounts}
    return rows.with_columns(**least).drop("_unspent")
