"""Importing this renders a small page, so that what is compiled on first use (templates, expressions) is compiled.

The process from which those that make reports are forked imports it once, instead of each doing so again.
"""

import sys

# Grammars of addresses and durations, which jsonschema would load for checks that notebooks do not ask for: the first
# takes longer than all the rest together.
sys.modules.setdefault("rfc3987_syntax", None)
sys.modules.setdefault("isoduration", None)
# What papermill would import to read notebooks from a Hadoop cluster, if it is there: reports are of local files.
sys.modules.setdefault("pyarrow", None)

import nbformat
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from fiscal.kernels import provisioner  # noqa: F401  what reports need is imported too
from fiscal.reporting import inputs, render, work  # noqa: F401


def _rehearse():
    outputs = [
        new_output("execute_result", {"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}),
        new_output("display_data", {"image/svg+xml": "<svg/>"}, metadata={"image/svg+xml": {"alt": "A picture"}}),
        new_output("stream", name="stdout", text="1"),
        new_output("error", ename="Error", evalue="", traceback=[""]),
    ]
    prose = new_markdown_cell("# Title\n\n## Part\n\n*Words*, a [link](#part) and `code`.\n\n- item")
    code = new_code_cell("import this as that\n# comment\nname: str = f'text {1 + 0.5}'", outputs=outputs)
    notebook = new_notebook(cells=[prose, code])
    nbformat.validate(nbformat.reads(nbformat.writes(notebook), as_version=4))
    inputs.code()  # which each report is compared with
    inputs.versions()
    KernelProvisionerFactory.instance()
    render.report(render.article(notebook), lang="zh", name="", place="某市", year=2020, title="")


_rehearse()
if sys.modules["pyarrow"] is None:
    del sys.modules["pyarrow"]  # whatever comes may import it
