"""Words that are cues, as a corpus shows them: in any language, without a list."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...iob import Labelled

_SHARE = 0.25
"""How often of all times a word stands in a cue, at least; below it are words as `to`."""

Counts = Counter[tuple[str, bool]]
"""How often a lower-case word stands in a cue, and how often not."""


@dataclass(frozen=True)
class CueWords:
    """The cue words that the counts of several documents, summed, show."""

    counts: Counts

    @cached_property
    def words(self) -> frozenset[str]:
        """The cue words, in lower case."""
        return frozenset(word for word, is_cue in self.counts if is_cue and self._often(word, {}))

    def without(self, own: Mapping[tuple[str, bool], int]) -> frozenset[str]:
        """The cue words that are left without the counts of one document."""
        doubtful = {word for word, _ in own}
        return (self.words - doubtful) | {word for word in doubtful if self._often(word, own)}

    def _often(self, word: str, own: Mapping[tuple[str, bool], int]) -> bool:
        cue, other = (self.counts[word, at] - own.get((word, at), 0) for at in (True, False))
        return cue > 0 and cue >= _SHARE * (cue + other)


def counts(text: str, rows: Iterable[Labelled]) -> Counts:
    """The counts of one document; nothing where its cues are not annotated."""
    return Counter(_counted(text, rows))


def _counted(text: str, rows: Iterable[Labelled]) -> Iterator[tuple[str, bool]]:
    for row in rows:
        labels = row.labels["cues"]
        for (start, end), label in zip(row.tokens, labels or (), strict=labels is not None):
            yield text[start:end].lower(), label > 0
