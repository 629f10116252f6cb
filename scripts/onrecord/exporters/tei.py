"""Articles as TEI P5: the text with its annotations inside, actors and links in `standOff`.

White space in `body` is that of the article, so the text is all that stands there. What is cut, by
the end of a line or because it crosses another annotation, is linked by `next` and `prev`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml import etree

from ..formats.tei import (
    DIRECT,
    ID,
    LANGUAGE,
    NAMESPACE,
    SPACE,
    TEI,
    actor_id,
    add,
    category_id,
)
from ..formats.tei.header import header
from ..formats.tei.pieces import Piece, lines, nested
from ..formats.tei.stand_off import stand_off
from ..formats.xml import LOSES, Element, fitted
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter
from ..standoff.graph import Node, Standoff
from ..standoff.scheme import (
    ADDRESSEE,
    CLAIM,
    CUE,
    QUOTE,
    SPEAKER,
    attribute_labels,
    standoff,
)

_DEFAULT: Any = {None: NAMESPACE}
_AT_TOP = {"headline": "head", "byline": "byline", "dateline": "dateline"}
_PLAIN = ("", "body")
_OUTSIDE_IN = {QUOTE: 0, CLAIM: 1, CUE: 2}
_INLINE = {QUOTE: "said", CLAIM: "seg", CUE: "seg"}
_ROLES = {SPEAKER: "who", ADDRESSEE: "toWhom"}


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """For each article one file `<id>.xml`."""
    for article in articles:
        graph = fitted(standoff(article), losses)
        root = etree.Element(f"{TEI}TEI", nsmap=_DEFAULT)
        root.append(header(graph.document, _headline(graph)))
        root.extend(stand_off(graph))
        etree.indent(root)
        text = add(root, "text", {LANGUAGE: article.document.language})
        _Body(graph, add(text, "body", {SPACE: "preserve"})).fill()
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        yield f"{graph.name}.xml", content + b"\n"


class _Body:
    def __init__(self, graph: Standoff, body: Element) -> None:
        self._graph = graph
        self._text = graph.text
        self._body = body
        told = graph.document.get("sections", ())
        sections = [(s["role"], s["start"], s["end"]) for s in told]
        self._blocks = list(lines(self._text, sections))
        spanned = [node for node in graph.nodes if node.spans]
        spanned.sort(key=lambda node: _OUTSIDE_IN.get(node.label, len(_OUTSIDE_IN)))
        self._trees = nested(self._blocks, spanned)
        self._names: dict[str, list[str]] = defaultdict(list)
        for piece in (piece for tree in self._trees for piece in _all(tree)):
            self._names[piece.node.key].append(piece.name)
        self._before = {
            (key, name): before
            for key, names in self._names.items()
            for before, name in pairwise(names)
        }
        self._behind = {(key, before): name for (key, name), before in self._before.items()}
        self._ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for edge in graph.edges:
            self._ends[edge.label, edge.source].append(f"#{edge.target}")

    def fill(self) -> None:
        """The text as blocks, with white space between them."""
        at = 0
        names = _names(
            [role for role, _, _ in self._blocks], [self._is_quoted(t) for t in self._trees]
        )
        for (role, start, end), tree, name in zip(self._blocks, self._trees, names, strict=True):
            _write(self._body, self._text[at:start])
            kind = {"type": role} if name == "ab" else {}
            self._fill(add(self._body, name, kind), start, end, tree)
            at = end
        _write(self._body, self._text[at:])
        if not {"p", "ab"} & set(names):
            # A body does not consist of headings alone.
            add(self._body, "p")

    def _is_quoted(self, tree: list[Piece]) -> bool:
        return any(piece.node.label == QUOTE for piece in _all(tree))

    def _fill(self, holder: Element, start: int, end: int, pieces: list[Piece]) -> None:
        for piece in pieces:
            _write(holder, self._text[start : piece.start])
            element = add(holder, *self._element(piece))
            self._fill(element, piece.start, piece.end, piece.inner)
            start = piece.end
        _write(holder, self._text[start:end])

    def _element(self, piece: Piece) -> tuple[str, dict[str, str]]:
        node = piece.node
        name = _INLINE.get(node.label, "rs")
        kind = {} if name == "said" else {"type": node.label}
        told = self._told(node) if piece.name == node.key else {}
        return name, {ID: piece.name, **kind, **told, **self._chain(piece)}

    def _told(self, node: Node) -> dict[str, str]:
        """What the first piece says of the whole node."""
        told = {}
        if "actor.id" in node.attributes:
            told["ref"] = f"#{actor_id(node.attributes['actor.id'])}"
        if node.label == QUOTE:
            told["direct"] = DIRECT.get(node.attributes["form"], "unknown")
        for label, name in _ROLES.items():
            if ends := self._ends.get((label, node.key)):
                told[name] = " ".join(ends)
        given = [
            (name, node.attributes[name]) for name in attribute_labels() if name in node.attributes
        ]
        if given:
            told["ana"] = " ".join(f"#{category_id(name, value)}" for name, value in given)
        return told

    def _chain(self, piece: Piece) -> dict[str, str]:
        """Where the pieces before and behind are."""
        own = piece.node.key, piece.name
        around = {"prev": self._before.get(own), "next": self._behind.get(own)}
        return {where: f"#{name}" for where, name in around.items() if name}


def _names(roles: Sequence[str], quoted: Sequence[bool]) -> list[str]:
    """The element of each block: headings stand before all others, bylines at the ends too.

    They cannot hold speech, as paragraphs can.
    """
    free = [
        _AT_TOP.get(role, "") if role == "headline" or not speech else ""
        for role, speech in zip(roles, quoted, strict=True)
    ]
    plain = ["p" if role in _PLAIN else "ab" for role in roles]
    top = next((n for n, name in enumerate(free) if not name), len(free))
    bottom = len(free)
    while bottom > top and free[bottom - 1] in ("byline", "dateline"):
        bottom -= 1
    return [*free[:top], *plain[top:bottom], *free[bottom:]]


def _headline(graph: Standoff) -> str:
    heads = (s for s in graph.document.get("sections", ()) if s["role"] == "headline")
    return next((graph.text[s["start"] : s["end"]] for s in heads), graph.name)


def _all(tree: list[Piece]) -> Iterator[Piece]:
    for piece in tree:
        yield piece
        yield from _all(piece.inner)


def _write(holder: Element, text: str) -> None:
    """Append text behind what an element holds."""
    last = next(holder.iterchildren(reversed=True), None)  # len(holder) would count them all
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        holder.text = (holder.text or "") + text


EXPORTER = Exporter(
    name="tei",
    title="TEI P5",
    write=write,
    gives="<id>.xml for each document, its annotations inside its text",
    loses=LOSES,
)
