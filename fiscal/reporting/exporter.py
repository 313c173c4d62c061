"""The cells of a notebook as HTML, by nbconvert and the template ``report``."""

from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from traitlets.config import Config

# Of what an output carries the first is shown. A page runs no script and no widget: alone these show nothing.
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/plain"]
ACTIVE = ["application/javascript", "application/vnd.jupyter.widget-view+json"]


class Exporter(HTMLExporter):
    """Leaves out that of nbconvert's own pages which costs as much as all the rest: to parse what came out once more.

    There pictures without a description get one, and cells can be reached by keyboard: ``markup`` does so for ours.
    """

    @property
    def default_config(self):
        config = super().default_config
        config.merge(Config({"NbConvertBase": {"display_data_priority": SHOWN + ACTIVE}}))
        return config

    def from_notebook_node(self, nb, resources=None, **kw):
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer")
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)
