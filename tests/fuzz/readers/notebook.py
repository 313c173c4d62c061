"""A notebook of the user's own, as far as it is read before it runs."""

import json

from fiscal.reporting import jobs
from fiscal.reporting.template import templates

NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["lang = 'en'\n", "context: str = ''"]},
        {"cell_type": "markdown", "metadata": {"tags": ["en"]}, "source": ["# T"]},
    ],
    "metadata": {"fiscal": {"per": "disclosure", "title": {"en": "T", "zh": "题"}, "reads": {"context": "file"}}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
SEEDS = [json.dumps(NOTEBOOK, indent=1).encode(), json.dumps(NOTEBOOK).replace("disclosure", "policy").encode()]


def read(data, folder):
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "own.ipynb").write_bytes(data)
    template = templates().get("own")
    if template:
        for job in jobs.plan(["urumqi-2020"], ["own"], ["en"], {"context": ""}):
            assert job.name
            assert job.given
            template.title("zh")
