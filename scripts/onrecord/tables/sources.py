"""The checked records that rows are made from, and what all configs share of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import pyarrow as pa

from ..iob import Labelled, labelled
from ..model import Article, Record, articles
from ..phenomena.view import View
from .columns import columns


class Sources:
    """The records of the five tables, of any number of documents one after the other."""

    def __init__(self, records: Mapping[str, Sequence[Record]]) -> None:
        self._records = records
        self._rows: dict[str, pa.Table] = {}

    def rows(self, table: str) -> pa.Table:
        """The records of `table` as Arrow, typed by its schema."""
        if table not in self._rows:
            self._rows[table] = columns(table, self._records[table])
        return self._rows[table]

    @cached_property
    def articles(self) -> list[Article]:
        """The documents with their annotations, in order."""
        return articles(self._records)

    @cached_property
    def views(self) -> list[View]:
        """What follows from each of the articles, worked out once for all configs."""
        return [View(article) for article in self.articles]

    @cached_property
    def labelled(self) -> list[list[Labelled]]:
        """The paragraphs of each article as tokens with labels."""
        return [list(labelled(view.article, view.by_paragraph)) for view in self.views]
