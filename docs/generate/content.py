"""Markdown from click's help, the vocabulary, the schemas and the policies; each function writes a part of a page."""

import json

import click

from fiscal import datasets, resources, rules, text
from fiscal.cli import main
from fiscal.figures import vocabulary
from generate import pictures
from generate.dependencies import dependencies  # noqa: F401, a page asks for it by name

STATUS = {
    "en": {"stated": "stated", "interpreted": "interpreted", "assumed": "assumed", "reported": "reported"},
    "zh": {"stated": "文件载明", "interpreted": "解释", "assumed": "假设", "reported": "据其他机构"},
}


def commands(lang):
    """A section for each command: click's own help."""
    parts = []
    for name, command in sorted(main.commands.items()):
        context = command.make_context(name, [], parent=click.Context(main, info_name="fiscal"), resilient_parsing=True)
        help = command.get_help(context)
        parts.append(f"## fiscal {name}\n\n```text\n{help}\n```")
    return "\n\n".join(parts)


def concepts(lang):
    """The vocabulary, both languages side by side."""
    rows = [
        [
            f"`{row.Index}` {row.unit}, {row.kind}",
            f"**{row.label_en}**. {row.definition_en}",
            f"**{row.label_zh}**。{row.definition_zh}",
        ]
        for row in vocabulary.concepts().itertuples()
    ]
    return _table(["concept", "English", "中文"], rows)


def identities(lang):
    """What must hold between figures."""
    header = ["id", "kind", "identity", "English", "中文"]
    rows = [
        [f"`{row.Index}`", row.kind, f"`{row.left} {row.relation} {row.right}`", row.label_en, row.label_zh]
        for row in vocabulary.table("identities").itertuples()
    ]
    return _table(header, rows)


def requirements(lang):
    """What has to be published, with authority and article."""
    header = {
        "en": ["what", "instrument", "what is asked", "status"],
        "zh": ["内容", "依据", "要求", "性质"],
    }[lang]
    status = {
        "en": {"stated": "stated in the law", "reading": "our reading"},
        "zh": {"stated": "法规载明", "reading": "本项目的理解"},
    }[lang]
    rows = [
        [
            row[f"label_{lang}"],
            row[f"instrument_{lang}"] + {"en": ", ", "zh": ""}[lang] + row[f"article_{lang}"],
            row[f"asks_{lang}"],
            status[row["status"]],
        ]
        for row in vocabulary.table("requirements").to_dict("records")
    ]
    return _table(header, rows)


def schemas(lang):
    """A section for each table of ``data/``, and for the files in YAML: fields with type and meaning."""
    package = json.loads((resources.data() / "datapackage.json").read_text(encoding="utf-8"))
    described = {each["schema"]: each.get("description", "") for each in reversed(package["resources"])}
    parts = []
    for path in sorted((resources.data() / "schemas").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if "fields" in schema:
            about = described.get(f"schemas/{path.name}", "")
            rows = [
                [f"`{field['name']}`", field["type"], field.get("description", ""), _constraints(field)]
                for field in schema["fields"]
            ]
            parts.append(f"## {path.stem}.csv\n\n{about}\n\n{_table(['field', 'type', 'meaning', 'must be'], rows)}")
        else:
            rows = [
                [f"`{name}`", _kind(field), "required" if name in schema.get("required", ()) else "optional"]
                for name, field in schema["properties"].items()
            ]
            parts.append(f"## {path.stem} (YAML)\n\n{schema['title']}.\n\n{_table(['key', 'what', ''], rows)}")
    return "\n\n".join(parts)


def _constraints(field):
    said = field.get("constraints", {})
    words = [name for name in ("required", "unique") if said.get(name)]
    if "enum" in said:
        words.append("one of " + ", ".join(f"`{each}`" for each in said["enum"]))
    words += [f"{name} `{said[name]}`" for name in ("minimum", "maximum", "pattern") if name in said]
    return "; ".join(words)


def _kind(field):
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "enum" in field:
        return "one of " + ", ".join(f"`{each}`" for each in field["enum"])
    kind = field.get("type", "")
    return kind if isinstance(kind, str) else " or ".join(kind)


def rule_book(policy, lang):
    """The rule book of a policy, as ``fiscal export-policy --format markdown`` writes it."""
    _, _, body = rules.load_policy(policy).describe(lang).partition("\n")
    return body.strip()


def counts(policy, lang):
    """How many parameters of a policy are stated, interpreted, assumed and reported."""
    statuses = [parameter.status for parameter in rules.load_policy(policy).parameters.values()]
    header = {"en": ["status", "parameters"], "zh": ["依据", "参数个数"]}[lang]
    return _table(header, [[words, statuses.count(name)] for name, words in STATUS[lang].items()])


def printed(disclosure, prefix, lang):
    """The figures of a document below a concept: as printed, with clause, scope and status."""
    header = {"en": ["figure", "printed", "clause", "scope", ""], "zh": ["项目", "原文", "条款", "口径", ""]}[lang]
    remarks = vocabulary.table("remarks")[f"label_{lang}"]
    found = datasets.figures(disclosure)
    rows = [
        [
            vocabulary.label(row.concept, lang),
            row.disclosed + row.disclosed_unit,
            text.clause(row.clause, lang),
            text.scope(row.scope, row.scope_label, lang),
            text.listed([remarks[each] for each in vocabulary.split(row.remark) if not each.startswith("use.")], lang),
        ]
        for row in found[found["concept"].str.startswith(prefix)].itertuples()
    ]
    return _table(header, rows)


def clause(policy, place, lang):
    """What a clause says, in our words, and what runs for it: value, status and what else it could be."""
    policy = rules.load_policy(policy)
    stated = datasets.statements(policy.disclosure)
    said = [f"> {words}\n>" for words in stated.loc[stated["clause"] == place, f"text_{lang}"]]
    header = {
        "en": ["what runs", "value", "status", "or"],
        "zh": ["实际运行的内容", "取值", "依据", "也可"],
    }[lang]
    rows = [
        [
            f"{each.label[lang]} `{each.name}`",
            rules.describe.value(each, lang),
            STATUS[lang][each.status],
            _or(each, lang),
        ]
        for each in policy.parameters.values()
        if each.clause == place
    ]
    whole = {"en": "decision table, {} rows", "zh": "判定表，{}行"}[lang]
    rows += [
        [f"{table.title[lang]} `{name}`", whole.format(len(table.rules)), STATUS[lang][table.status], ""]
        for name, table in policy.tables.items()
        if table.clause == place
    ]
    duty = {"en": "duty, checked", "zh": "职责，逐项核对"}[lang]
    rows += [
        [check["label"][lang], duty, STATUS[lang][check["status"]], ""]
        for check in policy.checks.values()
        if check["clause"] == place
    ]
    return "\n".join(said) + "\n\n" + (_table(header, rows) if rows else "")


def _or(parameter, lang):
    others = rules.describe.alternatives(parameter, lang)
    mark = {"en": " to ", "zh": "至"}[lang] if parameter.range else {"en": "; ", "zh": "；"}[lang]
    return mark.join(others)


def gallery(lang):
    """Each picture with the call that draws it and its alternative text."""
    words = {"en": ("Before these calls:", "Alternative text:"), "zh": ("以下调用之前：", "替代文字：")}[lang]
    parts = []
    for name, group in pictures.GROUPS.items():
        # What runs is what is shown, with the language written out.
        setup = group.setup.replace("(lang)", f'("{lang}")').replace(", lang)", f', "{lang}")')
        parts.append(f"## {getattr(group, lang)}\n\n{words[0]}\n\n```python\n{setup}\n```")
        for number, (labels, call) in enumerate(group.pictures.items(), start=1):
            file = pictures.named(name, number, lang)
            said = pictures.TEXTS[file].replace("\n", " ")
            shown = call.replace(", lang)", f', "{lang}")').replace(", lang\n)", f', "{lang}"\n)')
            parts.append(
                f"### {labels[lang == 'zh']}\n\n:::{{image}} /pictures/{file}\n:alt: {said}\n:class: picture\n:::\n\n"
                f"```python\n{shown}\n```\n\n*{words[1]}* {text_only(said)}"
            )
    return "\n\n".join(parts)


def text_only(words):
    """Words in which Markdown finds nothing to mark."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>|" else mark for mark in words)


def _table(header, rows):
    """A table of Markdown; a bar in a cell is no end of it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
