"""The text of a TEI document, and where in it elements begin and end.

White space is as in print: a run of it is one space, blocks are lines. Where `xml:space` says
`preserve` it stays, and blocks only get a line of their own where no white space is between them.
"""

import re
from dataclasses import dataclass

from ...standoff.format import Source
from ..xml import Element, line_of
from . import SPACE, name_of

MARKED = frozenset(
    "rs name persName orgName placeName geogName country region settlement said q quote seg".split()
)
"""Elements that are annotations."""

_BLOCKS = frozenset(
    """
    ab argument byline cell closer dateline div div1 div2 div3 div4 div5 div6 div7 epigraph figure
    head item l label lg list opener p postscript row salute signed sp speaker stage table trailer
    """.split()
)
_STRUCTURE = frozenset(
    "body front back group text choice app lem lb pb cb gb milestone gap".split()
)
_SKIPPED = frozenset("note fw figDesc corr reg expan rdg del teiHeader standOff".split())
"""What is no part of the text as it reads, or is one of two readings."""

_SPACE = re.compile(r"[ \t\r\n]+")


class UnreadableError(Exception):
    """What stands in a text and cannot be read, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True, eq=False)
class Mark:
    """A stretch of the text that is an element; it is empty where it has no characters."""

    element: Element
    start: int = -1
    end: int = -1


class Reader:
    """Takes the text of elements, one after the other.

    `exact` is for our own exports: the text is all that stands there. What is left out is told.
    """

    def __init__(self, source: Source, *, exact: bool) -> None:
        self.marks: list[Mark] = []
        self._parts: list[str] = []
        self._length = 0
        self._gap = ""
        self._waiting: list[Mark] = []
        self._source = source
        self._exact = exact

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def read(self, element: Element, *, preserve: bool = False) -> None:
        """Take the content of an element.

        Raises:
            UnreadableError: a reference to an entity, or to another file.
        """
        space = element.get(SPACE)
        preserve = self._exact or (preserve if space is None else space == "preserve")
        name = name_of(element)
        if name in _BLOCKS:
            self._break()
        if name == "lb" and element.get("break") != "no":
            self._gap = self._gap or " "
        mark = self._begin(element) if name in MARKED else None
        self._put(element.text or "", preserve)
        for child in element:
            self._child(child, preserve)
            self._put(child.tail or "", preserve)
        if mark:
            self._end(mark)
        if name in _BLOCKS:
            self._break()

    def _child(self, child: Element, preserve: bool) -> None:
        name, line = name_of(child), line_of(child)
        if not isinstance(child.tag, str):
            self._strange(child, line)
        elif name == "include":
            raise UnreadableError(line, "an inclusion of another file, expected its text")
        elif name in _SKIPPED:
            self._source.lost(f"element {name}", line)
        else:
            if name not in MARKED | _BLOCKS | _STRUCTURE:
                self._source.lost(f"element {name}", line)
            self.read(child, preserve=preserve)

    def _strange(self, child: Element, line: int) -> None:
        if str(child).startswith("&"):
            raise UnreadableError(line, f"{str(child)!r:.40}, expected the characters themselves")
        self._source.lost("comment", line)

    def _break(self) -> None:
        if self._length and not self._exact:
            self._gap = "\n"

    def _begin(self, element: Element) -> Mark:
        mark = Mark(element)
        self.marks.append(mark)
        self._waiting.append(mark)
        return mark

    def _end(self, mark: Mark) -> None:
        if mark in self._waiting:
            self._waiting.remove(mark)
        else:
            mark.end = self._length

    def _put(self, text: str, preserve: bool) -> None:
        if preserve:
            spaced = text[:1].isspace() or (self._parts and self._parts[-1][-1:].isspace())
            self._gap = "" if spaced and text else self._gap
            self._add(text)
            return
        for piece in re.findall(r"[ \t\r\n]+|[^ \t\r\n]+", text):
            if not _SPACE.match(piece):
                self._add(piece)
            elif self._length:
                self._gap = self._gap or " "

    def _add(self, words: str) -> None:
        if not words:
            return
        for piece in (self._gap if self._length else "", words):
            if piece == words:
                for mark in self._waiting:
                    mark.start = self._length
                self._waiting.clear()
            self._parts.append(piece)
            self._length += len(piece)
        self._gap = ""
