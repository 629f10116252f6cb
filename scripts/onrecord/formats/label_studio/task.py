"""A task of Label Studio as JSON has it, as far as it is read, and where to tell of it."""

from dataclasses import dataclass
from typing import Any

import msgspec

from ...standoff.format import Source


class Annotation(msgspec.Struct, frozen=True):
    """What one person said of a task; `skipped` is what cancelled was called before version 1."""

    result: list[Any] | None = None
    was_cancelled: bool | None = None
    skipped: bool | None = None
    ground_truth: bool | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the annotator passed the task over."""
        return bool(self.was_cancelled or self.skipped)


class Task(msgspec.Struct, frozen=True):
    """One text; annotations were called completions before version 1."""

    data: dict[str, Any] | None = None
    id: int | str | None = None
    annotations: list[Annotation] | None = None
    completions: list[Annotation] | None = None
    predictions: list[Any] | None = None
    drafts: list[Any] | None = None
    meta: dict[str, Any] | None = None


class Result(msgspec.Struct, frozen=True):
    """A region with its labels, something else said of a region, or a relation of two."""

    type: str
    id: str | int = ""
    from_name: str | None = None
    value: dict[str, Any] = {}
    meta: dict[str, Any] | None = None
    parent: str | None = msgspec.field(name="parentID", default=None)
    from_id: str | int = ""
    to_id: str | int = ""
    direction: str | None = None
    labels: list[str] | None = None

    @property
    def labelled(self) -> bool:
        """Whether this gives a region its labels."""
        return self.type.endswith("labels")


class Place(msgspec.Struct, frozen=True):
    """Where a region stands, and its words; of a text area `text` is what was typed."""

    start: int
    end: int
    text: Any = None


@dataclass(frozen=True, slots=True)
class Told:
    """Where a task stands, and the way to tell of it; `number` counts from 1."""

    source: Source
    line: int
    number: int

    def wrong(self, message: str) -> None:
        """The task cannot be read as it is."""
        self.source.wrong(self.line, f"task {self.number}: {message}")

    def lost(self, kind: str, found: str) -> None:
        """Something of the task has no place."""
        self.source.lost(kind, self.line, found)
