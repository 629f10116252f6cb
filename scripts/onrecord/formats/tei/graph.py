"""Nodes and edges of the elements of a TEI document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from ...standoff import parts
from ...standoff.format import Source
from ...standoff.graph import Edge, Node, Standoff, Stretch
from ...standoff.scheme import ADDRESSEE, COREFERENCE, CUE, QUOTE, SPEAKER
from ..xml import Element, line_of
from . import ID, TEI, name_of, pointers, words_of
from .pieces import continued
from .stand_off import actors, kinds, links, notes
from .text import Mark

_LEADING = ("who", "toWhom", "corresp", "sameAs", "copyOf")
"""Attributes that lead from an annotation to others, or to actors."""
_OWN_LABELS = {"who": SPEAKER, "toWhom": ADDRESSEE}
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:|wikidata:)(Q\d+)")


def graph(tei: Element, text: str, marks: list[Mark], source: Source, *, own: bool) -> Standoff:
    """The annotations of a document over its text; in our own exports as our scheme has them."""
    return _Graph(tei, text, marks, source, own=own).made()


class _Graph:
    def __init__(
        self, tei: Element, text: str, marks: list[Mark], source: Source, *, own: bool
    ) -> None:
        self._text = text
        self._source = source
        self._own = own
        self._scopes = list(_scopes(tei))
        self._ids = {e.get(ID) for scope in self._scopes for e in scope.iter("*")}
        self._actors = {k: v for scope in self._scopes for k, v in actors(scope).items()}
        self._kinds = {k: v for scope in self._scopes for k, v in kinds(scope).items()}
        self._notes = notes(tei)
        self._categories = {k: v for scope in self._scopes for k, v in _categories(scope)}
        self._marks = {
            mark.element.get(ID) or f"_:{number}": mark
            for number, mark in enumerate(marks, start=1)
            if not self._is_empty(mark)
        }
        self._further: dict[str, list[str]] = defaultdict(list)
        for name in self._marks if own else ():
            self._further[continued(name)].append(name)
        self._refers = {key: self._referred(mark.element) for key, mark in self._marks.items()}
        self._mentions: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._marks, key=self._place):
            if self._refers[key]:
                self._mentions[self._refers[key]].append(key)

    def made(self) -> Standoff:
        nodes = [self._node(key, mark) for key, mark in self._marks.items()]
        edges = [*self._leading(), *self._linked(), *self._coreferent(), *self._chained()]
        nodes += self._absent(edges)
        whole = parts.join(Standoff("", self._text, tuple(nodes), tuple(edges)))
        return replace(whole, nodes=tuple(self._merged(node) for node in whole.nodes))

    # Nodes

    def _node(self, key: str, mark: Mark) -> Node:
        element, span = mark.element, (mark.start, mark.end)
        label = self._label(element, self._refers[key])
        attributes = dict(self._attributes(key, element, label))
        words = (self._text[slice(*span)],)
        return Node(key, label, (span,), attributes, words, line_of(element))

    def _label(self, element: Element, actor: str) -> str:
        name, kind = name_of(element), element.get("type")
        if self._own:
            return QUOTE if name == "said" else kind or name
        if not kind and name in ("rs", "name"):
            kind = self._kinds.get(actor)
        return f"{name}.{kind}" if kind else name

    def _attributes(self, key: str, element: Element, label: str) -> Iterator[tuple[str, str]]:
        if self._own and label != CUE:
            yield "id", key
        for end in pointers(element, "ana"):
            yield self._categories.get(end[1:], ("ana", end))
        if key in self._notes:
            yield "note", self._notes[key]
        actor = self._refers[key]
        if actor in self._actors:
            first = self._mentions[actor][0] == key
            yield from (
                self._actors[actor].items()
                if first
                else [("actor.id", self._actors[actor]["actor.id"])]
            )
        elif match := _WIKIDATA.fullmatch(actor):
            yield "actor.wikidata", match[1]
        if not self._own:
            yield from self._others(element, actor)

    def _others(self, element: Element, actor: str) -> Iterator[tuple[str, str]]:
        """The attributes that are not yet said otherwise."""
        done = {ID, "type", "ana", "next", "prev", "part"}
        done |= {"ref"} if actor in self._actors or _WIKIDATA.fullmatch(actor) else set()
        for name, value in ((str(k), str(v)) for k, v in element.attrib.items()):
            ends = value.split() if name in _LEADING else []
            told = " ".join(end for end in ends if not end.startswith("#")) if ends else value
            if name not in done and told:
                yield name.rpartition("}")[2], told

    def _absent(self, edges: Iterable[Edge]) -> Iterator[Node]:
        """The actors without mention; of foreign ones, which lists may have many of, those linked.

        What else a list has is lost.
        """
        linked = {key for edge in edges for key in (edge.source, edge.target)}
        for name in (name for name in self._actors if name not in self._mentions):
            if self._own or f"actor:{name}" in linked:
                yield Node(f"actor:{name}", self._kinds[name], (), self._actors[name])
            else:
                self._source.lost(f"{self._kinds[name]} without mention")

    def _merged(self, node: Node) -> Node:
        """A node of ours with the pieces of each part as one."""
        further = {self._marks[name].start for name in self._further[node.key]}
        spans: list[Stretch] = []
        for start, end in node.spans:
            if spans and start in further:
                spans[-1] = spans[-1][0], max(end, spans[-1][1])
            else:
                spans.append((start, end))
        words = tuple(self._text[slice(*span)] for span in spans)
        return replace(node, spans=tuple(spans), exact=words)

    # Edges

    def _leading(self) -> Iterator[Edge]:
        for key, mark in self._marks.items():
            for name in _LEADING:
                label = _OWN_LABELS.get(name, name) if self._own else name
                for end in pointers(mark.element, name):
                    if to := self._end(end, name, mark):
                        yield Edge(label, key, to, line_of(mark.element))

    def _linked(self) -> Iterator[Edge]:
        for scope in self._scopes[:1]:
            for label, ends, line in links(scope):
                first, *more = [self._resolved(end, "link", line) for end in ends] or [""]
                for to in more:
                    if first and to:
                        yield Edge(label, first, to, line)
                    else:
                        self._source.lost("edge to what is no annotation", line)

    def _coreferent(self) -> Iterator[Edge]:
        for keys in self._mentions.values():
            for one, other in pairwise(keys):
                yield Edge(COREFERENCE, other, one)

    def _chained(self) -> Iterator[Edge]:
        """From each part of a discontinuous annotation to the one behind, told by one or both."""
        pairs: dict[tuple[str, str], None] = {}
        for key, mark in self._marks.items():
            line = line_of(mark.element)
            for end in pointers(mark.element, "next"):
                pairs[key, self._resolved(end, "next", line)] = None
            for end in pointers(mark.element, "prev"):
                pairs[self._resolved(end, "prev", line), key] = None
        yield from (Edge(parts.NEXT, *pair) for pair in pairs if all(pair))

    # What is pointed to

    def _end(self, pointer: str, name: str, mark: Mark) -> str:
        """The annotation that is pointed to; of an actor its mention next to the one pointing."""
        line = line_of(mark.element)
        actor = pointer[1:] if pointer[1:] in self._actors else pointer
        near = [
            key
            for key in self._mentions.get(actor, ())
            if not mark.start <= self._marks[key].start < mark.end
        ]
        if not near:
            return self._resolved(pointer, name, line)
        self._source.changed(f"attribute {name} to an actor", line)
        before = [key for key in near if self._marks[key].start < mark.start]
        return before[-1] if before else near[0]

    def _resolved(self, pointer: str, name: str, line: int) -> str:
        """The key of the node that is pointed to, if it is one."""
        target = pointer.removeprefix("#")
        if target == pointer:
            return ""
        self._check(pointer, name, line)
        if target in self._actors:
            told = self._mentions.get(target)
            return told[0] if told else f"actor:{target}"
        return target if target in self._marks else ""

    def _check(self, pointer: str, name: str, line: int) -> None:
        if not pointer.startswith("#") or pointer[1:] in self._ids:
            return
        if self._own:
            self._source.wrong(line, f"{name} {pointer!r:.80}, expected the xml:id of an element")
        else:
            # Editions often name speakers that they list nowhere.
            self._source.lost(f"attribute {name} to nothing", line)

    def _referred(self, element: Element) -> str:
        """What a name refers to: the id of an actor, else whatever says which one is meant."""
        for end in pointers(element, "ref"):
            self._check(end, "ref", line_of(element))
            return end[1:] if end[1:] in self._actors else end
        return element.get("key") or ""

    def _place(self, key: str) -> tuple[int, int, str]:
        """What annotations are ordered by: the first part, with all its pieces."""
        further = [name for name in self._further[key] if name.startswith(f"{key}.1.")]
        end = max(self._marks[name].end for name in (key, *further))
        return self._marks[key].start, -end, key

    def _is_empty(self, mark: Mark) -> bool:
        if mark.end < 0:
            self._source.lost(f"empty element {name_of(mark.element)}", line_of(mark.element))
        return mark.end < 0


def _scopes(tei: Element) -> Iterator[Element]:
    """The document, and what the corpora around it say of all their documents."""
    yield tei
    for corpus in tei.iterancestors():
        yield from corpus.iterchildren(f"{TEI}teiHeader", f"{TEI}standOff")


def _categories(tei: Element) -> Iterable[tuple[str, tuple[str, str]]]:
    """What each category of a taxonomy is: the name of the taxonomy and its own."""
    for element in tei.iter(f"{TEI}category"):
        taxonomy = next(element.iterancestors(f"{TEI}taxonomy"), None)
        said = element.find(f"{TEI}catDesc")
        name = None if taxonomy is None else taxonomy.get(ID)
        if name and element.get(ID) and said is not None:
            yield str(element.get(ID)), (name, words_of(said))
