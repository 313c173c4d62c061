"""Reports: parameterized notebooks, executed by papermill and rendered as self-contained pages.

Parts load when they are first used: a batch that has nothing to do needs few of them.

>>> import fiscal
>>> from tempfile import mkdtemp
>>> out = mkdtemp()
>>> made = fiscal.reporting.build(["urumqi-2020"], ["debt"], ["en"], out=out)
>>> [report.path.name for report in made]
['debt.en.html']
"""

from importlib import import_module

_MODULES = {
    "build": "batch",
    "make": "batch",
    "Report": "batch",
    "Job": "jobs",
    "new_notebook": "starter",
    "plan": "jobs",
    "plan_rows": "jobs",
    "review": "review_page",
    "templates": "template",
    "Finding": "verification",
    "verify": "verification",
}
__all__ = list(_MODULES)


def __getattr__(name):
    if name in _MODULES:
        return getattr(import_module(f"fiscal.reporting.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'fiscal.reporting' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return list(__all__)
