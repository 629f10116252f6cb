"""An article open in a tool, and what should come of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from onrecord.model import Article
from onrecord.schema import TABLES

from .tool import Tool

Row = dict[str, Any]


class Expected:
    """The tables of an article, to be changed as the edit should change them."""

    def __init__(self, bundle: Path) -> None:
        lines = {t: (bundle / f"{t}.jsonl").read_bytes().split(b"\n")[:-1] for t in TABLES}
        self._before = {t: [(line, orjson.loads(line)) for line in lines[t]] for t in TABLES}
        self.tables = {t: [orjson.loads(line) for line in lines[t]] for t in TABLES}

    def row(self, table: str, name: str) -> Row:
        return next(row for row in self.tables[table] if row["id"] == name)

    def remove(self, table: str, name: str) -> None:
        self.tables[table].remove(self.row(table, name))

    def rows(self, table: str) -> list[Row]:
        return ordered(self.tables[table])

    def untouched(self, table: str) -> set[bytes]:
        """The lines that are to stay byte for byte."""
        return {line for line, row in self._before[table] if row in self.tables[table]}


@dataclass
class Scene:
    """An article before an edit, the tool that has it open, and what should come of it."""

    article: Article
    tool: Tool
    expected: Expected
    told: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.article.document.text

    def span(self, start: int, end: int) -> Row:
        return {"start": start, "end": end, "exact": self.text[start:end]}

    def new(self, table: str, key: str, /, **row: Any) -> None:
        """A record that should be there; of a new id `new` is shown."""
        self.expected.tables[table].append({"doc": self.article.document.id, "id": key, **row})


def ordered(found: Iterable[Row]) -> list[Row]:
    """Rows in an order that says nothing."""
    return sorted(found, key=lambda row: orjson.dumps(row, option=orjson.OPT_SORT_KEYS))
