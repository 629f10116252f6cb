"""What a passage between formats loses or changes, counted by kind, with where it happened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_KEPT = 1000
"""Places kept of one kind; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that did not come through as it was.

    `kind` is a few words that are the same for all like it (`relation cop`); `where` is `path:line`
    of a source, or `document/record` of the corpus; `found` is the thing itself, if it has words.
    """

    kind: str
    where: str
    found: str = ""


class Losses:
    """What was lost and what was changed on the way of some documents."""

    def __init__(self) -> None:
        self.lost_kinds: Counter[str] = Counter()
        self.changed_kinds: Counter[str] = Counter()
        self._kept: dict[str, list[Loss]] = {}

    def lost(self, kind: str, where: str, found: str = "") -> None:
        """Something has no place where it was to go."""
        self.lost_kinds[kind] += 1
        self._keep(Loss(kind, where, found))

    def changed(self, kind: str, where: str, found: str = "") -> None:
        """Something went, but not as it was."""
        self.changed_kinds[kind] += 1
        self._keep(Loss(kind, where, found))

    def places(self, kind: str) -> list[Loss]:
        """Where things of this kind happened; of very many the first thousand."""
        return self._kept.get(kind, [])

    def __iter__(self) -> Iterator[tuple[str, str, int, list[Loss]]]:
        """`lost` or `changed`, kind, count and places, the commonest first."""
        for what, kinds in (("lost", self.lost_kinds), ("changed", self.changed_kinds)):
            for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
                yield what, kind, count, self.places(kind)

    def __bool__(self) -> bool:
        return bool(self.lost_kinds or self.changed_kinds)

    def _keep(self, loss: Loss) -> None:
        kept = self._kept.setdefault(loss.kind, [])
        if len(kept) < _KEPT:
            kept.append(loss)
