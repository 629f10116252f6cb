"""What a way into the corpus, or out of it, is: a function, and what to know of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..losses import Losses
from ..model import Article
from ..paths import shown
from ..problem import Problem, UncheckedError
from .graph import Standoff


@dataclass(frozen=True, slots=True)
class Raw:
    """An article without annotations.

    `source` is its plain text as it will be kept, in UTF-8; `document` has what else the source
    tells, in the fields of `documents.jsonl`.
    """

    name: str
    source: bytes
    document: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told, and where it tells what it cannot read.

    `offsets` is the unit of the source's offsets, if the user says which (a name of
    `units.UNITS`); else it is recognised. A document with problems is left out.
    """

    losses: Losses
    problems: list[Problem]
    offsets: str | None = None
    text: Path | None = None
    registry: Path | None = None

    def wrong(self, path: str, line: int, message: str) -> None:
        """Something in a source cannot be read; message: found value, then what was expected."""
        self.problems.append(Problem(path, line, 1, "source", message))

    def source(self, path: Path) -> "Source":
        """A file, or a document in it, that is about to be read."""
        return Source(path, self, len(self.problems))

    @contextmanager
    def each(self, path: Path) -> "Iterator[Source]":
        """The same; if it cannot be read within, that is told, and the next may be read."""
        try:
            yield self.source(path)
        except UncheckedError as error:
            self.problems.extend(error.problems)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is read, and the way to tell what of it is lost, changed or wrong.

    Lines count from 1; 0 is the file as a whole. `before` is how many problems there were when it
    was begun.
    """

    path: Path
    reading: Reading
    before: int

    @property
    def shown(self) -> str:
        """The path as people are shown it."""
        return shown(self.path)

    @property
    def is_sound(self) -> bool:
        """Whether nothing has been wrong so far."""
        return len(self.reading.problems) == self.before

    def wrong(self, line: int, message: str) -> None:
        """Something cannot be read."""
        self.reading.wrong(self.shown, line, message)

    def lost(self, kind: str, line: int = 0, found: str = "") -> None:
        """Something has no place in what is read."""
        self.reading.losses.lost(kind, self.where(line), found)

    def changed(self, kind: str, line: int = 0, found: str = "") -> None:
        """Something is read, but not as it stands."""
        self.reading.losses.changed(kind, self.where(line), found)

    def where(self, line: int) -> str:
        """A place, as people are shown it."""
        return f"{self.shown}:{line}" if line else self.shown


Found = Standoff | Article | Raw
"""What a reader gives for one document: annotations to be mapped, or ready ones, or none."""

Read = Callable[[Path, Reading], Iterable[Found]]
"""Documents of a file or folder, one after the other."""

Write = Callable[[Iterable[Article], Losses], Iterator[tuple[str, bytes]]]
"""Files, each with its name and content, that hold some articles; names are plain, or have `/`."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A way into the corpus.

    `name` is what the command line calls it, `extra` what has to be installed for it, `takes` what
    it reads. `map` names the map that says what labels mean if the user names none; empty where
    none is needed. `loses` says, a phrase each, what never comes through.
    """

    name: str
    title: str
    read: Read
    takes: str
    map: str = "onrecord"
    loses: tuple[str, ...] = ()
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A way out of the corpus; `gives` is what it writes, the rest as of an importer."""

    name: str
    title: str
    write: Write
    gives: str
    loses: tuple[str, ...] = ()
    extra: str = ""
