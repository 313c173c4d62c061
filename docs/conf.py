"""The documentation site: ``uv run --group docs sphinx-build -W docs docs/_site``."""

import sys
from pathlib import Path

import fiscal

sys.path.insert(0, str(Path(__file__).parent))

project = "fiscal"
version = release = fiscal.__version__
language = "en"
copyright = "the authors of fiscal; MIT"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "generate"]
exclude_patterns = ["_site", "examples", "generate"]
nitpicky = True
# Types of other libraries, whose documentation is on the network, and words that say what a frame is like.
nitpick_ignore_regex = [("py:.*", r"(?!fiscal\b).*")]
suppress_warnings = ["ref.python"]  # ``Policy`` and ``compare`` are names in more than one part

myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "none"
default_role = "code"

html_theme = "furo"
html_title = "fiscal"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
templates_path = ["_templates"]
html_theme_options = {"top_of_page_buttons": []}
html_search_language = "en"
pygments_style = "tango"
pygments_dark_style = "github-dark"
