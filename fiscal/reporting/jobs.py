"""Which reports to make: notebooks × what each is per × languages, or one for each row of a file."""

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from fiscal import resources, text
from fiscal.errors import InputError, UnknownName
from fiscal.reporting.template import Template, templates

SET_BY_BATCH = {"disclosure", "disclosures", "policy", "lang"}


@dataclass(frozen=True)
class Job:
    """One report to make: a notebook for its subject in a language.

    The subject is a disclosure, a policy that was read from one, or a set of several, which is named as its notebook.
    A ``variant`` tells reports apart that differ in their parameters only.

    >>> fiscal.reporting.plan(["urumqi-2020"], ["debt"], ["zh"])[0].lang
    'zh'
    """

    template: Template
    disclosures: tuple[str, ...]
    subject: str
    lang: str
    parameters: dict = field(default_factory=dict)
    variant: str = ""
    around: tuple[tuple[str, str], ...] = ()  # pages to go on to from this one: title, address

    @property
    def stem(self):
        return f"{self.template.name}-{self.variant}" if self.variant else self.template.name

    @property
    def name(self):
        """The path of the report below the output folder, without ending."""
        return f"{self.subject}/{self.stem}.{self.lang}"

    @property
    def given(self):
        """The parameters that the notebook runs with."""
        per = self.template.per
        subject = {"set": {"disclosures": list(self.disclosures)}, "policy": {"policy": self.subject}}
        return subject.get(per, {"disclosure": self.disclosures[0]}) | {"lang": self.lang} | self.parameters


def plan(disclosures, notebooks=None, languages=text.LANGUAGES, parameters=None) -> list[Job]:
    """The jobs for these disclosures (ids), notebooks (names; None: all) and languages.

    A notebook per set is made once for all of them together, if there are at least two. ``parameters`` go to every
    notebook that has one of that name. Raises UnknownName with what there is, and InputError for a parameter that
    no notebook has.

    >>> jobs = fiscal.reporting.plan(["urumqi-2020"], notebooks=["debt"])
    >>> [job.name for job in jobs]
    ['urumqi-2020/debt.en', 'urumqi-2020/debt.zh']
    """
    return _Planner().jobs(disclosures, notebooks, languages, parameters or {})


def plan_rows(rows):
    """The jobs for rows of a file: pairs of a place, such as ``jobs.csv, row 3``, and a mapping.

    A row has ``notebook`` and ``disclosure`` (for a notebook per set several ids), may have ``lang`` (else both) and
    ``name`` (which tells apart reports that differ in parameters only); the rest are parameters of the notebook.
    Raises InputError or UnknownName with the place.

    >>> row = {"notebook": "evaluation", "disclosure": "urumqi-2020", "lang": "zh", "name": "strict"}
    >>> [job.name for job in fiscal.reporting.plan_rows([("jobs.csv, row 2", row)])]
    ['urumqi-2020/evaluation-strict.zh']
    """
    planner = _Planner()
    found = {}
    for place, row in rows:
        row = dict(row)
        try:
            notebook = _words(row.pop("notebook", None), "notebook", 1)
            disclosures = _words(row.pop("disclosure", None), "disclosure")
            languages = _words(row.pop("lang", None) or " ".join(text.LANGUAGES), "lang")
            variant = str(row.pop("name", "") or "")
            if len(variant) > 60 or not all(character.isalnum() or character in "-_" for character in variant):
                raise InputError(f"name: expected letters, digits, - and _, at most 60, found {variant!r}")
            jobs = planner.jobs(disclosures, notebook, languages, row, variant)
        except InputError as error:
            error.args = (f"{place}: {error}",)
            raise
        for job in jobs:
            # Systems that don't tell capital from small letters would put both into one file.
            key = unicodedata.normalize("NFKC", job.name).casefold()
            if key in found:
                raise InputError(f"{place}: {found[key]} makes {job.name} already; give one of them another name")
            found[key] = place
            yield job


def _words(value, column, most=None):
    words = [str(each) for each in value] if isinstance(value, list) else str(value or "").split()
    if not words or (most and len(words) > most):
        raise InputError(f"{column}: expected {'one' if most else 'at least one'}, found {value or 'nothing'}")
    return words


class _Planner:
    """Looks at what there is once, however many jobs are planned."""

    def __init__(self):
        self.templates = templates()
        self.folders = resources.disclosures()

    def jobs(self, disclosures, notebooks, languages, parameters, variant=""):
        chosen = [_known("notebook", name, self.templates) for name in (notebooks or self.templates)]
        for lang in languages:
            text.language(lang)
        for template in chosen:
            resources.valid_name(template.name, "notebook")
        for disclosure in disclosures:
            _known("disclosure", disclosure, self.folders)
            resources.valid_id(disclosure, "disclosure")
        self._check(parameters, chosen)
        disclosures = tuple(dict.fromkeys(disclosures))
        subjects = [
            (template, (disclosure,), subject)
            for disclosure in disclosures
            for template in chosen
            if template.per != "set"
            for subject in ([disclosure] if template.per == "disclosure" else self.by_source.get(disclosure, []))
            if resources.valid_id(subject, "policy")
        ]
        if len(disclosures) > 1:
            subjects += [(template, disclosures, template.name) for template in chosen if template.per == "set"]
        if not subjects:
            raise InputError(f"no report to make: {_nothing(chosen, disclosures)}")
        return [
            Job(template, of, subject, lang, {k: v for k, v in parameters.items() if k in template.parameters}, variant)
            for template, of, subject in subjects
            for lang in dict.fromkeys(languages)
        ]

    def _check(self, parameters, chosen):
        for name, value in parameters.items():
            having = [template for template in chosen if name in template.parameters]
            if not having:
                known = sorted(set().union(*(template.parameters for template in chosen)) - SET_BY_BATCH)
                raise UnknownName("parameter", name, known)
            if name in SET_BY_BATCH:
                raise InputError(f"parameter {name!r} is set by the batch itself; name disclosures and --lang instead")
            for template in having:
                if template.reads.get(name) == "disclosures":
                    for disclosure in ids(value):
                        _known("disclosure", disclosure, self.folders)

    @cached_property
    def by_source(self):
        """The policies that were read from each disclosure."""
        found = {}
        for name, path in resources.policies().items():
            found.setdefault(disclosure_of(path), []).append(name)
        return found


def disclosure_of(path):
    """Which disclosure a policy (a path) was read from, without checking the rest of it: there may be nothing to do."""
    import yaml

    try:
        content = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return ""  # whoever uses it is told
    named = content.get("disclosure") if isinstance(content, dict) else None
    return named if isinstance(named, str) else ""


def ids(value):
    """Ids of disclosures in a parameter: a list, or words with spaces between them."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value or "").split()


def _nothing(chosen, disclosures):
    if all(template.per == "set" for template in chosen):
        return f"{chosen[0].name} sets at least two disclosures side by side; expected more than {disclosures[0]}"
    return f"no policy was read from {text.listed(disclosures, 'en')}"


def _known(what, name, there):
    if name not in there:
        raise UnknownName(what, name, there)
    return there[name]
