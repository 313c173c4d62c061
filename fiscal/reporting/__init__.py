"""Reports: parameterized notebooks, executed by papermill and rendered as self-contained pages."""

from fiscal.reporting.build import Report, build, make
from fiscal.reporting.plan import Job, plan, templates

__all__ = ["Job", "Report", "build", "make", "plan", "templates"]
