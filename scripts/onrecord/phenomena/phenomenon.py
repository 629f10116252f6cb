"""What a phenomenon is: a name, a layer, what it means, and which records show it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..documented import paragraphs
from .view import View

R = TypeVar("R")

_EXAMPLE = re.compile(r"Example: (.+) \(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Phenomenon(Generic[R]):
    """One property that records of a layer have or have not, to count and to break scores by.

    The docstring of `shows` is its documentation: a definition, and an example, which ends in
    brackets with where it stands, `(document/record)`, or with `(invented)`.
    """

    layer: str
    shows: Callable[[R, View], bool]

    @property
    def name(self) -> str:
        """The name in kebab-case, unique in its layer."""
        return self.shows.__name__.replace("_", "-")

    @property
    def key(self) -> str:
        """Layer and name, unique: `quote:nested`."""
        return f"{self.layer}:{self.name}"

    @property
    def definition(self) -> str:
        """When a record shows it, on one line."""
        return self.paragraphs()[0]

    @property
    def example(self) -> str:
        """Words of an article that show it."""
        return self._example()[0]

    @property
    def origin(self) -> str:
        """Where the example stands: document and id of the record, or `invented`."""
        return self._example()[1]

    def paragraphs(self) -> list[str]:
        """The documentation, each paragraph on one line, the definition first."""
        return paragraphs(self.shows)

    def _example(self) -> tuple[str, str]:
        match = _EXAMPLE.fullmatch(self.paragraphs()[-1])
        assert match is not None, f"{self.key} has no example"
        return match[1], match[2]


def phenomenon(layer: str) -> Callable[[Callable[[R, View], bool]], Phenomenon[R]]:
    """Make a test of the records of a layer, with its docstring, a phenomenon."""
    return lambda shows: Phenomenon(layer, shows)
