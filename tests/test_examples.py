"""Whoever looks a public name up finds what it does and an example that runs, as it stands, after ``import fiscal``."""

import ast
import doctest
import importlib
import inspect
import textwrap

import matplotlib as mpl
import pytest

import fiscal

# Where public names are looked up; a part's own names are its ``__all__``.
PARTS = [f"fiscal.{name}" for name in fiscal.PARTS]
MODULES = [
    "fiscal",
    *PARTS,
    *(
        f"fiscal.narrative.{name}"
        for name in ("compare", "debt", "document", "evaluation", "transfers", "transparency")
    ),
    *(f"fiscal.plots.{name}" for name in ("compare", "debt", "evaluation", "theme", "transfers", "transparency")),
]
# What takes one of these reads it, and a wrong one is one clear message.
READ = {"disclosure", "disclosures", "policy", "path", "path_or_text"}
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def public(module):
    """The functions and classes of a module that are for users, by name."""
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    found = {name: getattr(module, name) for name in names}
    return {
        name: each
        for name, each in found.items()
        if (inspect.isfunction(each) or inspect.isclass(each))
        and (hasattr(module, "__all__") or each.__module__ == module.__name__)
    }


NAMES = [(name, each) for name in MODULES for each in public(importlib.import_module(name))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run_as_they_stand(name):
    module = importlib.import_module(name)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=FLAGS)
    # What a module's own example sets up, such as ``facts``, is there for those of its functions.
    prepared = {"fiscal": fiscal}
    examples = {name: module} | {f"{name}.{each}": found for each, found in public(module).items()}
    said = []
    with mpl.rc_context():
        for place, found in examples.items():
            scope = prepared if found is module else dict(prepared)
            example = parser.get_doctest(inspect.getdoc(found) or "", scope, place, place, 0)
            runner.run(example, out=said.append, clear_globs=False)
            if found is module:
                prepared = example.globs
        mpl.pyplot.close("all")
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize(("module", "name"), NAMES, ids=lambda part: part)
def test_a_public_name_is_explained_by_an_example(module, name):
    found = getattr(importlib.import_module(module), name)
    explained = inspect.getdoc(found) or ""
    assert ">>>" in explained
    assert explained.index(">>>") > 20, "an example, but no word of what it does"


@pytest.mark.parametrize(("module", "name"), NAMES, ids=lambda part: part)
def test_a_function_says_what_it_refuses(module, name):
    found = getattr(importlib.import_module(module), name)
    if not inspect.isfunction(found) or module.startswith(("fiscal.narrative.", "fiscal.plots.")):
        return  # these are given what others have read
    body = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(found))))
    raised = {getattr(each.exc, "func", each.exc).id for each in body if isinstance(each, ast.Raise) and each.exc}
    if READ & set(inspect.signature(found).parameters) or raised & {"InputError", "UnknownName"}:
        assert "InputError" in found.__doc__ or "UnknownName" in found.__doc__


@pytest.mark.parametrize("name", ["fiscal", *PARTS])
def test_completion_offers_what_is_public_and_no_more(name):
    module = importlib.import_module(name)
    offered = [each for each in dir(module) if not each.startswith("__")]
    assert offered == sorted(module.__all__)
    for each in offered:
        assert getattr(module, each) is not None
