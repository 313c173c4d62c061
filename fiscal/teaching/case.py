"""What a lesson is about: a document with its figures and measures, and the rules that are applied."""

import re
from functools import cached_property

from fiscal import audit, datasets, measures, narrative, rules, text
from fiscal.errors import InputError
from fiscal.figures import store, vocabulary
from fiscal.teaching import practice
from fiscal.teaching.exercise import Either

DISCLOSURE = "urumqi-2020"
POLICY = "urumqi-2020"


class NotStated(InputError):
    """The document does not print what an exercise asks for; ``concepts`` says which ids."""

    def __init__(self, *concepts):
        self.concepts = concepts
        super().__init__(f"not stated in the document: {', '.join(concepts) or 'enough figures'}")


class Case:
    """A document (the id of a disclosure) and a policy, with frames that are read once.

    ``figures``, ``debt``, ``transfers``, ``performance``, ``statements``: as ``fiscal.datasets`` gives them.
    ``debt_measures`` and ``transfer_measures``: as ``fiscal.measures`` does. ``findings``: as ``fiscal.audit`` does.
    ``text``: the document. ``policy``: the rule book. ``projects`` (synthetic, one row a project and node) and
    ``monitoring`` (the same, decided by the policy).

    >>> fiscal.teaching.Case("urumqi-2020").value("debt.balance")
    118894000000
    """

    def __init__(self, disclosure=DISCLOSURE, policy=POLICY):
        self.disclosure = disclosure
        self.source = datasets.source(disclosure)
        self._policy = policy

    @cached_property
    def figures(self):
        return datasets.figures(self.disclosure)

    @cached_property
    def debt(self):
        return datasets.debt(self.disclosure)

    @cached_property
    def transfers(self):
        return datasets.transfers(self.disclosure)

    @cached_property
    def performance(self):
        return datasets.performance(self.disclosure)

    @cached_property
    def statements(self):
        return datasets.statements(self.disclosure)

    @cached_property
    def debt_measures(self):
        return measures.debt(self.figures)

    @cached_property
    def transfer_measures(self):
        return measures.transfers(self.figures)

    @cached_property
    def findings(self):
        return audit.findings(self.disclosure)

    @cached_property
    def text(self):
        """The document as it is kept beside its figures; of a bundled one a page in our words: see ``practice``."""
        return store.load(self.disclosure).text or practice.page(self)

    @property
    def kept(self):
        """Whether that text is the document's own."""
        return store.load(self.disclosure).text is not None

    @cached_property
    def policy(self):
        return rules.load_policy(self._policy)

    @cached_property
    def projects(self):
        return datasets.projects()

    @cached_property
    def monitoring(self):
        return rules.monitor(self.projects, self.policy)

    def value(self, concept):
        """A printed figure that sentences tell, as an int in yuan, basis points or a count. Raises NotStated."""
        return int(self.row(concept)["value"])

    def row(self, concept):
        """The row of that figure as a dict. Raises NotStated, or UnknownName for what is no concept."""
        vocabulary.label(concept, "en")
        if not self._facts.has(concept):
            raise NotStated(concept)
        return self._facts.printed(concept)

    def has(self, *concepts):
        """Whether the document prints all of these as results of the year and scope that is told."""
        return all(self._facts.has(concept) for concept in concepts)

    @cached_property
    def _facts(self):
        debt = concept_prefix(self.figures, "debt.")
        return narrative.facts(self.disclosure, self.debt_measures if debt else self.transfer_measures, "en")

    def names(self, lang):
        """What texts may name in braces."""
        source = self.source

        def name(key, generic):
            return (source.get(key) or {}).get(lang) or (source.get(key) or {}).get("zh") or generic[lang]

        return {
            "place": name("jurisdiction", {"en": "the place", "zh": "本地"}),
            "year": str(source["fiscal_year"]),
            "above": name("level_above", {"en": "the level above", "zh": "上级"}),
            "below": name("level_below", {"en": "the levels below", "zh": "下级"}),
            "title": name("title", {"en": "the document", "zh": "本文件"}),
        }

    def said(self, words, lang):
        """A text of a lesson in a language, with its names filled in."""
        if callable(words):
            words = words(self)
        chosen = words[text.LANGUAGES.index(lang)]
        names = self.names(lang)
        return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), chosen)

    def named(self, concept, *words):
        """The ways in which a figure of this concept may be named in an answer."""
        ids = self.figures.loc[self.figures["concept"] == concept, "figure_id"]
        return Either(*words, concept, vocabulary.label(concept, "en"), vocabulary.label(concept, "zh"), *ids)


def concept_prefix(figures, prefix):
    """Whether a frame of figures has a concept that begins so."""
    return figures["concept"].str.startswith(prefix).any()
