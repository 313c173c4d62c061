"""The command line: a thin door on the package. Heavy parts load when a command needs them."""

import contextlib
import errno
import os
import re
import signal
import sys
from pathlib import Path

import click

from fiscal import __version__, resources, text
from fiscal.errors import InputError, UnknownName

DEFAULT = "urumqi-2020"


class Commands(click.Group):
    """Says what is wrong with the user's input in one line: exit 2 for a name that is not there, else 1."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except InputError as error:
            click.echo(f"fiscal: {error}", err=True)
            context.exit(2 if isinstance(error, UnknownName) else 1)
        except OSError as error:  # a disk or a folder, at a place where nobody expected it
            if error.errno == errno.EPIPE:  # whoever read what is printed has gone
                raise
            where = f"{resources.shown(error.filename)}: " if isinstance(error.filename, str) else ""
            click.echo(f"fiscal: {where}{error.strerror or error}", err=True)
            context.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fiscal")
def main():
    """Published final accounts of Chinese local governments: cited figures, rules and reports."""


class Memory(click.ParamType):
    """A number of bytes, such as 500MB or 2GiB."""

    name = "size"

    def convert(self, value, param, ctx):
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT]?)(?:i?B)?", str(value), re.IGNORECASE)
        if not found or not float(found[1]):
            self.fail(f"expected a size such as 500MB or 2GiB, found {value!r}", param, ctx)
        return int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " "))


@main.command()
@click.argument("disclosures", nargs=-1, metavar="[DISCLOSURE]...")
@click.option("--all", "everything", is_flag=True, help="Every disclosure there is.")
@click.option("--notebook", "notebooks", multiple=True, metavar="NAME", help="Only this notebook (may be repeated).")
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="en or zh (may be repeated); default both.")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter of the notebooks, such as: -p context my-figures.yaml",
)
@click.option(
    "--params",
    type=click.Path(path_type=Path),
    help="CSV or YAML with a row for each report: notebook, disclosure, lang, name, parameters.",
)
@click.option(
    "--out", default="reports", show_default=True, type=click.Path(file_okay=False), help="Folder for reports."
)
@click.option("--pdf", is_flag=True, help="Beside each page a PDF of it, by Chromium, Chrome or Edge.")
@click.option("--xlsx", is_flag=True, help="Beside each page an Excel workbook: its numbers, tables and sources.")
@click.option("--jobs", type=click.IntRange(1), help="Reports at a time; default: one more than cores.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Limit for each notebook.")
@click.option("--memory", type=Memory(), help="Limit for each notebook, such as 2GiB.")
@click.option(
    "--kernel",
    type=click.Choice(["warm", "plain"]),
    default="warm",
    show_default=True,
    help="Fork kernels from a process that has the libraries imported, or start each as Jupyter does.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Make the reports on the Dask cluster with this scheduler.")
@click.option("--json", "as_json", is_flag=True, help="A line for each report and one for all, for machines.")
def report(
    disclosures,
    everything,
    notebooks,
    languages,
    parameters,
    params,
    out,
    pdf,
    xlsx,
    jobs,
    timeout,
    memory,
    kernel,
    scheduler,
    as_json,
):
    """Execute notebooks and write readable reports (default: Urumqi 2020, all notebooks, both languages).

    Several disclosures, or --all, are also compared with each other; --notebook compare alone compares all there are.
    What has not changed since is not made again. After an interruption the same command makes what is missing.
    """
    from fiscal.reporting.batch import make
    from fiscal.reporting.jobs import plan, plan_rows
    from fiscal.reporting.progress import Progress
    from fiscal.reporting.rows import rows, value
    from fiscal.reporting.template import templates

    if params:
        if disclosures or everything or notebooks or languages or parameters:
            raise click.UsageError("--params names disclosures, notebooks, languages and parameters itself")
        planned = list(plan_rows(rows(params)))
    else:
        there = templates()
        compared = any(there[name].per == "set" for name in notebooks if name in there)
        if everything or (compared and not disclosures):
            disclosures = tuple(resources.disclosures())
        try:
            chosen = {name: value(written, f"-p {name}") for name, written in parameters}
        except InputError as error:
            raise click.BadParameter(str(error)) from error
        planned = plan(disclosures or (DEFAULT,), notebooks, languages or text.LANGUAGES, chosen)
    progress = Progress(len(planned), as_json)
    beside = [ending for ending, wanted in (("pdf", pdf), ("xlsx", xlsx)) if wanted]
    how = {"beside": beside, "width": jobs, "kernel": kernel, "seconds": timeout, "memory": memory}
    with _told(progress, Path(out) / "index.html") as done, _cluster(scheduler) as (executor, room):
        more = {"executor": executor, "width": jobs or room} if executor else {}
        make(planned, out, done=done, **how | more)


@contextlib.contextmanager
def _told(progress, index):
    """The function that is told of each report; at the end the summary and the exit code."""
    from fiscal.reporting.interrupts import never_lost

    try:
        with never_lost(progress) as done:
            yield done
    except KeyboardInterrupt as struck:
        progress.close()
        click.echo("fiscal: interrupted; what is done is whole, and the same command makes the rest", err=True)
        sys.exit(128 + (struck.args or (signal.SIGINT,))[0])
    progress.close()
    progress.summary(index)
    sys.exit(1 if progress.failed else 0)


@main.command()
@click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="en or zh (may be repeated); default both.")
@click.option("--disclosure", metavar="ID", help="What the lessons are about; default: Urumqi 2020, the last Taijiang.")
@click.option("--instructor", is_flag=True, help="Also the edition with answers, in a folder of its own.")
@click.option(
    "--out", default="lessons", show_default=True, type=click.Path(file_okay=False), help="Folder for the pages."
)
def lessons(numbers, languages, disclosure, instructor, out):
    """Make pages of the course in fiscal transparency that need no installation (default: all lessons).

    The lessons themselves are notebooks: fiscal lab, folder teaching. What has not changed is not made again.
    """
    from fiscal.reporting.batch import make
    from fiscal.reporting.lessons import Instructors, Lesson, plan
    from fiscal.reporting.progress import Progress

    folders = {Lesson: Path(out)} | ({Instructors: Path(out) / "instructor"} if instructor else {})
    planned = {kind: plan(numbers, languages or text.LANGUAGES, disclosure, kind) for kind in folders}
    progress = Progress(sum(map(len, planned.values())))
    with _told(progress, Path(out) / "index.html") as done:
        for kind, jobs in planned.items():
            make(jobs, folders[kind], done=done)


@main.command()
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--remake", is_flag=True, help="Make them again, in a folder that is thrown away, and compare bytes.")
@click.option(
    "--inputs",
    "folders",
    multiple=True,
    type=click.Path(file_okay=False),
    help="Where files that parameters named are looked for by name (may be repeated); default: here.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything that was found, for machines.")
def verify(reports, remake, folders, as_json):
    """See whether reports are unaltered, and what of that which they were made of has changed since.

    REPORT is a page, a folder of them or a whole folder of reports (default: reports). The exit code is 0 only if
    everything agrees.
    """
    import json

    from fiscal import reporting
    from fiscal.reporting.verdict import lines

    found = reporting.verify(reports or ("reports",), remake, folders or (".",))
    agree = all(finding.agrees for finding in found)
    if as_json:
        findings = [finding._asdict() for finding in found]
        click.echo(json.dumps({"agree": agree, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        for line in lines(found):
            click.echo(line)
    sys.exit(0 if agree else 1)


def _cluster(scheduler):
    if not scheduler:
        return contextlib.nullcontext((None, None))
    from fiscal.reporting import cluster

    return cluster.executor(scheduler)


@main.command()
@click.argument("disclosures", nargs=-1, metavar="[DISCLOSURE]...")
def check(disclosures):
    """Reconcile figures: sums, ceilings, stocks and flows, repeated figures, places in the text."""
    from tabulate import tabulate

    from fiscal import figures
    from fiscal.figures import store

    wrong = 0
    for disclosure in disclosures or resources.disclosures():
        found = store.load(disclosure)
        checked = figures.check(found)
        tried = checked[checked["outcome"] != "not_printed"]
        money = tried[~tried["kind"].isin(["span", "repeated"])]
        findings = tried[tried["outcome"].isin(["discrepancy", "undetermined"])]
        click.echo(f"\n{disclosure}")
        rows = [
            [
                row.label_en,
                str(row.fiscal_year),
                row.scope,
                row.left,
                row.right,
                row.difference,
                row.tolerance,
                row.outcome,
            ]
            for row in money.itertuples()
        ]
        header = ["identity", "year", "scope", "left, yuan", "right, yuan", "difference", "tolerance", "outcome"]
        click.echo(tabulate(rows, header, intfmt=","))
        spans = tried[tried["kind"] == "span"]
        reread = "re-read in the text" if found.text else "plausible (the text is not here)"
        click.echo(f"{len(spans)} places of figures: {(spans['outcome'] == 'holds').sum()} {reread}")
        repeated = tried[tried["kind"] == "repeated"]
        click.echo(f"{len(repeated)} figures printed more than once")
        click.echo(f"{(checked['outcome'] == 'not_printed').sum()} more identities need figures that are not printed")
        for row in findings.itertuples():
            size = f"{row.difference:,}"
            click.echo(f"{row.outcome}: {row.label_en}: {row.statement} differs by {size} (clause {row.clauses})")
        wrong += (findings["outcome"] == "discrepancy").sum()
        click.echo(f"{(findings['outcome'] == 'discrepancy').sum()} discrepancies")
    sys.exit(1 if wrong else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--jurisdiction", metavar="NAME", help="Official name of the government; default: from the title.")
@click.option("--year", type=click.IntRange(1949, 2200), help="Fiscal year; default: from the title.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, for machines.")
@click.option(
    "--review", type=click.Path(dir_okay=False), help="Write an HTML page: the text with every amount marked."
)
def extract(file, jurisdiction, year, as_json, review):
    """Read a document (text, HTML, .docx, .xlsx, PDF) into figures and show them; nothing is kept."""
    import json

    from fiscal import disclosure, files, reporting

    found = disclosure.extract(file, jurisdiction, year)
    if review:
        files.write(review, reporting.review(found))
    if as_json:
        click.echo(json.dumps(found.plain(), ensure_ascii=False, indent=2))
        return
    _show(found)
    if review:
        click.echo(f"\nread it beside the text: open {review}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--jurisdiction", required=True, metavar="NAME", help="Official name of the government, such as 荔城区.")
@click.option("--year", required=True, type=click.IntRange(1949, 2200), help="Fiscal year that the document is about.")
@click.option("--id", metavar="ID", help="Name of the disclosure; default: the place's name in Latin letters and year.")
@click.option("--yes", is_flag=True, help="Replace what was read before without asking.")
def add(file, jurisdiction, year, id, yes):
    """Read a document and keep it as a disclosure of yours, for reports, checks and comparisons."""
    from fiscal import disclosure
    from fiscal.disclosure import folder
    from fiscal.figures import store, vocabulary

    id = resources.valid_id(id or folder.default_id(jurisdiction, year))
    found = disclosure.extract(file, jurisdiction, year, id)
    if found.figures.empty:
        raise InputError(f"{resources.shown(file)}: no figure of the vocabulary was read; nothing is kept")
    _show(found)
    place, wanted = folder.place(id), folder.contents(found)
    changed = folder.changed(place, wanted)
    where = resources.shown(place)
    if not changed:
        click.echo(f"\n{where} has all of this already; nothing was changed")
        return
    if (place / "source.yaml").exists() and not yes:
        if not sys.stdin.isatty():
            raise InputError(f"{where} is there already and differs ({', '.join(changed)}); add --yes to replace it")
        click.confirm(f"\n{where} is there already. Replace {', '.join(changed)}?", abort=True)
    folder.write(place, wanted)
    click.echo(f"\nkept in {where}")
    for row in store.load(id).figures.query("status == 'edited'").itertuples():
        label = vocabulary.label(row.concept, "en")
        click.echo(f"edited: {label} {row.disclosed}{row.disclosed_unit} (your edits.csv wins over what was read)")
    click.echo(f"now: fiscal report {id}")


def _show(found):
    """Figures with print, clause and check; then what was left unread, and problems."""
    from tabulate import tabulate

    from fiscal import disclosure
    from fiscal.figures import vocabulary

    outcomes = found.outcomes()
    rows = [
        [
            vocabulary.label(row.concept, "en"),
            str(row.fiscal_year),
            text.visible(row.scope_label) or row.scope,
            row.basis + (f", {row.as_of}" if row.as_of else ""),
            f"{row.disclosed}{row.disclosed_unit}",
            row.clause,
            outcomes[row.figure_id],
        ]
        for row in found.figures.itertuples()
    ]
    click.echo(
        tabulate(rows, ["figure", "year", "scope", "basis", "printed", "clause", "check"], disable_numparse=True)
    )
    if len(found.unread):
        click.echo(f"\n{len(found.unread)} more amounts were not taken for figures:")
        rows = [
            [
                f"{row.disclosed}{row.disclosed_unit}",
                row.clause,
                disclosure.REASONS[row.reason][0],
                text.visible(row.sentence[:60]),
            ]
            for row in found.unread.itertuples()
        ]
        click.echo(tabulate(rows, ["printed", "clause", "why", "sentence"], disable_numparse=True))
    for problem in found.problems:
        click.echo(f"problem: {problem['message']} (clause {problem['clause']})")


@main.command()
@click.argument("disclosures", nargs=-1, metavar="[DISCLOSURE]...")
@click.option("--json", "as_json", is_flag=True, help="Findings, evidence and dates for machines.")
@click.option("--lang", default="en", show_default=True, help="Language of the table: en or zh.")
def audit(disclosures, as_json, lang):
    """Set disclosures beside what laws and rules ask to be published: stated, in part, not in the document."""
    import json

    from tabulate import tabulate

    from fiscal import audit, text
    from fiscal.narrative import transparency

    text.language(lang)
    disclosures = disclosures or tuple(resources.disclosures())
    if as_json:
        click.echo(json.dumps(audit.plain(disclosures), ensure_ascii=False, indent=2))
        return
    for disclosure in disclosures:
        about = transparency.audited(audit.findings(disclosure), lang)
        table = transparency.table(about)
        click.echo(f"\n{disclosure}\n{transparency.headline(about)}\n{transparency.fair(about)}\n")
        rows = [[str(cell) for cell in row] for row in table.rows]
        click.echo(tabulate(rows, table.header, maxcolwidths=[30, 34, 20, 16, 30]))
        click.echo(f"\n{transparency.dates(about)}\n{transparency.perhaps(about)}")


@main.command("new-notebook")
@click.argument("name")
@click.option(
    "--per",
    type=click.Choice(["disclosure", "policy", "set"]),
    default="disclosure",
    show_default=True,
    help="What a report of it is made for: a disclosure, a policy, or a set of disclosures.",
)
@click.option("--title-en", metavar="TITLE", help="Title in English; default: its name.")
@click.option("--title-zh", metavar="TITLE", help="Title in Chinese; default: its name.")
def new_notebook(name, per, title_en, title_zh):
    """Write a notebook to begin from, which runs as it stands, and in a checkout a test for it."""
    from fiscal import reporting

    for path in reporting.new_notebook(name, per, {"en": title_en, "zh": title_zh}):
        click.echo(resources.shown(path))
    click.echo(f"now: fiscal report --notebook {name}")


@main.command("list")
def list_():
    """Show disclosures, notebooks, lessons and policies."""
    from tabulate import tabulate

    from fiscal import datasets, reporting, rules
    from fiscal.reporting.lessons import lessons

    found = datasets.disclosures()
    found["folder"] = [resources.shown(folder) for folder in found["folder"]]
    click.echo(tabulate(found.drop(columns="title"), headers="keys", showindex=False))
    click.echo()
    rows = [
        [template.name, template.metadata.get("per", ""), ", ".join(sorted(template.parameters))]
        for template in reporting.templates().values()
    ]
    click.echo(tabulate(rows, ["notebook", "per", "parameters"]))
    click.echo()
    rows = [[number, each.title("en"), each.subject, resources.shown(each.path)] for number, each in lessons().items()]
    click.echo(tabulate(rows, ["lesson", "title", "about", "file"]))
    click.echo()
    found = resources.policies().items()
    rows = [[name, rules.load_policy(path).title["en"], resources.shown(path)] for name, path in found]
    click.echo(tabulate(rows, ["policy", "title", "file"]))


@main.command()
@click.argument("disclosures", nargs=-1, required=True, metavar="DISCLOSURE...")
@click.option(
    "--format", "kind", type=click.Choice(["csv", "parquet", "xlsx", "datapackage"]), default="csv", show_default=True
)
@click.option(
    "--out", default="exports", show_default=True, type=click.Path(file_okay=False), help="Folder to write to."
)
@click.option("--lang", default="en", show_default=True, help="Language of the workbook: en or zh.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there already and differ.")
def export(disclosures, kind, out, lang, overwrite):
    """Write figures, measures, checks and sources for Excel, data frames or other programs.

    csv is for Excel: it has a byte order mark, and an apostrophe before text that Excel would evaluate. The CSV of
    a datapackage has neither.
    """
    from fiscal import exports, temporary

    with temporary.everything():
        paths = exports.export(disclosures, kind, out, lang, overwrite)
    for path in paths:
        click.echo(resources.shown(path))


@main.command("export-policy")
@click.argument("policy", default=DEFAULT)
@click.option("--format", "kind", type=click.Choice(["dmn", "markdown"]), default="dmn", show_default=True)
@click.option("--lang", default="en", show_default=True, help="Language of the rule book in Markdown: en or zh.")
@click.option("--out", type=click.Path(dir_okay=False), help="File to write; without it, the terminal.")
def export_policy(policy, kind, lang, out):
    """Write a policy's decision tables as DMN for other engines, or its rule book as Markdown."""
    from fiscal import files, rules

    found = rules.load_policy(policy)
    content = rules.to_dmn(found) if kind == "dmn" else found.describe(lang)
    if out:
        files.write(out, content)
    else:
        click.echo(content, nl=False)


@main.command("run-policy")
@click.argument("policy")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark", "dask"]),
    help="What does the work; default: the first of polars and duckdb that is installed.",
)
@click.option("--by", metavar="COLUMN", help="Write a folder for each value of this column, such as fiscal_year=2020.")
@click.option("--overwrite", is_flag=True, help="Replace OUT if it is there.")
@click.option("--json", "as_json", is_flag=True, help="The summary for machines.")
def run_policy(policy, source, target, engine, by, overwrite, as_json):
    """Decide the projects in IN, Parquet of any size, by a policy, and write them with their outcomes to OUT.

    IN is a file, or a folder of files, with node, budget_yuan, executed_yuan and completion_bp; with project_id too,
    what was recovered at a node lowers the base of the next. OUT is a file if its name ends in .parquet, else a
    folder of parts; Spark and Dask always write a folder. Addresses such as hdfs://… are for Spark and Dask.
    """
    import json

    from tabulate import tabulate
    from tqdm import tqdm

    from fiscal import rules

    bar = tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed}<{remaining}", disable=None)
    with bar:
        found = rules.run_policy(policy, source, target, engine, by, overwrite, lambda share: _advance(bar, share))
    rows = found.to_dict("records")
    if as_json:
        click.echo(json.dumps({"written": str(target), "outcomes": rows}, ensure_ascii=False, indent=2))
        return
    table = [[row["action"] or f"undecided: {row['problem']}", row["rows"], row["recovered_yuan"]] for row in rows]
    total = ["all", sum(row["rows"] for row in rows), sum(row["recovered_yuan"] for row in rows)]
    click.echo(tabulate([*table, total], ["outcome", "rows", "recovered, yuan"], intfmt=","))
    click.echo(f"\nwritten to {target}")


def _advance(bar, share):
    bar.update(int(share * 100) - bar.n)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options):
    """Open JupyterLab on the notebooks; OPTIONS go to jupyter lab."""
    from fiscal import files

    folder = resources.notebooks()
    if not resources.CHECKOUT:
        folder = Path("notebooks").resolve()
        for path in sorted(resources.notebooks().rglob("*.ipynb")):
            copy = folder / path.relative_to(resources.notebooks())
            if not copy.exists():
                files.write(copy, path.read_bytes())
    # The interpreter that has fiscal is the one whose kernel JupyterLab offers first.
    arguments = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *options]
    os.execv(sys.executable, arguments)
