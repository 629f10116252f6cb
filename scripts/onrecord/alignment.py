"""What an answer gives: annotations, and how much of it could not be used."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .lookup import Stretch
from .model import Article
from .schema import labels


@dataclass(frozen=True, slots=True)
class Aligned:
    """The annotations that an answer gives, and how much of it could be used.

    `asked` counts by kind what was looked for, `failed` what was not found: the words of each
    `mention`, `content`, `cue` and `claim`; each `reference` to an actor or quote; each `label`.
    """

    article: Article
    asked: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str, number: int, found: int) -> None:
        """Take note of how many things were looked for, and how many of them found."""
        self.asked[kind] += number
        self.failed[kind] += number - found

    def count_parts(
        self, kind: str, asked: Sequence[Sequence[str]], found: Sequence[Sequence[Stretch]]
    ) -> None:
        """The same for things that are lists of parts."""
        self.count(kind, sum(map(len, asked)), sum(map(len, found)))

    def known(self, names: Iterable[str | None], among: Mapping[str, object]) -> list[str]:
        """The names that refer to something, each once; all but None are counted."""
        asked = [name for name in dict.fromkeys(names) if name is not None]
        found = [name for name in asked if name in among]
        self.count("reference", len(asked), len(found))
        return found

    def label(self, table: str, name: str, value: str) -> str:
        """A label if the field has it, else `unspecified`; it is counted."""
        known = value in labels(table, name)
        self.count("label", 1, known)
        return value if known else "unspecified"
