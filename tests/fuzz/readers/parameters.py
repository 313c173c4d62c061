"""Parameters on the command line: the name, a blank and the value; what a policy makes of them."""

import json

from fiscal import rules
from fiscal.reporting import jobs
from fiscal.reporting.inputs import description, gather
from fiscal.reporting.rows import value

POLICY = rules.load_policy("urumqi-2020")
SEEDS = [
    b"evaluation overrides {warning.deviation_max: 0.15, warning.deviation_reading: relative}",
    b"evaluation projects synthetic",
    b"debt context my.yaml",
    b"compare disclosures [ezhou-2017, jiaxing-2017]",
    b"evaluation overrides {cut.excellent: 1/5}",
]


def read(data, folder):
    notebook, _, rest = data.decode("utf-8", "surrogateescape").partition(" ")
    name, _, written = rest.partition(" ")
    given = value(written, f"-p {name}")
    (job,) = jobs.plan(["urumqi-2020"], [notebook], ["en"], {name: given})
    files, told = gather(job)
    json.dumps(description(job, files, told, ()))
    if name == "overrides":
        POLICY.replace(given)
