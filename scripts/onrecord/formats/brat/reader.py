"""The annotations of one document of brat as nodes and edges."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import msgspec

from ...standoff.format import Source
from ...standoff.graph import Edge, Node
from ...standoff.units import AmbiguousUnitError
from ..exact import cut
from .files import FRAGMENTS, OWN, TRIGGER
from .lines import Attribute, Bound, Event, Line, Note, Relation
from .pieces import whole
from .places import Counting, counting, fits

_Kind = TypeVar("_Kind", Bound, Event, Relation)

Told = dict[str, dict[str, str]]
"""The attributes of each annotation, by its key."""


def graph(
    lines: Sequence[Line], text: str, source: Source, *, marked: bool = False
) -> tuple[list[Node], list[Edge]]:
    """Nodes for text-bound annotations and events, edges for all that leads from one to another.

    The words that express an event are labelled `TYPE trigger` where brat gives them the type of
    the event, so that one annotation is not taken for two. `marked` is a text that had a byte
    order mark before it.
    """
    found = _Lines(lines, source)
    told = found.attributes()
    nodes = [*found.bound(text, told, marked=marked), *found.events(told)]
    return nodes, list(found.edges())


class _Lines:
    """The lines of one document, and where what is wrong with them is told."""

    def __init__(self, lines: Sequence[Line], source: Source) -> None:
        self.source = source
        self.lines = list(self._once(lines))
        self.relations = {one.key for one in self._of(Relation)}
        self.keys = {one.key for one in self._of(Bound)} | {one.key for one in self._of(Event)}

    def attributes(self) -> Told:
        """The attributes of each annotation, of those that it has twice the first."""
        told: Told = {key: {} for key in self.keys}
        for line in self.lines:
            if isinstance(line, Attribute):
                self._tell(told, line, {line.name: line.value})
            elif isinstance(line, Note):
                self._tell(told, line, self._noted(line))
        return told

    def bound(self, text: str, told: Told, *, marked: bool) -> Iterator[Node]:
        """The text-bound annotations, their offsets in code points of the text."""
        bounds = self._of(Bound)
        try:
            way = counting(text, bounds, unit=self.source.reading.offsets, marked=marked)
        except AmbiguousUnitError as error:
            self.source.wrong(0, str(error))
            return
        labels = {event.trigger: event.label for event in self._of(Event)}
        for bound in bounds:
            triggers = labels.get(bound.key) == bound.label
            node = _node(way, bound, told[bound.key])
            yield replace(node, label=f"{node.label} {TRIGGER}") if triggers else node

    def events(self, told: Told) -> Iterator[Node]:
        """The events; they stand nowhere themselves."""
        for event in self._of(Event):
            yield Node(event.key, event.label, (), told[event.key], line=event.line)

    def edges(self) -> Iterator[Edge]:
        """What leads from one annotation to another, both being there."""
        for line in self.lines:
            for edge in _led(line):
                ends = {edge.source, edge.target}
                if missing := sorted(ends - self.keys - self.relations):
                    self._missing(line.line, missing[0])
                elif ends <= self.keys:
                    yield edge
                else:
                    self.source.lost(
                        f"edge {edge.label}", line.line, f"{edge.source} {edge.target}"
                    )

    def _once(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines but those with a key that another has."""
        seen: set[str] = set()
        for line in lines:
            key = line.key if isinstance(line, Bound | Event | Relation) else ""
            if key in seen:
                told = f"{key!r} stands twice, expected an id for each annotation"
                self.source.wrong(line.line, told)
            else:
                seen |= {key} if key else set()
                yield line

    def _of(self, kind: type[_Kind]) -> list[_Kind]:
        return [line for line in self.lines if isinstance(line, kind)]

    def _tell(self, told: Told, line: Attribute | Note, new: Mapping[str, str]) -> None:
        own = told.get(line.of)
        for name, value in new.items():
            if own is None and isinstance(line, Attribute) and line.of not in self.relations:
                self._missing(line.line, line.of)
            elif own is None or own.setdefault(name, value) != value:
                self.source.lost(f"attribute {name}", line.line, value)

    def _noted(self, note: Note) -> Mapping[str, str]:
        """The attributes that a note gives."""
        if note.kind != OWN:
            return {note.kind: note.text}
        try:
            return msgspec.json.decode(note.text, type=dict[str, str])
        except (msgspec.MsgspecError, RecursionError) as error:
            message = f"{note.text[:80]!r}, expected a JSON object of texts: {error}"
            self.source.wrong(note.line, message)
            return {}

    def _missing(self, line: int, key: str) -> None:
        message = f"{key!r} is not in the file, expected the id of an annotation"
        self.source.wrong(line, message)


def _led(line: Line) -> Iterator[Edge]:
    if isinstance(line, Event):
        yield Edge(TRIGGER, line.key, line.trigger, line.line)
        yield from (Edge(role, line.key, key, line.line) for role, key in line.roles)
    elif isinstance(line, Relation) and line.key:
        yield Edge(line.label, line.ends[0], line.ends[1], line.line)
    elif isinstance(line, Relation):
        pairs = pairwise(line.ends)
        yield from (Edge(line.label, later, one, line.line) for one, later in pairs)


def _node(way: Counting, bound: Bound, attributes: dict[str, str]) -> Node:
    """The annotation over the text; with offsets and words as the file has them if they misfit."""
    sizes = attributes.pop(FRAGMENTS, "")
    spans = way.stretches(bound) or list(bound.spans)
    if fits(way, bound):
        spans = list(whole(way.text, sorted(spans), sizes))
        words = [way.text[start:end] for start, end in spans]
    else:
        words = list(cut(bound.words, [end - start for start, end in spans]))
    pairs = sorted(zip(spans, words, strict=True))
    exact = tuple(word for _, word in pairs) if bound.words else ()
    places = tuple(span for span, _ in pairs)
    return Node(bound.key, bound.label, places, attributes, exact, bound.line)
