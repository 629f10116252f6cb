"""Level 3, order: records stand where a sorted insertion would put them."""

from collections.abc import Iterator
from typing import Any

from ..schema import TABLES, Json
from .rule import Bundle, Finding, Rule, check


class E321(Rule):
    """Records are sorted: by document, then by their first span, longest first, then by id.

    Reason: with one order, two people adding records rarely touch the same line.

    Usual cause: a record was added at the end of the file.

    Cure: move the line to its place; actors are sorted by id.
    """

    form = True


@check(E321)
def order(bundle: Bundle) -> Iterator[Finding]:
    """The first record of each table that stands too late."""
    position = {name: index for index, name in enumerate(bundle.documents)}
    for table in TABLES[1:]:
        rows = bundle[table]
        keys = [sort_key(table, record, position) for record in rows.records]
        if keys == sorted(keys):
            continue
        late = next(i for i in range(1, len(keys)) if keys[i] < keys[i - 1])
        before = rows.records[late - 1]["id"]
        message = f"{rows.records[late]['id']!r} stands after {before!r}, expected before it"
        yield E321.at(table, rows.numbers[late], message)


def sort_key(table: str, record: Json, position: dict[str, int]) -> tuple[Any, ...]:
    """What records of `table` are sorted by; `position` is that of each document in its bundle."""
    place = position.get(record["doc"], len(position))
    if table == "actors":
        return place, record["id"]
    first = record if table == "mentions" else record["content"][0]
    return place, first["start"], -first["end"], record["id"]
