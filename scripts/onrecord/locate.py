"""Where in a line a JSON pointer leads, and what stands there in a document's text."""

import json
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WIDTH = 76


@lru_cache(maxsize=64)  # many findings are about one long line
def column(line: bytes, pointer: str) -> int:
    """Column, counted from 1 in characters, of the value that `pointer` leads to in a JSON line.

    1 where the line cannot be read, or the pointer leads nowhere.
    """
    try:
        text = line.decode()
        at = 0
        for part in pointer.split("/")[1:]:
            at = next(start for name, start in _members(text, at) if name == part)
    except (ValueError, StopIteration, IndexError):
        return 1
    return at + 1


def excerpt(text: str, start: int, end: int) -> str:
    """The line of `text` around `start`, and below it carets under the characters up to `end`.

    Long lines are cut on both sides; columns are counted in terminal cells. Empty where the
    offsets do not lie in the text.
    """
    if not 0 <= start <= end <= len(text):
        return ""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    left = max(first, min(start - 20, last - WIDTH))
    right = min(last, left + WIDTH)
    shown = text[left:right].expandtabs(1)
    under = " " * _cells(text[left:start]) + "^" * max(1, _cells(text[start : min(end, right)]))
    return f"{'…' if left > first else ' '}{shown}{'…' if right < last else ''}\n {under}"


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Name or index of every member of the object or list at `at`, and where its value starts."""
    decoder = json.JSONDecoder()
    opening, at = text[at], _past_blanks(text, at + 1)
    index = 0
    while text[at] not in "]}":
        name = str(index)
        if opening == "{":
            name, at = decoder.raw_decode(text, at)
            at = _past_blanks(text, _past_blanks(text, at) + 1)
        yield name, at
        _, at = decoder.raw_decode(text, at)
        at = _past_blanks(text, at)
        if text[at] == ",":
            at = _past_blanks(text, at + 1)
        index += 1


def _past_blanks(text: str, at: int) -> int:
    while text[at] in " \t\r":
        at += 1
    return at


def _cells(text: str) -> int:
    """How many cells of a terminal `text` takes: wide characters two, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
