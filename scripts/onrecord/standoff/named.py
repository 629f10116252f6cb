"""Ids of records: those that the source gives, else new ones."""

import random
import re
from collections.abc import Container, Sequence

from ..ids import mint, numbered
from ..schema import table_schema
from .before import Before, place
from .items import Item
from .place import Bench


def named(
    bench: Bench, table: str, letter: str, of: Sequence[Item], before: Before
) -> dict[str, str]:
    """An id for each item: its own if it can be one and has no owner yet, else a new one.

    New is a number, or, where the document was in the corpus before, the id of the record that
    stood there, else one that no record had.
    """
    pattern = re.compile(table_schema(table)["properties"]["id"]["pattern"])
    given: dict[str, str] = {}
    taken: set[str] = set()
    for item in of:
        name = item.fields.get("id", "")
        if pattern.fullmatch(name) and name not in taken:
            given[item.key] = name
            taken.add(name)
        elif name:
            bench.changed(f"id of {table}", item.line, name)
    free = (name for n in range(1, 10**9) if (name := numbered(letter, n)) not in taken)
    stood = {where: name for where, name in before.places(table) if name not in taken}
    taken |= {name for _, name in before.places(table)}
    for item in of:
        if item.key not in given and before:
            given[item.key] = stood.pop(place(item.spans), "") or _minted(letter, item, taken)
            taken.add(given[item.key])
    return {item.key: given.get(item.key) or next(free) for item in of}


def _minted(letter: str, item: Item, taken: Container[str]) -> str:
    """A new id, drawn by where and what the item is: who reads it again gets the same."""
    return mint(letter, taken, random.Random(f"{item.label} {place(item.spans)}").choice)
