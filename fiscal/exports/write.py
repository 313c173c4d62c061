"""Write an export: everything or nothing that differs from what is there already."""

from pathlib import Path

from fiscal import files, resources, text
from fiscal.errors import InputError, UnknownName
from fiscal.exports import flat
from fiscal.exports.tables import all_tables
from fiscal.exports.workbook import workbook

FORMATS = ("csv", "parquet", "xlsx", "datapackage")


def export(disclosures, kind, out="exports", lang="en", overwrite=False) -> list[Path]:
    """Export the figures, measures, checks and sources of some disclosures (ids); gives the paths written.

    ``kind`` is one of ``FORMATS``. Below ``out``, under the id of the disclosure (or the number of disclosures):
    *csv* is a folder of tables for Excel (UTF-8 with byte order mark; text that Excel would evaluate has an
    apostrophe before it); *parquet* a folder of tables with int64 amounts and described columns; *datapackage* a
    folder with ``datapackage.json`` and plain CSV; *xlsx* one workbook, worded in ``lang`` (en or zh). The same
    figures give the same bytes. A file that is there and differs stops the export unless ``overwrite`` is set;
    nothing is written then.

    Raises UnknownName for a disclosure, format or language that is not there; InputError.

    >>> from tempfile import mkdtemp
    >>> [path.name for path in fiscal.exports.export(["urumqi-2020"], "csv", mkdtemp())]
    ['sources.csv', 'figures.csv', 'measures.csv', 'checks.csv']
    """
    if kind not in FORMATS:
        raise UnknownName("format", kind, FORMATS)
    text.language(lang)
    known = resources.disclosures()
    disclosures = list(dict.fromkeys(disclosures))
    for disclosure in disclosures:
        if disclosure not in known:
            raise UnknownName("disclosure", disclosure, known)
    if not disclosures:
        raise InputError("nothing to export: expected at least one disclosure; fiscal list shows them")
    name = disclosures[0] if len(disclosures) == 1 else f"{len(disclosures)}-disclosures"
    content = _content(all_tables(disclosures), kind, name, lang)
    paths = {Path(out) / path: each for path, each in content.items()}
    if not overwrite:
        for path, each in paths.items():
            _refuse_other(path, each)
    files.write_all(paths, within=out)
    return list(paths)


def _content(tables, kind, name, lang):
    """What to write, by path below the output folder."""
    if kind == "xlsx":
        return {f"{name}.{lang}.xlsx": workbook(tables, lang)}
    folder = f"{name}-{kind}"
    if kind == "datapackage":
        return {f"{folder}/{path}": each for path, each in flat.package(tables, name).items()}
    ending, form = {"csv": ("csv", flat.spreadsheet_csv), "parquet": ("parquet", flat.parquet)}[kind]
    return {f"{folder}/{table.name}.{ending}": form(table) for table in tables}


def _refuse_other(path, content):
    """A file that is there already has to be this very export."""
    try:
        same = not path.exists() or path.read_bytes() == content
    except OSError as error:
        raise InputError(f"{resources.shown(path)}: can't be read ({error.strerror})") from error
    if not same:
        raise InputError(
            f"{resources.shown(path)}: is there already and differs; expected another --out, or --overwrite"
        )
