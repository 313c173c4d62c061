"""A new notebook to begin from, which runs as it stands, and a test for it."""

import json
import re
from importlib.resources import files as packaged

from fiscal import files, resources
from fiscal.errors import InputError
from fiscal.reporting.template import templates

STARTERS = packaged("fiscal.reporting") / "templates" / "starters"
NAME = re.compile(r"[a-z][a-z0-9_]*")
TITLES = {"en": "TITLE_EN", "zh": "TITLE_ZH"}  # where they go in a starter
EXAMPLES = {"disclosure": ["urumqi-2020"], "policy": ["urumqi-2020"], "set": ["urumqi-2020", "jiaxing-2017"]}


def new_notebook(name, per="disclosure", titles=None):
    """Write a notebook of this name that is per disclosure, policy or set; gives the paths written.

    It goes to ``notebooks/`` of the checkout, with a test that makes its report in both languages; outside a checkout
    to the user's own notebooks. ``titles`` by language: without them it is called by its name. Raises InputError for a
    name that is no lower-case word or is taken; nothing is ever overwritten.

    >>> fiscal.reporting.new_notebook("debt")
    Traceback (most recent call last):
    fiscal.errors.InputError: new notebook: ...debt.ipynb is there already; expected another name
    """
    if not NAME.fullmatch(name):
        raise InputError(f"new notebook: expected a name such as land_revenue (a-z, 0-9, _), found {name!r}")
    there = templates()
    if taken := next((template for known, template in there.items() if known.lower() == name), None):
        raise InputError(f"new notebook: {resources.shown(taken.path)} is there already; expected another name")
    said = {lang: (titles or {}).get(lang) or name.replace("_", " ").capitalize() for lang in TITLES}
    folder = resources.notebooks() if resources.CHECKOUT else resources.own_notebooks()
    made = {folder / f"{name}.ipynb": _notebook(name, per, said)}
    if resources.CHECKOUT:
        made[resources.CHECKOUT / "tests" / "reporting" / f"test_{name}_notebook.py"] = _test(name, per, said)
    for path, content in made.items():
        if path.exists() and not _same(path, content):
            raise InputError(f"new notebook: {resources.shown(path)} is there already; expected another name")
    # The notebook comes last: without it, what an interruption left is no obstacle.
    files.write_all(dict(reversed(made.items())))
    return list(made)


def _same(path, content):
    try:
        return path.read_bytes() == content.encode("utf-8")
    except OSError:
        return False


def _notebook(name, per, titles):
    notebook = json.loads((STARTERS / f"{per}.ipynb").read_text(encoding="utf-8"))
    notebook["metadata"]["fiscal"] = {"per": per, "title": titles}
    for number, cell in enumerate(notebook["cells"], start=1):
        cell["id"] = f"{name[:56]}-{number:02}"
        for lang, mark in TITLES.items():
            cell["source"] = [line.replace(mark, titles[lang]) for line in cell["source"]]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _test(name, per, titles):
    words = {"NAME": name, "SUBJECTS": EXAMPLES[per]} | {mark: titles[lang] for lang, mark in TITLES.items()}
    content = (STARTERS / "test.py.txt").read_text(encoding="utf-8")
    for mark, value in words.items():
        content = content.replace(f"<{mark}>", value if mark == "NAME" else _quoted(value))
    return content


def _quoted(value):
    """A value in Python, with the quotation marks that a formatter would choose."""
    if '"' in value and "'" not in value:
        return repr(value)
    return json.dumps(value, ensure_ascii=False)
