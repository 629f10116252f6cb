"""Level 3, order: records stand where a sorted insertion would put them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import attrgetter, lt
from typing import Any

from ..model import Actor, Claim, Mention, Quote
from ..schema import ANNOTATIONS
from .rule import Draft, Finding, Rule, check


class E321(Rule):
    """Records are sorted: by document, then by their first span, longest first, then by id.

    Reason: with one order, two people adding records rarely touch the same line.

    Usual cause: a record was added at the end of the file.

    Cure: move the line to its place; actors are sorted by id.
    """

    form = True


@check(E321)
def order(draft: Draft) -> Iterator[Finding]:
    """The first record of each table that stands too late in its document."""
    for table in ANNOTATIONS:
        rows = draft.rows(table)
        for index in _steps_back(table, rows.records):
            before, record = rows.records[index - 1 : index + 1]
            if sort_key(record) < sort_key(before):
                message = f"{record.id!r} stands after {before.id!r}, expected before it"
                yield E321.at(table, rows.numbers[index], message)
                break


def documents_in_turn(
    table: str, starts: list[tuple[str, int]], names: list[str]
) -> Iterator[Finding]:
    """Documents of a bundle whose records do not stand in the order of the documents.

    `starts` has the document of every run of records and the line on which the run starts.
    """
    position = {name: index for index, name in enumerate(names)}
    furthest = -1
    for name, line in starts:
        if position.get(name, furthest) < furthest:
            message = f"records of {name!r} stand behind those of {names[furthest]!r}"
            yield E321.at(table, line, message, hint="records stand in the order of the documents")
            return
        furthest = max(furthest, position.get(name, furthest))


def sort_key(record: Any) -> tuple[Any, ...]:
    """What the records of a document are sorted by."""
    if isinstance(record, Actor):
        return (record.id,)
    first = record if isinstance(record, Mention) else record.content[0]
    return first.start, -first.end, record.id


def _steps_back(table: str, records: Sequence[Any]) -> list[int]:
    """Where a record does not simply begin behind the one before it."""
    begins = list(map(_BEGIN[table], records))
    if all(map(lt, begins, islice(begins, 1, None))):
        return []
    return [i for i in range(1, len(begins)) if begins[i] <= begins[i - 1]]


def _content_start(record: Quote | Claim) -> int:
    return record.content[0].start


_BEGIN: dict[str, Callable[[Any], Any]] = {
    "actors": attrgetter("id"),
    "mentions": attrgetter("start"),
    "quotes": _content_start,
    "claims": _content_start,
}
