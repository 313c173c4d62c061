"""A file with a row for each report, as YAML."""

from readers import rows_csv

SEEDS = [
    b"- {notebook: evaluation, disclosure: urumqi-2020, lang: zh, name: strict, overrides: {warning.deviation_max: 0.15}}\n"
    b"- notebook: debt\n  disclosure: [jiaxing-2017]\n- &a\n  notebook: compare\n  disclosure: ezhou-2017 jiaxing-2017\n"
    b"  lang: [en, zh]\n"
]


def read(data, folder):
    rows_csv.read(data, folder, "yaml")
