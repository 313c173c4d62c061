"""The rules of monitoring as OpenFisca variables; run by ``rules.py`` with a Python that has openfisca-core.

Prints seconds from a data frame to outcomes, seconds of the formulas alone, and how many outcomes differ from ours.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PROJECT = Entity("project", "projects", "A project at a node", "")


def given(name, kind):
    return type(name, (Variable,), {"value_type": kind, "entity": PROJECT, "definition_period": YEAR})


def formula(name, kind, compute, words=None):
    about = {"value_type": kind, "entity": PROJECT, "definition_period": YEAR, "formula": compute}
    if words:
        values = Enum(name.title(), {word: word for word in words})
        about |= {"possible_values": values, "default_value": values["none"]}
    return type(name, (Variable,), about)


REASONS = ("none", "progress", "deviation", "both")
ACTIONS = ("none", "watch", "withdraw_half", "withdraw_all")
RULES = ("none", "full", "half_idle", "half_slow", "watch_idle", "watch_slow", "watch_other")


def system():
    found = TaxBenefitSystem([PROJECT])
    for name, kind in (("may", bool), ("budget", float), ("executed", float), ("completion", float)):
        found.add_variable(given(name, kind))
    found.add_variable(formula("execution", float, lambda p, t: p("executed", t) / p("budget", t)))
    found.add_variable(
        formula("abnormal", bool, lambda p, t: p("execution", t) < (p("may", t) * 5 + (1 - p("may", t)) * 9) / 24)
    )
    found.add_variable(formula("deviates", bool, lambda p, t: abs(p("execution", t) - p("completion", t)) > 0.2))
    found.add_variable(formula("warning", bool, lambda p, t: p("abnormal", t) | p("deviates", t)))
    found.add_variable(formula("reason", Enum, lambda p, t: p("abnormal", t) * 1 + p("deviates", t) * 2, REASONS))

    def action(p, t):
        return np.select([p("share", t) == 1, p("share", t) == 0.5, p("warning", t)], [3, 2, 1])

    def rule(p, t):
        warned, idle, slow = p("warning", t), p("executed", t) == 0, p("execution", t) <= 0.2
        full, half = p("share", t) == 1, p("share", t) == 0.5
        return np.select([full, half & idle, half, warned & idle, warned & slow, warned], [1, 2, 3, 4, 5, 6])

    found.add_variable(formula("action", Enum, action, ACTIONS))
    found.add_variable(formula("rule", Enum, rule, RULES))

    def share(p, t):
        idle, done, rate = p("executed", t) == 0, p("completion", t), p("execution", t)
        full = idle & (done <= 0.1)
        half = (idle & (done > 0.1) & (done < 0.5)) | (~idle & (rate <= 0.2) & (done <= 0.3))
        return p("warning", t) * (full * 1.0 + half * 0.5)

    found.add_variable(formula("share", float, share))
    found.add_variable(formula("recovered", float, lambda p, t: p("share", t) * p("budget", t)))
    return found


def main(path):
    frame = pd.read_parquet(path)
    start = time.perf_counter()
    simulation = SimulationBuilder().build_default_simulation(system(), count=len(frame))
    simulation.set_input("may", "2020", (frame["node"] == "may").to_numpy())
    for name, column in (("budget", "budget_yuan"), ("executed", "executed_yuan")):
        simulation.set_input(name, "2020", frame[column].to_numpy())
    simulation.set_input("completion", "2020", frame["completion_bp"].to_numpy() / 10_000)
    formulas = time.perf_counter()
    found = {name: simulation.calculate(name, "2020") for name in ("warning", "share", "recovered")}
    words = {name: simulation.calculate(name, "2020") for name in ("reason", "action", "rule")}
    calculated = time.perf_counter()
    outcome = frame.assign(**found, **{name: values.decode_to_str() for name, values in words.items()})
    end = time.perf_counter()
    wrong = {
        "warning": int((found["warning"] != frame["expected_warning"].to_numpy()).sum()),
        "recovered": int((outcome["recovered"] != outcome["expected_yuan"]).sum()),
        "action": int((outcome["action"] != outcome["expected_action"]).sum()),
    }
    print(json.dumps({"all": end - start, "formulas": calculated - formulas, "wrong": wrong}))


if __name__ == "__main__":
    main(sys.argv[1])
