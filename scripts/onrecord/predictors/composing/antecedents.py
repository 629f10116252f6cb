"""Whom pronouns stand for."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ...segment import Stretch
from ..overlaps import Nested
from .cluster import Cluster, Clusters, nearest
from .forms import Reference

_ELSEWHERE = 1.5
"""Sentences by which what only a quote mentions seems further away from outside of it."""


class Voice(NamedTuple):
    """A stretch that somebody speaks, and the indices of the mentions that speak it."""

    start: int
    end: int
    speakers: Sequence[int]


class Antecedents:
    """The mentions of one text, which other pronouns and clusters are resolved to."""

    def __init__(
        self,
        sentences: Sequence[Stretch],
        references: Sequence[Reference],
        voices: Sequence[Voice],
        clusters: Clusters,
    ) -> None:
        starts = [start for start, _ in sentences]
        self._sentences = [bisect_right(starts, reference.start) for reference in references]
        self._references = references
        self._voices = Nested(voices)
        self._spoken_in = [next(self._voices.holding(*r[:2]), None) for r in references]
        self._clusters = clusters

    def of(self, index: int, gender: str) -> Cluster | None:
        """The actor that fits and is nearest before a pronoun, else the first after it."""
        kind = self._references[index].kind
        before = self._before(index, kind, gender)
        if before is not None:
            return self._clusters.of[before]
        found = self._clusters.found
        return nearest(index, [c for c in found if c.kind == kind and c.may_have(gender)])

    def of_speaking(self, index: int, gender: str) -> Cluster | None:
        """Whom "I" and "we" stand for: the speaker, or a body that the speaker is with."""
        reference = self._references[index]
        for voice in self._voices.holding(*reference[:2]):
            for speaker in voice.speakers:
                cluster = self._clusters.of.get(speaker)
                if cluster is not None and cluster.kind == reference.kind:
                    return cluster
        return self.of(index, gender)

    def _before(self, index: int, kind: str, gender: str) -> int | None:
        """The nearest mention of an actor that fits: sentences back, and there the first."""
        at, here = self._sentences[index], self._spoken_in[index]
        best: tuple[float, int] | None = None
        for member in range(index - 1, -1, -1):
            back = at - self._sentences[member]
            if best is not None and back > best[0]:
                break
            cluster = self._clusters.of.get(member)
            if cluster is not None and cluster.kind == kind and cluster.may_have(gender):
                elsewhere = self._spoken_in[member] not in (None, here)
                found = back + _ELSEWHERE * elsewhere, member
                best = min(best or found, found)
        return best[1] if best else None
