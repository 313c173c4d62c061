"""A page for each part of the package, from the names that it makes public."""

import importlib
import inspect
import pkgutil
import pprint
import shutil
from pathlib import Path

import fiscal


def parts():
    """Names of the modules that are documented: those that say what is public, what they contain, and the errors."""
    inside = [f"fiscal.{module.name}" for module in pkgutil.iter_modules(fiscal.__path__) if module.name != "__main__"]
    listed = [name for name in inside if name.removeprefix("fiscal.") in fiscal.__all__ or _says(name)]
    found = ["fiscal", *listed, "fiscal.errors"]
    return [each for name in found for each in (name, *(f"{name}.{sub}" for sub in _modules(name)))]


def public(name):
    """The public names of a module with what they are: ``__all__`` or, without it, what is defined there."""
    module = importlib.import_module(name)
    if hasattr(module, "__all__"):
        return {each: getattr(module, each) for each in module.__all__}
    return {
        each: value
        for each, value in vars(module).items()
        if not each.startswith("_") and getattr(value, "__module__", "") == name
    }


def _says(name):
    return hasattr(importlib.import_module(name), "__all__")


def _modules(name):
    """The modules among the public names of a part; those of the package itself are parts of their own."""
    return [] if name == "fiscal" else [each for each, value in public(name).items() if inspect.ismodule(value)]


def page(name):
    """A page of reStructuredText, the language of the docstrings."""
    names = {each: value for each, value in public(name).items() if not inspect.ismodule(value)}
    lines = [name, "=" * len(name), "", f".. automodule:: {name}", "", f".. currentmodule:: {name}", ""]
    if calls := [each for each, value in names.items() if callable(value)]:
        lines += [".. autosummary::", "   :nosignatures:", "", *(f"   {each}" for each in calls), ""]
    if parts := _modules(name):
        lines += ["Its parts:", "", *(f"- :doc:`{name}.{each}`" for each in parts), ""]
    for each, value in names.items():
        if inspect.isclass(value):
            lines += [f".. autoclass:: {name}.{each}", "   :members:", ""]
        elif callable(value):
            lines += [f".. autofunction:: {name}.{each}", ""]
        else:
            # autodoc would print what the type of a constant is for.
            shown = pprint.pformat(value, width=100, sort_dicts=False).splitlines()
            lines += [f".. py:data:: {each}", "", "   .. code-block:: python", "", *(f"      {s}" for s in shown), ""]
    return "\n".join(lines)


def write(folder):
    """Write the pages; one of a part that is gone goes too. Files that are right already keep their time."""
    folder = Path(folder)
    pages = {f"{name}.rst": page(name) for name in parts()}
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in pages:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
