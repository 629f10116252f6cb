"""Level 3, references: ids are unique, and what a record points to exists."""

from collections.abc import Iterator

from .. import schema
from ..schema import TABLES
from .rule import Bundle, Finding, Rule, check


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
def duplicates(bundle: Bundle) -> Iterator[Finding]:
    """Ids that stand twice; the first record keeps its id."""
    for table in TABLES:
        ids = [_key(record) for record in bundle[table].records]
        if len(set(ids)) == len(ids):
            continue
        first: dict[tuple[str, str], int] = {}
        for number, record in bundle[table]:
            line = first.setdefault(_key(record), number)
            if line != number:
                message = f"id {record['id']!r} stands on line {line} already"
                yield E311.at(table, number, message, pointer="/id")


@check(E314)
def owners(bundle: Bundle) -> Iterator[Finding]:
    """Records whose document is not there."""
    if "documents" not in bundle.whole:
        return
    documents = {name for name, _ in bundle.known["documents"]}
    for table in TABLES[1:]:
        for number, record in bundle[table]:
            if record["doc"] not in documents:
                message = f"document {record['doc']!r} is not in this bundle"
                yield E314.at(table, number, message, pointer="/doc")


@check(E312, E313)
def references(bundle: Bundle) -> Iterator[Finding]:
    """References from record to record."""
    for table in TABLES:
        for field, target in schema.references(table).items():
            if target in bundle.whole:
                yield from _dangling(bundle, table, field, target)


def _dangling(bundle: Bundle, table: str, field: str, target: str) -> Iterator[Finding]:
    known = bundle.known[target]
    documents = {name for name, _ in bundle.known["documents"]}
    # Records that name a document which is not there are reported for that alone.
    strayed = {name for doc, name in known if doc not in documents}
    for number, record in bundle[table]:
        if field not in record:
            continue
        value = record[field]
        for index, name in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if (record["doc"], name) not in known and name not in strayed:
                pointer = f"/{field}" if index is None else f"/{field}/{index}"
                yield _explained(bundle, (table, number, pointer), record["doc"], name, target)


def _explained(
    bundle: Bundle, place: tuple[str, int, str], doc: str, name: str, target: str
) -> Finding:
    table, number, pointer = place
    for other in TABLES[1:]:
        if (doc, name) in bundle.known[other]:
            message = f"{name!r} is in {other}, expected one of {target}"
            return E313.at(table, number, message, pointer=pointer)
    return E312.at(table, number, f"{name!r} is not in {target}", pointer=pointer)


def _key(record: schema.Json) -> tuple[str, str]:
    name: str = record["id"]
    return record.get("doc", name), name
