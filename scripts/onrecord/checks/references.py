"""Level 3, references: ids are unique, and what a record points to exists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

from .. import schema
from ..model import Document
from ..schema import ANNOTATIONS
from .rule import Draft, Finding, Rows, Rule, check


class E311(Rule):
    """An id is used once in a document and table.

    Reason: a reference to it would mean two records.

    Usual cause: a record was copied, or a merge kept both versions of a line.

    Cure: delete one of the records, or give one a new id if both are meant.
    """


class E312(Rule):
    """What a record refers to exists in the same document.

    Reason: a reference to nothing has no meaning.

    Usual cause: a record was deleted but not the references to it, or an id is misspelt.

    Cure: correct the id, or remove the reference.
    """


class E313(Rule):
    """A reference names a record of the right table.

    Reason: claims have actors as targets, quotes have mentions as speakers; the two differ.

    Usual cause: the id of a mention was written where an actor's belongs.

    Cure: write the id of the actor that the mention refers to.
    """


class E314(Rule):
    """The document that a record names is in the same bundle.

    Reason: a record without its text cannot be read.

    Usual cause: a line was pasted from another bundle, or the document was renamed.

    Cure: correct `doc`, or move the line to the bundle of its document.
    """


@check(E311)
def duplicates(draft: Draft) -> Iterator[Finding]:
    """Ids that stand twice; the first record keeps its id."""
    for table in ANNOTATIONS:
        rows = draft.rows(table)
        if len(draft.known[table]) == len(rows.records) + len(draft.lost[table]):
            continue
        first: dict[str, int] = {}
        for number, record in rows:
            line = first.setdefault(record.id, number)
            if line != number:
                message = f"id {record.id!r} stands on line {line} already"
                yield E311.at(table, number, message, pointer="/id")


@check(E312, E313)
def references(draft: Draft) -> Iterator[Finding]:
    """References from record to record."""
    known = draft.known
    for reference in _REFERENCES:
        records = draft.rows(reference.table).records
        if records and reference.target in draft.whole:
            values = set(map(reference.values, records))
            values.discard(None)
            names = chain.from_iterable(values) if reference.listed else values
            if not known[reference.target].issuperset(names):
                yield from _dangling(draft, reference)


@dataclass(frozen=True)
class _Reference:
    """A field that names records of another table."""

    table: str
    field: str
    target: str

    @cached_property
    def values(self) -> Callable[[Any], Any]:
        """Reads the field of a record."""
        return attrgetter(self.field)

    @cached_property
    def listed(self) -> bool:
        """Whether the field holds a list of ids."""
        declared = schema.table_schema(self.table)["properties"][self.field]
        return bool(declared["type"] == "array")


_REFERENCES = tuple(
    _Reference(table, field, target)
    for table in ANNOTATIONS
    for field, target in schema.references(table).items()
)


def same_documents(documents: Rows[Document]) -> Iterator[Finding]:
    """Documents of one bundle with the same id."""
    first: dict[str, int] = {}
    for number, document in documents:
        line = first.setdefault(document.id, number)
        if line != number:
            message = f"id {document.id!r} stands on line {line} already"
            yield E311.at("documents", number, message, pointer="/id")


def strays(draft: Draft) -> Iterator[Finding]:
    """Records of a document that is not in the bundle."""
    for table in ANNOTATIONS:
        for number, record in draft.rows(table):
            message = f"document {record.doc!r} is not in this bundle"
            yield E314.at(table, number, message, pointer="/doc")


def _dangling(draft: Draft, reference: _Reference) -> Iterator[Finding]:
    known = draft.known[reference.target]
    for number, record in draft.rows(reference.table):
        value = reference.values(record)
        for index, name in enumerate(value if reference.listed else (value,)):
            if name is not None and name not in known:
                pointer = f"/{reference.field}" + (f"/{index}" if reference.listed else "")
                yield _explained(draft, (reference.table, number, pointer), name, reference.target)


def _explained(draft: Draft, place: tuple[str, int, str], name: str, target: str) -> Finding:
    table, number, pointer = place
    for other in ANNOTATIONS:
        if name in draft.known[other]:
            message = f"{name!r} is in {other}, expected one of {target}"
            return E313.at(table, number, message, pointer=pointer)
    return E312.at(table, number, f"{name!r} is not in {target}", pointer=pointer)
