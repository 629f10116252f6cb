"""What a check is made of: rules with their documentation, findings, and the bundle they see."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Generic, TypeVar

from ..documented import paragraphs
from ..model import Actor, Claim, Document, Mention, Quote
from ..paths import Place
from ..schema import ANNOTATIONS

SECTIONS = ("Reason", "Usual cause", "Cure")
"""What follows the statement of a rule in its documentation."""

R = TypeVar("R")

_ID = attrgetter("id")


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
    def is_error(cls) -> bool:
        """Whether a breach blocks a merge."""
        return cls.__name__.startswith("E")

    @classmethod
    def removes(cls) -> bool:
        """Whether a record that breaks the rule is left out of what runs after it."""
        return cls.is_error() and not cls.form

    @classmethod
    def paragraphs(cls) -> list[str]:
        """The docstring, each paragraph on one line, the statement of the rule first."""
        return paragraphs(cls)

    @classmethod
    def at(
        cls,
        table: str,
        line: int,
        message: str,
        *,
        pointer: str = "",
        hint: str = "",
        place: tuple[int, int] | None = None,
    ) -> "Finding":
        """A breach of this rule by the record on `line` of `table`, or by the file if 0."""
        return Finding(cls, table, line, message, pointer, hint, place)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules are reported, by the beginnings of their codes; `ignored` wins."""

    selected: tuple[str, ...] = ("",)
    ignored: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether the rule with this code is reported."""
        return code.startswith(self.selected) and not code.startswith(self.ignored)

    def needs(self, check: "Check") -> bool:
        """Whether a check has to run: errors always, since others build on them."""
        return any(rule.is_error() or self.has(rule.code()) for rule in check.rules)


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a rule inside one bundle; `pointer` leads into the record on `line`.

    `place` are the offsets of what is meant, for findings about a text and not about a span.
    """

    rule: type[Rule]
    table: str
    line: int
    message: str
    pointer: str = ""
    hint: str = ""
    place: tuple[int, int] | None = None


@dataclass(slots=True)
class Rows(Generic[R]):
    """The records of one table that are judged, and on which line each stands."""

    numbers: Sequence[int] = ()
    records: Sequence[R] = ()

    def __iter__(self) -> Iterator[tuple[int, R]]:
        return zip(self.numbers, self.records, strict=True)

    def and_then(self, other: "Rows[R]") -> "Rows[R]":
        """These rows and then the others."""
        return Rows([*self.numbers, *other.numbers], [*self.records, *other.records])

    def without(self, lines: set[int]) -> "Rows[R]":
        """The rows that stand on other lines."""
        kept = [(number, record) for number, record in self if number not in lines]
        return Rows([number for number, _ in kept], [record for _, record in kept])


@dataclass
class Draft:
    """One document and its annotations as far as they are sound, for one check.

    `document` is None where its line could not be used; `lost` holds the ids of records that
    failed a lower level, table by table; `whole` names the tables in which every line was read,
    so that an id that is not known there does not exist.
    """

    place: Place
    name: str
    line: int
    document: Document | None
    actors: Rows[Actor]
    mentions: Rows[Mention]
    quotes: Rows[Quote]
    claims: Rows[Claim]
    lost: Mapping[str, Set[str]]
    whole: frozenset[str]

    def rows(self, table: str) -> Rows[Any]:
        """The rows of one table of annotations."""
        rows: Rows[Any] = getattr(self, table)
        return rows

    @cached_property
    def known(self) -> dict[str, set[str]]:
        """The ids in each table, also those of records that failed a lower level."""
        return {
            name: {*map(_ID, self.rows(name).records), *self.lost[name]} for name in ANNOTATIONS
        }

    @cached_property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text if self.document is not None else ""

    @cached_property
    def quote(self) -> dict[str, Quote]:
        """The sound quotes by id."""
        return {quote.id: quote for quote in self.quotes.records}

    @cached_property
    def nested(self) -> dict[str, list[Quote]]:
        """By the id of a quote the sound quotes that lie directly in it."""
        found: dict[str, list[Quote]] = {}
        for quote in self.quotes.records:
            if quote.within is not None:
                found.setdefault(quote.within, []).append(quote)
        return found

    @cached_property
    def mention(self) -> dict[str, Mention]:
        """The sound mentions by id."""
        return {mention.id: mention for mention in self.mentions.records}

    def has_layer(self, layer: str) -> bool:
        """Whether the document is annotated exhaustively in `layer`."""
        return self.document is not None and layer in self.document.layers

    def complete(self, table: str) -> bool:
        """Whether no record of the table was left out."""
        return table in self.whole and not self.lost[table]

    def without(self, findings: list[Finding]) -> "Draft":
        """The draft without the records that break a rule on what they say."""
        broken: dict[str, set[int]] = {}
        for finding in findings:
            if finding.rule.removes():
                broken.setdefault(finding.table, set()).add(finding.line)
        lost = {"document": None} if broken.pop("documents", None) else {}
        rows = {table: self.rows(table).without(lines) for table, lines in broken.items()}
        changes: dict[str, Any] = {**lost, **rows}
        if not changes:
            return self
        gone = {
            name: self.lost[name] | (self.known[name] if name in rows else set())
            for name in ANNOTATIONS
        }
        return replace(self, **changes, lost=gone)


@dataclass(frozen=True, slots=True)
class Check:
    """A pass over a document and the rules it may find broken."""

    run: Callable[[Draft], Iterator[Finding]]
    rules: tuple[type[Rule], ...]

    @property
    def level(self) -> int:
        """The level of its rules."""
        return self.rules[0].level()


def check(
    *rules: type[Rule],
) -> Callable[[Callable[[Draft], Iterator[Finding]]], Check]:
    """Make a function that yields findings a check of `rules`, which are all of one level."""
    return lambda run: Check(run, rules)
