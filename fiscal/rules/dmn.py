"""Decision tables as DMN 1.3 XML, for other engines: edges are written out, since they know no parameters."""

from fractions import Fraction
from xml.etree import ElementTree as ET

from fiscal.rules.policy import load_policy
from fiscal.rules.sfeel import Interval

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
SPACE = "urn:fiscal:policy"


def to_dmn(policy, tables=None) -> str:
    """The tables of a policy (names; None: all) as one DMN document, as text.

    Each decision has the hit policy UNIQUE. Numbers are exact decimals where they have one; an edge that has none,
    such as 5/24, is written to 30 digits.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> fiscal.rules.to_dmn(policy, ["recovery"]).count("<rule ")
    10
    """
    policy = load_policy(policy)
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("definitions"), {"id": policy.id, "name": policy.title["en"], "namespace": SPACE})
    chosen = [policy.tables[name] for name in (tables or policy.tables)]
    for name, column in {c.name: c for table in chosen for c in table.inputs}.items():
        data = ET.SubElement(root, _tag("inputData"), {"id": f"input_{name}", "name": name})
        ET.SubElement(data, _tag("variable"), {"name": name, "typeRef": _type(column)})
    for table in chosen:
        _decision(root, table)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _decision(root, table):
    decision = ET.SubElement(root, _tag("decision"), {"id": table.name, "name": table.name})
    ET.SubElement(decision, _tag("variable"), {"name": table.name})
    for column in table.inputs:
        requirement = ET.SubElement(decision, _tag("informationRequirement"))
        ET.SubElement(requirement, _tag("requiredInput"), {"href": f"#input_{column.name}"})
    body = ET.SubElement(decision, _tag("decisionTable"), {"id": f"{table.name}_table", "hitPolicy": "UNIQUE"})
    for column in table.inputs:
        entry = ET.SubElement(body, _tag("input"), {"id": f"{table.name}_{column.name}", "label": column.name})
        expression = ET.SubElement(entry, _tag("inputExpression"), {"typeRef": _type(column)})
        ET.SubElement(expression, _tag("text")).text = column.name
    outputs = [*table.outputs, "rule"]
    values = [[*rule.outputs, rule.id] for rule in table.rules]
    for name, value in zip(outputs, values[0], strict=True):
        kind = {bool: "boolean", str: "string"}.get(type(value), "number")
        # An output may not have the name of an input that another table asks for.
        ET.SubElement(
            body, _tag("output"), {"id": f"{table.name}_out_{name}", "name": f"{table.name}_{name}", "typeRef": kind}
        )
    for rule, row in zip(table.rules, values, strict=True):
        entry = ET.SubElement(body, _tag("rule"), {"id": f"{table.name}_rule_{rule.id}"})
        for cell, column in zip(rule.cells, table.inputs, strict=True):
            condition = ET.SubElement(entry, _tag("inputEntry"))
            ET.SubElement(condition, _tag("text")).text = _cell(cell, column)
        for value in row:
            result = ET.SubElement(entry, _tag("outputEntry"))
            ET.SubElement(result, _tag("text")).text = _value(value)


def _tag(name):
    return f"{{{NAMESPACE}}}{name}"


def _type(column):
    if not column.values:
        return "number"
    return "boolean" if column.values == ("true", "false") else "string"


def _cell(cell, column):
    return ", ".join(_test(test, column) for test in cell.tests) or "-"


def _test(test, column):
    if not isinstance(test, Interval):
        return test if column.values == ("true", "false") else f'"{test}"'
    if test.low is not None and test.low == test.high:
        return _value(test.low)
    if test.low is None:
        return f"<{'=' * test.high_closed} {_value(test.high)}"
    if test.high is None:
        return f">{'=' * test.low_closed} {_value(test.low)}"
    opening, closing = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
    return f"{opening}{_value(test.low)}..{_value(test.high)}{closing}"


def _value(value):
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, Fraction):
        return f'"{value}"'
    digits = 30
    scaled = value * 10**digits
    written = f"{scaled.numerator // scaled.denominator:0{digits + 1}d}"
    return f"{written[:-digits]}.{written[-digits:]}".rstrip("0").rstrip(".")
