"""What all tools can do with an exported document, however they save it."""

import random
from pathlib import Path
from typing import Protocol

CUE = ".cue"
"""Behind the id of a quote: the annotation of its cue."""


class CannotError(Exception):
    """The tool has no way to make this edit."""


class Tool(Protocol):
    """A document opened in a tool.

    An annotation is called by its id in the corpus, one that was just made by what `add` returned.
    Labels, attributes and links are those of the export. What is deleted takes its links along.
    """

    def __init__(self, folder: Path, name: str) -> None: ...

    def add(self, label: str, start: int, end: int) -> str: ...

    def delete(self, name: str) -> None: ...

    def move(self, name: str, end: int) -> None:
        """Give the last part of an annotation another end."""

    def add_part(self, name: str, start: int, end: int) -> None:
        """Add a part behind all others."""

    def relabel(self, name: str, label: str) -> None: ...

    def set(self, name: str, attribute: str, value: str) -> None: ...

    def link(self, label: str, source: str, target: str) -> None: ...

    def unlink(self, label: str, source: str, target: str) -> None: ...

    def save(self) -> None:
        """Write the document with all that the tool changes by itself."""


def fresh(draw: random.Random, length: int = 10) -> str:
    """An id as browsers make them."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    return "".join(draw.choice(alphabet) for _ in range(length))
