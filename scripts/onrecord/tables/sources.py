"""The checked tables that rows are made from, read at most once for all configs."""

import io
from collections.abc import Mapping
from functools import cached_property

import pyarrow as pa
import pyarrow.json

from ..codec import decode
from ..iob import Labelled, labelled
from ..model import Article, Record, articles
from ..phenomena.view import View
from ..problem import UncheckedError
from ..schema import TABLES
from .features import source_features

_SMALLEST_BLOCK = 1 << 20


class Sources:
    """The JSON Lines of the five tables, of any number of documents one after the other."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines
        self._rows: dict[str, pa.Table] = {}

    def rows(self, table: str) -> pa.Table:
        """The records of `table` as Arrow, typed by its schema.

        Raises:
            pyarrow.ArrowInvalid: a record does not fit; checked corpora have none such.
        """
        if table not in self._rows:
            self._rows[table] = _read(table, self._lines[table])
        return self._rows[table]

    @cached_property
    def articles(self) -> list[Article]:
        """The documents with their annotations, in order.

        Raises:
            UncheckedError: a record does not fit; checked corpora have none such.
        """
        return articles({table: self._records(table) for table in TABLES})

    @cached_property
    def views(self) -> list[View]:
        """What follows from each of the articles, worked out once for all configs."""
        return [View(article) for article in self.articles]

    @cached_property
    def labelled(self) -> list[list[Labelled]]:
        """The paragraphs of each article as tokens with labels."""
        return [list(labelled(view.article, view.by_paragraph)) for view in self.views]

    def _records(self, table: str) -> list[Record]:
        records = decode(table, self._lines[table])
        if records is None:
            raise UncheckedError(f"table {table!r} has errors; see 'onrecord check'")
        return records


def _read(table: str, data: bytes) -> pa.Table:
    target = source_features(table).arrow_schema
    if not data:
        return target.empty_table()
    # A block must hold every record whole, and the reader knows no dates.
    rows = pa.json.read_json(
        io.BytesIO(data),
        read_options=pa.json.ReadOptions(block_size=max(_SMALLEST_BLOCK, len(data))),
        parse_options=pa.json.ParseOptions(
            explicit_schema=_without_dates(target), unexpected_field_behavior="error"
        ),
    )
    return rows.cast(target)


def _without_dates(schema: pa.Schema) -> pa.Schema:
    return pa.schema(
        [
            field.with_type(pa.string()) if pa.types.is_date(field.type) else field
            for field in schema
        ]
    )
