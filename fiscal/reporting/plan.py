"""Which reports to make: notebooks × what each is per × languages."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat

from fiscal import resources, text
from fiscal.errors import InputError, UnknownName
from fiscal.figures import store
from fiscal.rules import load_policy, policies

SET_BY_BATCH = {"disclosure", "disclosures", "policy", "lang"}


@dataclass(frozen=True)
class Template:
    """A notebook with a ``parameters`` cell; its metadata say what it is per and its title."""

    name: str
    path: Path

    @cached_property
    def metadata(self):
        return nbformat.read(self.path, as_version=4).metadata.get("fiscal", {})

    @property
    def per(self):
        return self.metadata.get("per", "disclosure")

    @cached_property
    def parameters(self):
        """Names of the parameters, from the cell that papermill overrides."""
        from papermill.inspection import inspect_notebook

        return set(inspect_notebook(str(self.path)))


@dataclass(frozen=True)
class Job:
    """One report to make: a notebook for its subject in a language.

    The subject is a disclosure, a policy that was read from one, or a set of several, which is named as its notebook.
    """

    template: Template
    disclosures: tuple[str, ...]
    subject: str
    lang: str
    parameters: dict = field(default_factory=dict)

    @property
    def name(self):
        """The path of the report below the output folder, without ending."""
        return f"{self.subject}/{self.template.name}.{self.lang}"

    @property
    def given(self):
        """The parameters that the notebook runs with."""
        of_set = self.template.per == "set"
        subject = {"disclosures": list(self.disclosures)} if of_set else {self.template.per: self.subject}
        return subject | {"lang": self.lang} | self.parameters


def templates():
    """The notebooks that reports are made from, by name."""
    return {path.stem: Template(path.stem, path) for path in sorted(resources.notebooks().glob("*.ipynb"))}


def plan(disclosures, notebooks=None, languages=text.LANGUAGES, parameters=None):
    """The jobs for these disclosures (ids), notebooks (names; None: all) and languages.

    A notebook per set is made once for all of them together, if there are at least two. ``parameters`` go to every
    notebook that has one of that name. Raises UnknownName with what there is, and InputError for a parameter that
    no notebook has.
    """
    there = templates()
    chosen = [_known("notebook", name, there) and there[name] for name in (notebooks or there)]
    for lang in languages:
        text.language(lang)
    folders = store.folders()
    for disclosure in disclosures:
        _known("disclosure", disclosure, folders)
    parameters = parameters or {}
    for name in parameters:
        if not any(name in template.parameters for template in chosen):
            known = sorted(set().union(*(template.parameters for template in chosen)) - SET_BY_BATCH)
            raise UnknownName("parameter", name, known)
        if name in SET_BY_BATCH:
            raise InputError(f"parameter {name!r} is set by the batch itself; name disclosures and --lang instead")
    by_source = _policies_by_source() if any(template.per == "policy" for template in chosen) else {}
    disclosures = tuple(dict.fromkeys(disclosures))
    subjects = [
        (template, (disclosure,), subject)
        for disclosure in disclosures
        for template in chosen
        if template.per != "set"
        for subject in ([disclosure] if template.per == "disclosure" else by_source.get(disclosure, []))
    ]
    if len(disclosures) > 1:
        subjects += [(template, disclosures, template.name) for template in chosen if template.per == "set"]
    if not subjects:
        raise InputError(f"no report to make: {_nothing(chosen, disclosures)}")
    return [
        Job(template, of, subject, lang, {k: v for k, v in parameters.items() if k in template.parameters})
        for template, of, subject in subjects
        for lang in dict.fromkeys(languages)
    ]


def _nothing(chosen, disclosures):
    if all(template.per == "set" for template in chosen):
        return f"{chosen[0].name} sets at least two disclosures side by side; expected more than {disclosures[0]}"
    return f"no policy was read from {text.listed(disclosures, 'en')}"


def _policies_by_source():
    """The policies that were read from each disclosure."""
    found = {}
    for name, path in policies().items():
        found.setdefault(load_policy(path).disclosure, []).append(name)
    return found


def _known(what, name, there):
    if name not in there:
        raise UnknownName(what, name, there)
    return name
