"""What the site says that the code, the data and the policies say already: written from them when it is built."""

import re
from pathlib import Path

from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from generate import api, content, languages, pictures

FETCHED = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)=["'](?:https?:)?//[^"']+""")


class Generated(SphinxDirective):
    """``{generated} NAME ARGUMENT…``: the Markdown that the function NAME of ``content`` writes."""

    required_arguments = 1
    optional_arguments = 9
    option_spec = {"lang": directives.unchanged}  # noqa: RUF012, a class attribute for docutils

    def run(self):
        self.env.note_reread()  # what it is written from is no file of the site
        name, *arguments = self.arguments
        lang = self.options.get("lang") or languages.of(self.env.docname)
        markdown = getattr(content, name)(*arguments, lang=lang)
        return self.parse_text_to_nodes(markdown, allow_section_headings=True)


def before(app):
    """Pages of the API and pictures are files that Sphinx finds; others come with the directive."""
    source = Path(app.srcdir)
    api.write(source / "reference" / "api")
    pictures.write(source / "pictures")


def after(app, failed):
    """Reading the site must not fetch anything from elsewhere."""
    if failed:
        return
    for page in Path(app.outdir).rglob("*.html"):
        for found in FETCHED.findall(page.read_text(encoding="utf-8")):
            logging.getLogger(__name__).warning("%s would be fetched from elsewhere: %s", page.name, found)


def setup(app):
    app.add_directive("generated", Generated)
    app.connect("builder-inited", before)
    app.connect("build-finished", after)
    languages.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
