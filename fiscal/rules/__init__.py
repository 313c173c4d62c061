"""The performance rules of a policy, executable and cited: a frame and a policy in, the same kind of frame out.

A policy is what ``load_policy`` gives, or its id. These names stand in the examples of all functions here:

>>> import fiscal
>>> policy = fiscal.rules.load_policy("urumqi-2020")
>>> projects = fiscal.datasets.projects(200)
>>> tables = fiscal.rules.spot_checked(fiscal.datasets.synthetic(200), policy)
>>> result = fiscal.rules.outcomes(tables, policy)
>>> fiscal.rules.monitor(projects, policy)["action"].value_counts().to_dict()
{'none': 240, 'watch': 102, 'withdraw_half': 40, 'withdraw_all': 9}
"""

from fiscal.rules.checks import checks
from fiscal.rules.cliffs import cliffs, smallest_changes
from fiscal.rules.departments import cut, rate
from fiscal.rules.dmn import to_dmn
from fiscal.rules.evaluation import consequences, inflation, spot_check, spot_checked
from fiscal.rules.explain import explain
from fiscal.rules.monitoring import monitor
from fiscal.rules.objectives import ex_ante, review
from fiscal.rules.outcomes import actions, outcomes, review_effect, summary
from fiscal.rules.parquet import run_policy
from fiscal.rules.policy import Policy, load_policy
from fiscal.rules.replay import Replay
from fiscal.rules.sensitivity import sensitivity, uncertainty
from fiscal.rules.sweep import Comparison, compare, sweep

__all__ = [
    "Comparison",
    "Policy",
    "Replay",
    "actions",
    "checks",
    "cliffs",
    "compare",
    "consequences",
    "cut",
    "ex_ante",
    "explain",
    "inflation",
    "load_policy",
    "monitor",
    "outcomes",
    "rate",
    "review",
    "review_effect",
    "run_policy",
    "sensitivity",
    "smallest_changes",
    "spot_check",
    "spot_checked",
    "summary",
    "sweep",
    "to_dmn",
    "uncertainty",
]


def __dir__():
    return list(__all__)
