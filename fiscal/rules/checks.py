"""The duties that a policy states and that have no table: coverage, order of dates, the three links."""

import calendar
from datetime import date

import pandas as pd
from pandas.api.types import is_bool, is_number

from fiscal import files, text
from fiscal.errors import InputError
from fiscal.rules.engines import need
from fiscal.rules.objectives import CRITERIA
from fiscal.rules.policy import load_policy

DIRECT = ("allocation_reviewed_on", "unit_monitored_on", "finance_reviewed_on", "evaluation_published_on")
COLUMNS = {
    "projects": {"fund": "text", "budget_approved_on": "dates"},
    "objectives": dict.fromkeys(("set_on", "approved_on", "issued_on", "published_on"), "dates")
    | dict.fromkeys((*CRITERIA, "indicators_used"), "numbers"),
    "monitoring": {"node": "text"},
    "evaluations": {"self_score": "numbers", "accepted": "true or false", "form_published": "true or false"},
    "direct_funds": dict.fromkeys(DIRECT, "dates"),
}
KINDS = {
    "text": lambda value: isinstance(value, str),
    "dates": lambda value: isinstance(value, str) and files.is_date(value),
    "numbers": is_number,
    "true or false": is_bool,
}


def checks(tables, policy, lang="en") -> pd.DataFrame:
    """Every check of the policy on a set of tables (as ``fiscal.datasets.synthetic`` gives them).

    One row each: ``check``, ``clause``, ``status``, ``label``, ``tried`` and ``failed`` (how many), ``failing`` (the
    ids, a tuple).

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a table or column that is missing or
    of another kind. Dates are text such as 2020-01-20, or nothing.

    >>> fiscal.rules.checks(tables, policy)[["check", "clause", "tried", "failed"]].head(3)
                          check   clause  tried  failed
    0       objectives_reviewed  III.1.2    200       0
    1  objectives_before_budget  III.1.2    200       0
    2    objectives_with_budget  III.1.2    181       4
    """
    policy = load_policy(policy)
    text.language(lang)
    tables = _Tables(tables)
    rows = []
    for name, about in policy.checks.items():
        ids, good = CHECKS[name](tables, policy)
        failing = tuple(ids[~good])
        rows.append([name, about["clause"], about["status"], about["label"][lang], len(ids), len(failing), failing])
    return pd.DataFrame(rows, columns=["check", "clause", "status", "label", "tried", "failed", "failing"])


class _Tables(dict):
    """Tables by name, each looked over when a check first asks for it."""

    def __init__(self, given):
        self.given = given

    def __missing__(self, name):
        if name not in self.given:
            raise InputError(f"checks need the table {name}; there is: {', '.join(self.given)}")
        frame = self.given[name]
        need(frame, ("project_id", *COLUMNS[name]), f"checks, {name},")
        for column, kind in COLUMNS[name].items():
            values = frame[column] if kind == "true or false" else frame[column].dropna()
            if wrong := [value for value in values.unique() if not KINDS[kind](value)]:
                raise InputError(f"checks, {name}, column {column}: expected {kind}, found {wrong[0]}")
        self[name] = frame
        return frame


def _objectives(tables):
    return tables["projects"].merge(tables["objectives"], on="project_id", how="left")


def _covered(tables, policy):
    joined = _objectives(tables)
    return joined["project_id"], joined[list(CRITERIA)].notna().all(axis=1)


def _before_budget(tables, policy):
    joined = _objectives(tables)
    epidemic = joined["fund"] == "epidemic"
    in_time = joined["set_on"].notna() & (joined["set_on"] <= joined["budget_approved_on"])
    return joined["project_id"], in_time | epidemic


def _with_budget(tables, policy):
    joined = _objectives(tables)
    joined = joined[joined["fund"] != "epidemic"]
    approved = joined["approved_on"] == joined["budget_approved_on"]
    together = (joined["issued_on"] == joined["approved_on"]) & (joined["published_on"] == joined["approved_on"])
    return joined["project_id"], approved & together


def _use_library(tables, policy):
    return tables["objectives"]["project_id"], tables["objectives"]["indicators_used"] > 0


def _epidemic_monitored(tables, policy):
    ids, monitored = _execution_monitoring(tables, policy)
    epidemic = (tables["projects"]["fund"] == "epidemic").to_numpy()
    return ids[epidemic], monitored[epidemic]


def _epidemic(tables, policy):
    joined = _objectives(tables)
    joined = joined[joined["fund"] == "epidemic"]
    return joined["project_id"], joined["set_on"].notna() & (
        joined["set_on"] < _end(policy.fiscal_year, policy.nodes[0])
    )


def _end(year, month):
    """The last day of a month."""
    number = text.MONTHS.index(month.capitalize()) + 1
    return date(year, number, calendar.monthrange(year, number)[1]).isoformat()


def _dated(column):
    def check(tables, policy):
        return tables["direct_funds"]["project_id"], tables["direct_funds"][column].notna()

    return check


def _direct_in_time(tables, policy):
    monitored = tables["direct_funds"]["unit_monitored_on"]
    return tables["direct_funds"]["project_id"], monitored.notna() & (monitored <= policy["direct.monitored_by"])


def _published(tables, policy):
    return tables["evaluations"]["project_id"], tables["evaluations"]["form_published"]


def _budget_objective(tables, policy):
    projects = tables["projects"]
    return projects["project_id"], projects["project_id"].isin(tables["objectives"]["project_id"])


def _execution_monitoring(tables, policy):
    monitoring, projects = tables["monitoring"], tables["projects"]["project_id"]
    nodes = monitoring[monitoring["node"].isin(policy.nodes)].groupby("project_id")["node"].nunique()
    return projects, projects.map(nodes).fillna(0) == len(policy.nodes)


def _acceptance_evaluation(tables, policy):
    evaluations = tables["evaluations"]
    accepted = evaluations[evaluations["accepted"]]
    return accepted["project_id"], accepted["self_score"].notna()


CHECKS = {
    "objectives_reviewed": _covered,
    "objectives_before_budget": _before_budget,
    "objectives_with_budget": _with_budget,
    "objectives_use_library": _use_library,
    "epidemic_before_node": _epidemic,
    "epidemic_monitored": _epidemic_monitored,
    "direct_allocation_reviewed": _dated("allocation_reviewed_on"),
    "direct_monitored_in_time": _direct_in_time,
    "direct_finance_reviewed": _dated("finance_reviewed_on"),
    "direct_evaluated": _dated("evaluation_published_on"),
    "forms_published": _published,
    "link_budget_objective": _budget_objective,
    "link_execution_monitoring": _execution_monitoring,
    "link_acceptance_evaluation": _acceptance_evaluation,
}
