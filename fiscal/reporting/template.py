"""A notebook that reports are made from: what it is per, its title, its parameters and what they name."""

import ast
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fiscal import files, resources
from fiscal.errors import InputError


@dataclass(frozen=True)
class Template:
    """A notebook with a cell tagged ``parameters``.

    Its metadata ``fiscal`` say what it is ``per`` (disclosure, policy, set, session or lesson), its ``title`` in each
    language, which parameters it ``reads`` as the path of a file or as ids of disclosures, and which ``disclosures``
    and ``policies`` it uses whatever its parameters are.
    """

    name: str
    path: Path

    @cached_property
    def content(self) -> bytes:
        return files.read(self.path)

    @cached_property
    def metadata(self):
        return self._notebook["metadata"].get("fiscal", {})

    @property
    def per(self):
        return self.metadata.get("per", "disclosure")

    @property
    def reads(self):
        """Parameters that name something: ``file`` or ``disclosures`` by parameter."""
        return self.metadata.get("reads", {})

    @property
    def about(self):
        """What else records say of a report that is made from it."""
        return {}

    def uses(self, kind):
        """Ids of disclosures or policies that the notebook names itself."""
        return self.metadata.get(kind, [])

    def title(self, lang):
        return self.metadata.get("title", {}).get(lang, self.name)

    @cached_property
    def parameters(self):
        """Parameters and their defaults, from the cell that papermill overrides."""
        cells = [cell for cell in self._notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
        found = {}
        try:
            for statement in ast.parse("".join(line for cell in cells for line in cell["source"])).body:
                targets = getattr(statement, "targets", [getattr(statement, "target", None)])
                found |= {target.id: ast.literal_eval(statement.value) for target in targets if target}
        except (SyntaxError, ValueError, AttributeError) as error:
            expected = "expected assignments of plain values in the cell tagged parameters"
            raise InputError(f"{resources.shown(self.path)}: {expected}") from error
        return found

    @cached_property
    def _notebook(self):
        where = resources.shown(self.path)
        try:
            notebook = json.loads(self.content)
            right = all(map(_is_cell, notebook["cells"]))
            about = notebook["metadata"].get("fiscal", {})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            right = False
        if not right:
            raise InputError(f"{where}: expected a Jupyter notebook (JSON with cells and metadata)")
        if not _is_told(about):
            raise InputError(f"{where}, metadata fiscal: expected per, title and reads as in the bundled notebooks")
        return notebook


def _is_cell(cell):
    return isinstance(cell["metadata"].get("tags", []), list) and _are_words(cell["source"], of=(str, list))


def _is_told(about):
    """Whether the metadata ``fiscal`` of a notebook are what a Template asks of them."""
    return (
        isinstance(about, dict)
        and isinstance(about.get("per", ""), str)
        and all(_are_words(about.get(name, {}), of=dict) for name in ("title", "reads"))
        and all(_are_words(about.get(name, []), of=list) for name in ("disclosures", "policies"))
    )


def _are_words(value, of):
    words = value.values() if isinstance(value, dict) else value
    return isinstance(value, of) and all(isinstance(word, str) for word in words)


def templates() -> dict[str, Template]:
    """The notebooks that reports are made from, by name: bundled ones and the user's own.

    Those that are per ``session`` are for a person to play with and make no report. Raises InputError if one of the
    user's own has the name of a bundled one.

    >>> fiscal.reporting.templates()["debt"].parameters
    {'disclosure': 'urumqi-2020', 'lang': 'en', 'context': ''}
    """
    found, taken = {}, {}
    for folder in dict.fromkeys((resources.notebooks(), resources.own_notebooks())):
        for path in sorted(folder.glob("*.ipynb")):
            # Systems that don't tell capital from small letters would make one report of both.
            if (key := path.stem.casefold()) in taken:
                there = resources.shown(taken[key])
                raise InputError(f"{resources.shown(path)}: {there} has this name already; expected another one")
            found[path.stem], taken[key] = Template(path.stem, path), path
    return {name: template for name, template in found.items() if not _is_played(template)}


def _is_played(template):
    try:
        return template.per == "session"
    except InputError:
        return False  # whoever uses it is told
