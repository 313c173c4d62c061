"""How much of the headline numbers rests on what the source leaves open."""

from fractions import Fraction

import numpy as np
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules.ensemble import Ensemble
from fiscal.rules.policy import load_policy

# A range is drawn from in this many steps, so that every drawn value is an exact fraction.
STEPS = 50


def sensitivity(tables, policy) -> pd.DataFrame:
    """Each assumed or interpreted parameter moved through its range, or to each alternative, one at a time.

    One row for a parameter and a value: ``parameter``, ``status``, ``value``, and the headline numbers with it:
    ``warned_projects``, ``recovered_yuan``, ``cut_yuan``, ``reduction_yuan``; ``chosen`` marks the policy itself.
    Whose money may be recovered is moved together with the reading of abnormal progress: by itself it changes
    nothing. A value that the tables do not allow is left out.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> moved = fiscal.rules.sensitivity(tables, policy)
    >>> moved[["parameter", "value", "recovered_yuan"]].head(3)
              parameter           value  recovered_yuan
    0                                          67580000
    1  progress.reading            zero        37340000
    2  progress.reading  deviation_only        30615000
    """
    policy = load_policy(policy)
    about = [{"parameter": "", "status": "", "value": "", "chosen": True}]
    policies = [policy]
    for parameter in policy.parameters.values():
        for value in (*parameter.range, *parameter.alternatives):
            if value == parameter.value:
                continue
            changes = {parameter.name: value}
            shown = value if isinstance(value, str) else f"{float(value):g}"
            if parameter.name == "recovery.candidates":
                changes["progress.reading"] = "deviation_only"
                shown = f"{value}, with progress.reading = deviation_only"
            try:
                policies.append(policy.replace(changes))
            except InputError:
                continue
            about.append({"parameter": parameter.name, "status": parameter.status, "value": shown, "chosen": False})
    ensemble = Ensemble(tables, policies)
    return pd.DataFrame([row | ensemble.summary(each) for row, each in zip(about, policies, strict=True)])


def uncertainty(tables, policy, draws=200, seed=2020, status=("assumed",), confidence=0.9) -> pd.DataFrame:
    """What the headline numbers come to when everything that the source leaves open is drawn at once.

    In each draw every parameter of this ``status`` (assumed; also interpreted, if you like) takes a value of its
    stated range, each step of it equally likely, or one of its alternatives; draws that the tables do not allow are
    drawn again. One row a number: ``number``, ``chosen`` (by the policy itself), ``low``, ``median`` and ``high``
    (the interval that holds this ``confidence`` of the draws), ``draws``. The draws are nobody's forecast: they say
    how far the result depends on assumptions. The same seed gives the same draws.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError where there is nothing to draw.

    >>> fiscal.rules.uncertainty(tables, policy, draws=20)[["number", "low", "chosen", "high"]].head(2)
                number       low    chosen      high
    0  warned_projects        62        92       165
    1   recovered_yuan  30615000  67580000  67580000
    """
    policy = load_policy(policy)
    random = np.random.default_rng(seed)
    open_ = [each for each in policy.parameters.values() if each.status in status and (each.range or each.alternatives)]
    if not open_ or draws < 1:
        raise InputError(f"uncertainty: expected draws, and parameters that are {' or '.join(status)}, with a range")
    policies = [policy]
    for _ in range(draws):
        policies.append(_drawn(policy, open_, random))
    ensemble = Ensemble(tables, policies)
    found = pd.DataFrame([ensemble.summary(each) for each in policies])
    rows = []
    for name in found:
        values = found[name][1:]
        low, median, high = (
            int(values.quantile(share, "nearest")) for share in ((1 - confidence) / 2, 0.5, (1 + confidence) / 2)
        )
        rows.append([name, int(found[name][0]), low, median, high, draws])
    return pd.DataFrame(rows, columns=["number", "chosen", "low", "median", "high", "draws"])


def _drawn(policy, parameters, random):
    for _ in range(1000):
        changes = {}
        for each in parameters:
            if each.alternatives:
                changes[each.name] = list(each.alternatives)[random.integers(len(each.alternatives))]
            else:
                low, high = each.range
                changes[each.name] = low + (high - low) * Fraction(int(random.integers(STEPS + 1)), STEPS)
        try:
            return policy.replace(changes)
        except InputError:
            continue
    raise InputError("uncertainty: no combination of values within the stated ranges fits the tables")
