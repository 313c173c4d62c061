"""What a report's workbook tells besides its page: gathered where its notebook runs, and handed on."""

import json
from pathlib import Path

from fiscal.exports.cells import Column, Sheet

SYNTHETIC = {
    "en": "SYNTHETIC DATA: the projects are generated, and no amount is the city's",
    "zh": "模拟数据：项目均为生成，金额均非该市实际数据",
}


def hand_over(path, per, lang, **subject):
    """Write the sheets of what a report is about to a file: see ``sheets_of``; for ``handed`` to read."""
    Path(path).write_text(json.dumps(sheets_of(per, lang, **subject), ensure_ascii=False, default=_plain), "utf-8")


def handed(content):
    """What was handed over: see ``sheets_of``."""
    told = json.loads(content)
    sheets = [Sheet(title, about, [Column(*column) for column in columns]) for title, about, columns in told["sheets"]]
    return told | {"sheets": sheets}


def sheets_of(per, lang, disclosure="", disclosures=(), policy="", context="", projects="", overrides=None, **others):
    """The data of a report as sheets: figures, measures and checks of its disclosures, or what its policy decided.

    The subject is given as the notebook's parameters are; those that change no data are not looked at. A policy's
    decisions are told where the notebook has ``projects``. Gives a dict: ``sources`` (a dict for each document),
    ``sheets``, and ``warning``, which says that the data are synthetic where they are.
    """
    from fiscal import resources, rules
    from fiscal.exports import decisions, sheets, tables

    if per == "policy":
        rulebook = rules.load_policy(policy)
        names = [rulebook.disclosure] if resources.disclosure(rulebook.disclosure) else []
        made = decisions.sheets(rulebook, projects, overrides or {}, lang)
    else:
        names = [disclosure] if per == "disclosure" else list(disclosures or resources.disclosures())
        made = sheets.sheets(tables.all_tables(names, context), lang)
    warning = SYNTHETIC[lang] if projects == "synthetic" else ""
    return {"sources": tables.sources(names).rows.to_dict("records"), "sheets": made, "warning": warning}


def _plain(value):
    """Numbers of NumPy as those of Python, and what is missing as nothing."""
    return value.item() if hasattr(value, "item") else None
