"""What a check is made of: rules with their documentation, findings, and the bundle they see."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from ..paths import Place
from ..schema import Json

SECTIONS = ("Reason", "Usual cause", "Cure")
"""What follows the statement of a rule in its documentation."""


class Rule:
    """One rule, named by its code; its docstring is what `onrecord explain` prints.

    The first paragraph states the rule; then follow paragraphs that begin with `Reason:`,
    `Usual cause:` and `Cure:`. A rule of `form` concerns how a record is written, not what it
    says, so a record that breaks it is still judged by the rules above.
    """

    form: ClassVar[bool] = False

    @classmethod
    def code(cls) -> str:
        """`E` for what blocks a merge or `W` for advice, and three digits."""
        return cls.__name__

    @classmethod
    def level(cls) -> int:
        """1 bytes and JSON, 2 schema, 3 anchors and references, 4 guidelines, 5 corpus."""
        return int(cls.__name__[1])

    @classmethod
    def paragraphs(cls) -> list[str]:
        """The docstring, each paragraph on one line, the statement of the rule first."""
        text = inspect.cleandoc(cls.__doc__ or "")
        return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]

    @classmethod
    def at(
        cls, table: str, line: int, message: str, *, pointer: str = "", hint: str = ""
    ) -> "Finding":
        """A breach of this rule by the record on `line` of `table`, or by the file if 0."""
        return Finding(cls, table, line, message, pointer, hint)


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a rule inside one bundle."""

    rule: type[Rule]
    table: str
    line: int
    message: str
    pointer: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of one table that are judged, each with the number of its line."""

    numbers: list[int] = field(default_factory=list)
    records: list[Json] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, Json]]:
        return zip(self.numbers, self.records, strict=True)

    def without(self, lines: set[int]) -> "Rows":
        """The rows that stand on other lines."""
        kept = [(number, record) for number, record in self if number not in lines]
        return Rows([number for number, _ in kept], [record for _, record in kept])


@dataclass(frozen=True)
class Bundle:
    """The records of a bundle as far as they are sound, for one level of checks.

    `known` holds, table by table, every pair of document and id that was read, also of records
    that failed a lower level; `whole` names the tables in which every line was read, so that an id
    that is not known there does not exist.
    """

    place: Place
    rows: dict[str, Rows]
    known: dict[str, set[tuple[str, str]]]
    whole: frozenset[str]

    def __getitem__(self, table: str) -> Rows:
        return self.rows[table]

    @cached_property
    def documents(self) -> dict[str, Json]:
        """The sound documents by id."""
        return {record["id"]: record for record in self.rows["documents"].records}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of every sound document, by id."""
        return {name: record["text"] for name, record in self.documents.items()}

    def by_id(self, table: str) -> dict[tuple[str, str], Json]:
        """The sound records of `table` by document and id."""
        return {(record["doc"], record["id"]): record for record in self.rows[table].records}

    @cached_property
    def mentions(self) -> dict[tuple[str, str], Json]:
        """The sound mentions by document and id."""
        return self.by_id("mentions")

    @cached_property
    def quotes(self) -> dict[tuple[str, str], Json]:
        """The sound quotes by document and id."""
        return self.by_id("quotes")


@dataclass(frozen=True, slots=True)
class Check:
    """A pass over a bundle and the rules it may find broken."""

    run: Callable[[Bundle], Iterator[Finding]]
    rules: tuple[type[Rule], ...]

    @property
    def level(self) -> int:
        """The level of its rules."""
        return self.rules[0].level()


def check(
    *rules: type[Rule],
) -> Callable[[Callable[[Bundle], Iterator[Finding]]], Check]:
    """Make a function that yields findings a check of `rules`, which are all of one level."""
    return lambda run: Check(run, rules)
