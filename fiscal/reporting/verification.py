"""Whether reports are what they were when they were made, and whether they would come out the same today.

What a report was made of stands in its page and in the record beside it. Both may come from anywhere: nothing that they
say is taken for a path, and what runs when a report is made again is the notebook that is here.
"""

from pathlib import Path
from typing import NamedTuple

from fiscal import resources, temporary, text
from fiscal.errors import InputError, UnknownName
from fiscal.reporting import batch, inputs, seal, shelf
from fiscal.reporting.jobs import SET_BY_BATCH, Job, disclosure_of, ids
from fiscal.reporting.lessons import COURSE, Instructors, Lesson, lessons
from fiscal.reporting.template import templates

AROUND = 30  # characters that are shown of a difference
TEXT = ("html", "ipynb", "svg")


class Finding(NamedTuple):
    """What was found of one thing that a report consists of or was made of.

    ``part`` is *page* (by its own hash), *file* (by the record beside it), *record* (whether it says what the page
    says), *notebook*, *data*, *bundled*, *code*, *version*, *again* (a file that was made again) or *index*.
    ``outcome`` is *same*, *changed*, *gone*, *new*, *unfinished* or *unknown*. ``then`` and ``now`` are hashes,
    versions, or words that differ.

    >>> fiscal.reporting.verify([out])[0].part
    'page'
    """

    report: str
    part: str
    item: str
    outcome: str
    then: str = ""
    now: str = ""

    @property
    def agrees(self):
        return self.outcome == "same"


class _Kept(NamedTuple):
    """A report that lies somewhere and what is known of its making."""

    path: Path
    name: str
    notebook: str
    beside: tuple
    made_of: dict

    @property
    def shown(self):
        return resources.shown(self.path)


def verify(places=("reports",), remake=False, folders=(".",)) -> list[Finding]:
    """What has become of reports, and of what they were made of: a Finding for each thing that was looked at.

    ``places``: pages of reports, folders of them, whole folders of reports. ``remake``: make them again, in a folder
    that is thrown away, and compare bytes. ``folders``: where files that parameters named are looked for, by name.
    Raises InputError for a place that holds no report, and if a PDF can't be made again for lack of a browser.

    >>> found = fiscal.reporting.verify([f"{out}/urumqi-2020/debt.en.html"])
    >>> {finding.outcome for finding in found if finding.part in ("page", "notebook", "data", "code")}
    {'same'}
    """
    folders = [Path(folder) for folder in folders]
    found, reports = [], []
    for place in map(Path, places):
        for path in _pages(place):
            kept, findings = _look(path)
            if kept:
                reports.append(kept)
                found += [*findings, *_inputs(kept, folders)]
            elif place == path:
                raise InputError(f"{resources.shown(path)}: is no report; expected a page that fiscal report made")
            else:
                found += findings
        found += _index(place)
    return found + (_again(reports, folders) if remake else [])


def _pages(place):
    """The pages that a place stands for, those included of which just the record is left."""
    if place.is_file():
        return [place]
    paths = [path for pattern in ("*", "*/*") for path in place.glob(pattern)]
    pages = {path for path in paths if path.suffix == ".html" and path.name != "index.html"}
    pages |= {path.with_suffix(".html") for path in paths if path.suffix == ".json" and shelf.read(path)}
    if not pages:
        raise InputError(f"{resources.shown(place)}: holds no report; expected pages that fiscal report made")
    return sorted(pages)


def _look(path):
    """What lies there, by the record beside it or by what it says of itself, and whether it is unaltered."""
    shown = resources.shown(path)
    try:
        page = path.read_bytes()
    except FileNotFoundError:
        page = None
    except OSError as error:
        raise InputError(f"{shown}: can't be read ({error.strerror})") from error
    said, whole = seal.opened(page or b"")
    record = shelf.read(path.with_suffix(".json"))
    kept = _kept(path, record and _told(record)) or _kept(path, said)
    if not kept:
        return None, [Finding(shown, "page", path.name, "unknown")]
    found = [Finding(shown, "page", path.name, "same" if whole else "changed" if page else "gone")]
    if record and kept.made_of == record["made_of"]:
        files = {f"{path.stem}.{ending}": about["sha256"] for ending, about in record["files"].items()}
        there = {name: inputs.digest(_content(path.parent / name)) for name in files if (path.parent / name).is_file()}
        found += _compared(shown, "file", files, there)
        if said:
            same = said.get("made_of") == inputs.shared(kept.made_of)
            found.append(Finding(shown, "record", "record", "same" if same else "changed"))
        if failure := record["report"].get("failure"):
            found.append(Finding(shown, "file", path.name, "unfinished", now=str(failure.get("message", ""))))
    return kept, found


def _told(record):
    """What a record says, as a page says it."""
    return {
        "name": record.get("name"),
        "notebook": record["report"].get("notebook"),
        "beside": [ending for ending in ("pdf", "xlsx") if ending in record["files"]],
        "made_of": record["made_of"],
    }


def _kept(path, said):
    """The report of this page, if what is said of it is what fiscal says of one."""
    try:
        made_of, words = said["made_of"], [said["name"], said["notebook"], *said["beside"]]
        words += [made_of[part] for part in ("notebook", "code")]
        words += [each for part in ("data", "bundled", "versions") for pair in made_of[part].items() for each in pair]
        words += [made_of["parameters"]["lang"], *made_of["others"]]
        if all(isinstance(each, str) for each in words) and set(said["beside"]) <= {"pdf", "xlsx"}:
            return _Kept(path, said["name"], said["notebook"], tuple(said["beside"]), made_of)
    except (TypeError, KeyError, AttributeError):
        pass
    return None


def _inputs(kept, folders):
    """What it was made of, beside what there is today."""
    made_of, shown = kept.made_of, kept.shown
    template = _template(kept)
    here = {kept.notebook: inputs.digest(template.content)} if template else {}
    yield from _compared(shown, "notebook", {kept.notebook: made_of["notebook"]}, here)
    yield from _compared(shown, "data", made_of["data"], inputs.digests(_data(kept, folders)))
    yield from _compared(shown, "bundled", made_of["bundled"], inputs.bundled())
    yield from _compared(shown, "code", {"fiscal": made_of["code"]}, {"fiscal": inputs.code()})
    yield from _compared(shown, "version", made_of["versions"], inputs.versions()["versions"])


def _compared(shown, part, then, now):
    for item in sorted({*then, *now}):
        before, after = then.get(item, ""), now.get(item, "")
        outcome = "same" if before == after else "gone" if not after else "changed" if before else "new"
        yield Finding(shown, part, item, outcome, before, after)


def _template(kept):
    """The notebook of this name that is here; None if there is none."""
    if template := templates().get(kept.notebook):
        return template
    kind = Instructors if kept.made_of["parameters"].get("edition") == Instructors.edition else Lesson
    about = kept.made_of["parameters"].get("disclosure") if kept.name.partition("/")[0] != COURSE else None
    return next((each for each in lessons(kind, about).values() if each.name == kept.notebook), None)


def _data(kept, folders):
    """The files that are there today for those that a report was made of, by place."""
    files, given = {}, []
    for place in kept.made_of["data"]:
        match place.split("/"):
            case [inputs.OWN, "disclosures", id, _]:
                files |= inputs.of_disclosure(id)
            case [inputs.OWN, "policies", name]:
                files |= inputs.of_policy(name.removesuffix(".yaml"))
            case _:
                given.append(place)
    paths = {place: _found(place, kept.made_of["data"][place], folders) for place in given}
    return files | {place: _content(path) for place, path in paths.items() if path}


def _found(place, digest, folders):
    """The path of a file that a parameter named: of those of its name in these folders the same one, else the first."""
    name = place.rpartition("/")[2]
    paths = [folder / name for folder in folders if name not in ("", ".", "..") and (folder / name).is_file()]
    same = (path for path in paths if inputs.digest(_content(path)) == digest)
    return next(same, next(iter(paths), None))


def _content(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{resources.shown(path)}: can't be read ({error.strerror})") from error


def _index(place):
    """Whether the index of a folder of reports is what its records give."""
    path = place / "index.html"
    if not path.is_file():
        return []

    then, now = _content(path), shelf.Shelf(place).index().encode("utf-8")
    return _compared(resources.shown(path), "index", {path.name: inputs.digest(then)}, {path.name: inputs.digest(now)})


def _again(reports, folders):
    """Make reports again and compare their files with those that lie there."""
    found, rounds = [], {}
    for kept in reports:
        try:
            job = _job(kept, folders)
        except (InputError, TypeError, ValueError) as error:  # of what a page says anything may be wrong
            found.append(Finding(kept.shown, "again", kept.path.name, "unknown", now=str(error)))
            continue
        number = 0
        while job.name in (jobs := rounds.setdefault((kept.beside, number), {})):
            number += 1
        jobs[job.name] = kept, job
    for (beside, _), jobs in rounds.items():
        with temporary.folder() as out:
            links = {name: kept.made_of["others"] for name, (kept, _) in jobs.items()}
            for report in batch.make([job for _, job in jobs.values()], out, beside=beside, links=links):
                kept, _ = jobs[report.job.name]
                if report.failure:
                    why = report.failure.message
                    found.append(Finding(kept.shown, "again", kept.path.name, "unfinished", now=why))
                else:
                    found += _differences(kept, report.path)
    return found


def _job(kept, folders):
    """The job that makes a report once more. Raises InputError if that can't be."""
    template, given = _template(kept), kept.made_of["parameters"]
    text.language(given["lang"])
    if not template:
        raise InputError(f"there is no notebook {kept.notebook!r}")
    per, folder = template.per, kept.name.partition("/")[0]
    if per == "policy":
        path = resources.policy(given.get("policy"))
        disclosures = (disclosure_of(path),) if path else ()
    else:
        disclosures = tuple(ids(given.get("disclosures"))) if per == "set" else (given.get("disclosure"),)
    if not disclosures or any(resources.disclosure(id) is None for id in disclosures):
        raise InputError("what it is about is not there")
    own = {name: value for name, value in given.items() if name not in SET_BY_BATCH}
    for name in own.keys() - template.parameters.keys():
        raise UnknownName("parameter", name, template.parameters)
    for name, kind in template.reads.items():
        place = own.get(name)
        if kind == "file" and place in kept.made_of["data"]:
            own[name] = _found(place, kept.made_of["data"][place], folders)
            if own[name] is None:
                raise InputError(f"{place} is not there")
    subject = folder if per in ("lesson", "policy") else template.name if per == "set" else disclosures[0]
    variant = kept.name.rpartition("/")[2].rpartition(".")[0].removeprefix(template.name).removeprefix("-")
    around = tuple(tuple(each) for each in kept.made_of.get("around", ()))
    job = Job(template, disclosures, subject, given["lang"], own, variant, around)
    if job.name != kept.name or (per == "policy" and subject != given["policy"]):
        raise InputError(f"it would be called {job.name}")
    return job


def _differences(kept, page):
    """A Finding for each file of a report that lies there and was made again."""
    for ending in ("html", "ipynb", "svg", *kept.beside):
        then, now = kept.path.with_suffix(f".{ending}"), page.with_suffix(f".{ending}")
        if not then.is_file() or not now.is_file():
            continue
        before, after = _content(then), _content(now)
        if before == after:
            yield Finding(kept.shown, "again", then.name, "same")
            continue
        if ending == "html" and seal.shown(before) != seal.shown(after):
            before, after = seal.shown(before), seal.shown(after)
        where, *words = _first(before, after, ending in TEXT)
        yield Finding(kept.shown, "again", f"{then.name}, {where}", "changed", *words)


def _first(before, after, is_text):
    """Where two files differ first, and what stands there in each."""
    if is_text:
        before, after = (each.decode("utf-8", "replace") for each in (before, after))
    pairs = enumerate(zip(before, after, strict=False))
    place = next((number for number, pair in pairs if pair[0] != pair[1]), min(len(before), len(after)))
    if not is_text:
        return f"byte {place + 1}", "", ""
    line = before.count("\n", 0, place) + 1
    return f"line {line}", *(each[max(0, place - AROUND) : place + AROUND] for each in (before, after))
