"""Which mentions are one actor."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from ...segment import Stretch
from ..lexicon import Lexicon
from .aliases import name_of
from .antecedents import Antecedents, Voice
from .cluster import Cluster, Clusters, nearest
from .forms import Reference, state
from .gender import gender, noun

_APPOSED = 4
"""Characters from a name to a description behind a comma, less than."""
_TITLES = 60
"""Characters before a name in which its titles stand."""


def clusters(
    text: str,
    sentences: Sequence[Stretch],
    references: Sequence[Reference],
    voices: Sequence[Voice],
    words: Lexicon,
) -> list[Cluster]:
    """The actors of one text, in the order of their first mentions.

    Every reference is in one cluster. Names are one actor where they are equal, where one is the
    end or the beginning of the other, or its initials; adjectives follow the state that they are
    made from; pronouns take the nearest actor that fits; other mentions are told by their heads.
    """
    found = Clusters()
    antecedents = Antecedents(sentences, references, voices, found)
    _Clustering(text, references, antecedents, found, words).run()
    return sorted(found.found, key=lambda cluster: cluster.members[0])


class _Clustering:
    def __init__(
        self,
        text: str,
        references: Sequence[Reference],
        antecedents: Antecedents,
        clusters: Clusters,
        words: Lexicon,
    ) -> None:
        self._text = text
        self._references = references
        self._antecedents = antecedents
        self._clusters = clusters
        self._words = words
        self._names = [name_of(reference) for reference in references]
        self._genders = [gender(text, reference, words) for reference in references]
        self._places = sorted({r.exact for r in references if r.kind == "gpe" and r.form == "name"})
        self._ending: dict[int, list[int]] = defaultdict(list)
        self._starting: dict[int, list[int]] = defaultdict(list)
        for index, reference in enumerate(references):
            if reference.form == "name":
                self._ending[reference.end].append(index)
                self._starting[reference.start].append(index)

    def run(self) -> None:
        """Names first, so that a later full name helps an earlier short one; pronouns last."""
        indices = range(len(self._references))
        self._put_all("name", sorted(indices, key=self._fullest_first), self._name)
        self._put_all("adjective", indices, self._adjective)
        self._put_all("nominal", indices, self._nominal)
        speaking = {index for index in indices if self._speaks(index)}
        others = [index for index in indices if index not in speaking]
        self._put_all("pronoun", others, self._pronoun)
        self._put_all("pronoun", sorted(speaking), self._speaking_pronoun)

    def _put_all(
        self, form: str, indices: Sequence[int], find: Callable[[int], Cluster | None]
    ) -> None:
        for index in indices:
            if self._references[index].form == form:
                self._put(index, find(index))

    def _put(self, index: int, fitting: Cluster | None) -> None:
        reference = self._references[index]
        cluster = self._clusters.put(index, fitting, reference.kind)
        if reference.form in ("name", "adjective"):
            self._clusters.call(cluster, self._names[index])
        if reference.form == "nominal":
            self._clusters.describe(cluster, [noun(reference)])
        elif reference.form == "name" and reference.kind == "person":
            start = reference.start
            before = self._text[max(start - _TITLES, 0) : start].lower().split()
            titles = self._words("kinds", "persons").intersection(before[-3:])
            self._clusters.describe(cluster, titles)
        cluster.gender = cluster.gender or self._genders[index]

    def _fullest_first(self, index: int) -> tuple[int, int]:
        return -len(self._references[index].exact.split()), index

    def _name(self, index: int) -> Cluster | None:
        name, kind = self._names[index], self._references[index].kind
        fits = self._clusters.maybe_called(name, kind)
        alike = [c for c in fits if c.kind == kind]
        same = [c for c in fits if name in c.names] or alike
        if kind == "person" and len(name) == 1:
            same = [c for c in alike if c.may_have(self._genders[index])] or alike or same
        return nearest(index, same)

    def _adjective(self, index: int) -> Cluster | None:
        made_from = state(self._references[index].exact, self._places, self._words).casefold()
        for name in (tuple(made_from.split()), self._names[index]):
            named = [c for c in self._clusters.called(name) if c.kind == "gpe"] if name else []
            if named:
                return nearest(index, named)
        return None

    def _nominal(self, index: int) -> Cluster | None:
        reference = self._references[index]
        if (described := self._described(index)) is not None:
            return described
        first = reference.exact.split()[0].lower()
        if first not in self._words("mentions", "definite"):
            return None
        word = noun(reference)
        headed = [c for c in self._clusters.described(reference.kind, word) if c.first < index]
        if not headed and word in self._words.generic.get(reference.kind, frozenset()):
            headed = self._bodiless(index, reference.kind)
        return nearest(index, headed)

    def _bodiless(self, index: int, kind: str) -> list[Cluster]:
        """The actors of a kind before a mention whose names do not say what sort of body it is."""
        bodies = self._words("kinds", "organizations")
        return [
            cluster
            for cluster in self._clusters.found
            if cluster.kind == kind
            and cluster.first < index
            and all(bodies.isdisjoint(name) for name in cluster.names)
        ]

    def _described(self, index: int) -> Cluster | None:
        """The actor whose name stands before a comma and this description, or behind both."""
        start, end, _, kind, _ = self._references[index]
        beside = [
            other
            for between in range(1, _APPOSED)
            for stretch, others in (
                (self._text[start - between : start], self._ending.get(start - between, ())),
                (self._text[end : end + between], self._starting.get(end + between, ())),
            )
            if stretch.strip() == ","
            for other in others
            if self._clusters.of[other].kind == kind
        ]
        best = min(beside, key=self._fullest_first, default=None)
        return None if best is None else self._clusters.of[best]

    def _pronoun(self, index: int) -> Cluster | None:
        return self._antecedents.of(index, self._genders[index])

    def _speaking_pronoun(self, index: int) -> Cluster | None:
        return self._antecedents.of_speaking(index, self._genders[index])

    def _speaks(self, index: int) -> bool:
        word = self._references[index].exact.lower()
        names = ("speaking", "speaking_plural")
        return any(word in self._words("mentions", name) for name in names)
