"""Reports: parameterized notebooks, executed by papermill and rendered as self-contained pages."""

from fiscal.reporting.build import Report, build, make
from fiscal.reporting.plan import Job, plan, templates
from fiscal.reporting.review import review

__all__ = ["Job", "Report", "build", "make", "plan", "review", "templates"]
