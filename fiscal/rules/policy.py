"""A policy: parameters and decision tables from a YAML file, proved, immutable, with what-if copies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from fiscal import files, resources, text
from fiscal.errors import InputError, UnknownName
from fiscal.rules import decide, describe, sfeel
from fiscal.rules.table import Input, Rule, Table, shown


@dataclass(frozen=True)
class Parameter:
    """A value of the policy with where it is from and what else it could be."""

    name: str
    value: Fraction | str
    clause: str
    status: str
    label: dict
    note: dict
    alternatives: dict = field(default_factory=dict)
    range: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Policy:
    """Rules as data. ``parameters``, ``tables``, ``outputs`` and ``checks`` are read-only mappings by name.

    ``values`` are those of the parameters and of what is derived from them, such as the least execution at a node.
    ``outputs`` say what columns of results and their values are called, in both languages.

    >>> policy = fiscal.rules.load_policy("urumqi-2020")
    >>> policy.nodes, policy["cut.excellent"]
    (('may', 'september'), Fraction(2, 25))
    >>> policy.replace({"cut.excellent": 0.05})["cut.excellent"]
    Fraction(1, 20)
    >>> policy.word("action", "withdraw_half", "zh")
    '收回一半'
    """

    id: str
    title: dict
    fiscal_year: int
    disclosure: str
    parameters: MappingProxyType
    tables: MappingProxyType
    outputs: MappingProxyType
    checks: MappingProxyType
    values: MappingProxyType
    _content: dict
    _where: str

    @property
    def nodes(self):
        """The points of the year at which projects are monitored, in their order."""
        inputs = (each for table in self.tables.values() for each in table.inputs)
        return next((each.values for each in inputs if each.name == "node"), ())

    def __reduce__(self):
        """Policies travel to other processes as what they were made from."""
        return _assembled, (self._content, dict(self.parameters), self._where)

    def __getitem__(self, name):
        """The value of a parameter: an exact Fraction, or a word."""
        if name not in self.parameters:
            raise UnknownName("parameter", name, self.parameters)
        return self.parameters[name].value

    def replace(self, changes):
        """A copy with other values, such as ``{"warning.deviation_max": 0.15}``; tables are proved again.

        Raises UnknownName for a parameter that is not there, InputError for a value that does not fit or
        that would open a gap or an overlap in a table.
        """
        parameters = dict(self.parameters)
        if not isinstance(changes, Mapping):
            raise InputError(
                f"other values of parameters: expected a mapping such as {{name: 0.15}}, found {changes!r}"
            )
        for name, value in changes.items():
            if name not in parameters:
                raise UnknownName("parameter", name, parameters)
            parameters[name] = replace(parameters[name], value=_value(name, value, parameters[name], self._where))
        return _assembled(self._content, parameters, self._where, self.tables)

    def made_of(self, name):
        """The parameters that a value is made of: itself, or the factors of what is derived."""
        return (name,) if name in self.parameters else tuple(self._content["derived"][name]["of"])

    def factor(self, name, parameter):
        """How many times a parameter a value is (1 for itself); 0 if it does not depend on it."""
        if name == parameter:
            return Fraction(1)
        depends = parameter in self.made_of(name) and self[parameter]
        return self.values[name] / self[parameter] if depends else Fraction(0)

    def heading(self, column, lang):
        """What a column of results is called; one without a label goes by its id."""
        return self.outputs[column]["label"][lang] if column in self.outputs else column

    def word(self, column, value, lang):
        """What a value of a column is called, such as ``half recovered``; one without a label goes by its id."""
        if value in ("true", "false"):
            return {"en": ("no", "yes"), "zh": ("否", "是")}[lang][value == "true"]
        readings = (each.alternatives for name, each in self.parameters.items() if name.endswith(f".{column}"))
        for labels in (self.outputs.get(column, {}).get("values", {}), *readings):
            if value in labels:
                return labels[value][lang]
        return text.month(value, lang)

    def decide(self, table, frame):
        """Decide a table, by name, for each row of a frame: adds its outputs, ``rule`` and ``problem``."""
        return decide.decide(self, table, frame)

    def describe(self, lang="en"):
        """The rule book as Markdown: clause by clause, parameters and tables, stated and assumed apart."""
        return describe.describe(self, lang)


def load_policy(policy) -> Policy:
    """The policy with this id, or from this YAML file; a Policy comes back as it is.

    Raises UnknownName, or InputError that names file, table, row and cell.

    >>> fiscal.rules.load_policy("urumqi-2020").title["en"]
    'Budget performance management of Urumqi, 2020'
    >>> fiscal.rules.load_policy("urumqi-2021")
    Traceback (most recent call last):
        ...
    fiscal.errors.UnknownName: unknown policy 'urumqi-2021'; there is: lakeside-2020, urumqi-2020
    """
    if isinstance(policy, Policy):
        return policy
    path = resources.policy(str(policy)) or Path(policy)
    if not os.path.lexists(path):
        raise UnknownName("policy", str(policy), resources.policies())
    where = resources.shown(path)
    content = files.read_yaml(path, "policy")
    parameters = {}
    for name, entry in content["parameters"].items():
        parameter = Parameter(
            name,
            "",
            entry["clause"],
            entry["status"],
            entry["label"],
            entry["note"],
            entry.get("alternatives", {}),
            tuple(_exact(end) for end in entry.get("range", ())),
        )
        parameters[name] = replace(parameter, value=_value(name, entry["value"], parameter, where))
    return _assembled(content, parameters, where)


def _value(name, value, parameter, where):
    if parameter.alternatives:
        if not isinstance(value, str) or value not in parameter.alternatives:
            expected = f"one of {', '.join(parameter.alternatives)}", f"{'、'.join(parameter.alternatives)}之一"
            raise _unfit(f"{where}, {name}", parameter, expected, value)
        return value
    if isinstance(value, str) and not isinstance(parameter.value, Fraction):
        return value
    try:
        return _exact(value)
    except (ValueError, ArithmeticError, TypeError):
        raise _unfit(f"{where}, {name}", parameter, ("a number", "数字"), value) from None


def _unfit(place, parameter, expected, value):
    """What is said to a value that a parameter can't have; ``expected`` in English and Chinese."""
    said = {
        "en": f"{parameter.label['en']}: expected {expected[0]}, found {value}",
        "zh": f"{parameter.label['zh']}应为{expected[1]}，所给为{value}",
    }
    return InputError(f"{place}: expected {expected[0]}, found {value!r}", said)


def _exact(value):
    """0.15 means fifteen hundredths, whether it comes as text, as a Decimal or as a float."""
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, Fraction):
        return value
    number = Decimal(repr(value) if isinstance(value, float) else str(value))
    if number.is_finite() and abs(number.adjusted()) > files.DIGITS:
        raise ValueError
    return Fraction(number)


def _assembled(content, parameters, where, proved=MappingProxyType({})):
    """A policy of these parameters; a table that is as it was in ``proved`` is not proved again."""
    values = {name: parameter.value for name, parameter in parameters.items()}
    for name, formula in content.get("derived", {}).items():
        result = Fraction(1)
        for factor in formula["of"]:
            if not isinstance(values.get(factor), Fraction):
                raise InputError(f"{where}, derived {name}: {factor!r} is no parameter of the policy that is a number")
            result *= values[factor]
        if not formula["over"]:
            raise InputError(f"{where}, derived {name}, over: expected a number other than zero")
        values[name] = result / _exact(formula["over"])
    inputs = {name: _input(name, entry, where) for name, entry in content["inputs"].items()}
    tables = {name: _table(name, entry, inputs, values, where) for name, entry in content["tables"].items()}
    policy = Policy(
        id=content["id"],
        title=content["title"],
        fiscal_year=content.get("fiscal_year", 0),
        disclosure=content.get("disclosure", ""),
        parameters=MappingProxyType(parameters),
        tables=MappingProxyType(tables),
        outputs=MappingProxyType(content.get("outputs", {})),
        checks=MappingProxyType(content.get("checks", {})),
        values=MappingProxyType(values),
        _content=content,
        _where=where,
    )
    for name, table in tables.items():
        if table != proved.get(name) and (fault := table.fault()):
            said = {
                lang: text.beside(table.title[lang], describe.fault(policy, fault, lang), lang)
                for lang in text.LANGUAGES
            }
            raise InputError(f"{where}, table {name}: {fault}", said)
    return policy


def _input(name, entry, where):
    if "values" in entry:
        return Input(name, entry["label"], tuple(entry["values"]))
    if not ("min" in entry and "max" in entry and entry["min"] < entry["max"]):
        raise InputError(f"{where}, input {name}: expected values, or min and a larger max")
    return Input(name, entry["label"], (), _exact(entry["min"]), _exact(entry["max"]), entry.get("unit", "ratio"))


def _table(name, entry, inputs, values, where):
    def value_of(word):
        return values[f"{name}.{word}"] if f"{name}.{word}" in values else values[word]

    for each in entry["inputs"]:
        if each not in inputs:
            raise InputError(f"{where}, table {name}: {each!r} is no input of the policy")
    chosen = tuple(inputs[each] for each in entry["inputs"])
    for case in entry.get("infeasible", ()):
        if unknown := [each for each in case if each not in entry["inputs"]]:
            raise InputError(f"{where}, table {name}, infeasible: {unknown[0]!r} is no input of the table")
    for output, kind in entry["outputs"].items():
        if kind != "ratio" and not (isinstance(kind, list) and all(isinstance(word, str) for word in kind)):
            raise InputError(f"{where}, table {name}, output {output}: expected ratio, or a list of words")
    rules = []
    for row in entry["rules"]:
        place = f"{where}, table {name}, row {row['id']}"
        if len(row["when"]) != len(chosen) or len(row["then"]) != len(entry["outputs"]):
            raise InputError(f"{place}: expected {len(chosen)} conditions and {len(entry['outputs'])} outputs")
        cells = []
        for column, written in zip(chosen, row["when"], strict=True):
            try:
                cell = sfeel.parse(written, value_of)
            except sfeel.CellError as error:
                raise InputError(f"{place}, cell {column.name}: {error}") from error
            if column.values and (unknown := [t for t in cell.tests if t not in column.values]):
                expected = ", ".join(column.values)
                raise InputError(f"{place}, cell {column.name}: expected one of {expected}, found {shown(unknown[0])}")
            cells.append(cell)
        outputs = tuple(
            _output(word, kind, value_of, f"{place}, output {output}", entry["title"])
            for word, (output, kind) in zip(row["then"], entry["outputs"].items(), strict=True)
        )
        rules.append(Rule(row["id"], tuple(cells), tuple(row["then"]), outputs, row.get("label", {})))
    ids = [rule.id for rule in rules]
    if repeated := {each for each in ids if ids.count(each) > 1}:
        raise InputError(f"{where}, table {name}: two rows are called {sorted(repeated)[0]}")
    return Table(
        name,
        entry["clause"],
        entry["status"],
        entry["title"],
        chosen,
        tuple(entry["outputs"]),
        tuple(rules),
        tuple(entry.get("infeasible", ())),
    )


def _output(word, kind, value_of, place, title):
    if kind == "ratio":
        try:
            value = sfeel.literal(word, value_of)
        except sfeel.CellError as error:
            raise InputError(f"{place}: {error}") from error
        if not isinstance(value, Fraction) or not 0 <= value <= 1:
            said = {
                "en": f"{title['en']} A share has to be from 0 to 1; found {shown(value)}",
                "zh": f"{title['zh']}比例应在0至1之间，所给为{shown(value)}",
            }
            raise InputError(f"{place}: expected a share from 0 to 1, found {shown(value)}", said)
        return value
    if word not in kind:
        raise InputError(f"{place}: expected one of {', '.join(kind)}, found {word!r}")
    return {"true": True, "false": False}.get(word, word)
