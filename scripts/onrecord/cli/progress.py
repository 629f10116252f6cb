"""A progress bar on a terminal, for what takes long."""

import sys
from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


class Bar:
    """Shows a bar on standard error while items pass, if that is a terminal and they are many."""

    def __init__(self, unit: str, *, least: int = 2) -> None:
        self._unit = unit
        self._least = least

    def __call__(self, items: Iterable[Item], total: int | None, /) -> Iterable[Item]:
        """The same items; where nobody knows how many there are, they are counted."""
        if not sys.stderr.isatty() or (total is not None and total < self._least):
            return items
        from tqdm import tqdm

        shown: Iterable[Item] = tqdm(items, total=total, unit=self._unit, leave=False)
        return shown
