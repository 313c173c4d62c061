"""Many policies on one set of tables: what they share is worked out once, the rest at single points, exactly."""

import narwhals as nw

from fiscal.rules import points
from fiscal.rules.departments import COUNTS, evaluated, weighted_score
from fiscal.rules.evaluation import consequences
from fiscal.rules.rates import share_of
from fiscal.rules.regions import regions


class Ensemble:
    """Tables (as for :func:`outcomes`), made ready for some policies; :meth:`summary` gives what ``summary`` gives."""

    def __init__(self, tables, policies):
        self.tables, self.whole = tables, "evaluations" in tables
        by = ["department"] if self.whole else []
        self.regions = regions(tables["monitoring"], list(policies), by)
        self._known = {}

    def summary(self, policy):
        """The headline numbers of one of the policies, as ``summary(outcomes(tables, policy))`` would give them."""
        monitoring = self._once("monitoring", monitoring_key(policy), lambda: self._monitoring(policy))
        found = {
            name: sum(each[name] for each in monitoring.values()) for name in ("warned_projects", "recovered_yuan")
        }
        if self.whole:
            evaluations = self._once("evaluations", _evaluation_key(policy), lambda: self._evaluations(policy))
            rows = [self._department(row, monitoring, evaluations, policy) for row in self._departments()]
            found |= {name: sum(row[name] for row in rows) for name in ("cut_yuan", "reduction_yuan")}
        return found

    def _once(self, what, key, compute):
        """What does not change from policy to policy is computed for the first of them."""
        if (what, key) not in self._known:
            self._known[what, key] = compute()
        return self._known[what, key]

    def _monitoring(self, policy):
        """By department (or for all): projects monitored, warned and recovered from, and the money."""
        names = {
            "first_rows": "monitored",
            "first_warnings": "warned_projects",
            "first_recoveries": "recovered_projects",
            "recovered_yuan": "recovered_yuan",
        }
        totals = self.regions.totals(policy)
        return {key: {new: sums[old] for old, new in names.items()} for key, sums in totals.items()}

    def _evaluations(self, policy):
        """By department: evaluations, how many fail, and the adjustments."""
        below = policy["failing.evaluation_below"]
        counts = self._once("evaluated", below, lambda: self._evaluated(policy))
        rules = policy.tables["self_evaluation"].rules
        adjusted = self._once("adjusted", rules, lambda: self._adjusted(policy))
        sizes = share_of(policy["self_evaluation.adjustment_share"], adjusted["budget_yuan"])
        sums = sizes.groupby(adjusted["department"], observed=True).sum().to_dict()
        return {key: row | {"adjustment_yuan": int(sums.get(key, 0))} for key, row in counts.items()}

    def _evaluated(self, policy):
        counts = evaluated(nw.from_native(self.tables["evaluations"]), policy).to_native().set_index("department")
        return counts.to_dict("index")

    def _adjusted(self, policy):
        """The evaluations whose budgets are adjusted."""
        found = consequences(self.tables["evaluations"], policy)
        return found.loc[found["adjustment"].fillna(False).astype(bool), ["department", "budget_yuan"]]

    def _departments(self):
        return self._once("departments", None, lambda: self.tables["departments"].to_dict("records"))

    def _department(self, row, monitoring, evaluations, policy):
        """The cut of a department's budget and what is taken with adjustments; nothing where it can't be rated."""
        watched = monitoring.get(row["department"], dict.fromkeys(("monitored", "recovered_yuan"), 0))
        scored = evaluations.get(row["department"], dict.fromkeys(COUNTS, 0) | {"adjustment_yuan": 0})
        if not watched["monitored"] or not scored["evaluated"]:
            return {"cut_yuan": 0, "reduction_yuan": 0}
        failing = watched["warned_projects" if policy["failing.monitoring"] == "warned" else "recovered_projects"]
        numbers = (watched["monitored"], failing, scored["evaluated"], scored["failing_evaluation"])
        score = weighted_score(policy, int(row["reporting_quality"]), *numbers).fraction()
        grade = points.fire(policy, "grade", {"department_score": score}).outputs["grade"]
        share = points.fire(policy, "cut", {"grade": grade}).outputs["cut_share"]
        base = int(row["budget_yuan"])
        if policy["cut.base"] == "after_recovery":
            base -= watched["recovered_yuan"]
        cut, adjustment = share_of(share, base), scored["adjustment_yuan"]
        both = policy["self_evaluation.stacking"] == "both"
        return {"cut_yuan": cut, "reduction_yuan": cut + adjustment if both else max(cut, adjustment)}


def monitoring_key(policy):
    """All that monitoring takes from a policy."""
    tables = tuple(policy.tables[name].rules for name in points.CHAIN)
    words = ("progress.reading", "warning.deviation_reading", "recovery.candidates", "recovery.base")
    return tables, tuple(policy[word] for word in words)


def _evaluation_key(policy):
    numbers = ("self_evaluation.adjustment_share", "failing.evaluation_below")
    return policy.tables["self_evaluation"].rules, tuple(policy[name] for name in numbers)
