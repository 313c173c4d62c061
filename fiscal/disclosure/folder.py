"""Keep an extraction as a disclosure on disk: ``data/disclosures/<id>/``."""

import os
import re
import shutil
import stat

import yaml

from fiscal import files, resources, temporary
from fiscal.errors import InputError
from fiscal.figures import tables

ENDINGS = re.compile(r"(?:省|自治区|市|自治州|地区|盟|区|自治县|县|自治旗|旗|镇|乡)$")
WRITTEN = ("source.txt", "figures.csv", "unread.csv", "statements.csv", "source.yaml")


def default_id(jurisdiction, year):
    """An id such as licheng-2023, from the name of the place."""
    from pypinyin import lazy_pinyin

    name = ENDINGS.sub("", jurisdiction) or jurisdiction
    letters = re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(name)).lower().replace("ü", "v"))
    return f"{letters or 'place'}-{year}"


def contents(extraction):
    """The files of a disclosure, name to text: what was read, and the document's own text beside it."""
    folder = place(extraction.source["id"])
    source = _with_kept(extraction.source, folder)
    return {
        "source.txt": extraction.document.text,
        "figures.csv": _csv(extraction.figures, "figures"),
        "unread.csv": _csv(extraction.unread, "unread"),
        "statements.csv": _csv(extraction.statements, "statements"),
        "source.yaml": yaml.safe_dump(source, allow_unicode=True, sort_keys=False),
    }


def _with_kept(source, folder):
    """What was read of the document, and what a person wrote into source.yaml, such as an English name."""
    if not (folder / "source.yaml").exists():
        return source
    kept = files.read_yaml(folder / "source.yaml", "source")
    for name in ("title", "jurisdiction"):
        source = source | {name: kept[name] | source[name]}
    return kept | source


def place(id):
    """The folder of a disclosure of the user."""
    return resources.user_data() / "disclosures" / resources.valid_id(id)


def changed(folder, wanted):
    """The names of the files that are not there yet as ``wanted``; what a dead process left beside the folder goes."""
    temporary.sweep(folder.parent)
    return [name for name, text in wanted.items() if not _is(folder / name, text.encode("utf-8"))]


def _is(path, content):
    return os.path.lexists(path) and files.read(path) == content


def write(folder, wanted):
    """Put the files in place all together; what else is in the folder, such as ``edits.csv``, stays.

    A folder that is a link becomes one of its own with the same files; what the link leads to is left as it is.
    Where the system can't exchange two folders in one step, each file is replaced in one step. Raises InputError.
    """
    try:
        with files.locked(folder.parent), temporary.folder(folder.parent) as made:
            new = made / folder.name
            if folder.exists():
                shutil.copytree(folder, new, symlinks=True, ignore=_no_files)
            files.write_all({new / name: text for name, text in wanted.items()})
            if not os.path.lexists(folder):
                new.rename(folder)
            elif not files.exchange(new, folder):
                if folder.is_symlink():
                    folder.unlink()
                    new.rename(folder)
                else:
                    files.write_all({folder / name: text for name, text in wanted.items()})
    except (OSError, shutil.Error) as error:
        why = error.strerror or "not everything in it can be read"
        raise InputError(f"{resources.shown(folder)}: can't be written ({why})") from error


def _no_files(folder, names):
    """What of a folder can't be copied: pipes and devices, which might never end."""
    kinds = {name: stat.S_IFMT(os.lstat(os.path.join(folder, name)).st_mode) for name in names}
    return [name for name, kind in kinds.items() if kind not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)]


def _csv(frame, name):
    """A table as CSV with exactly the columns of its schema."""
    columns = [field["name"] for field in tables.schema(name)["fields"]]
    # A derived figure stands nowhere: its place is empty.
    return files.csv_text([columns, *frame[columns].astype(object).where(frame[columns].notna(), "").to_numpy()])
