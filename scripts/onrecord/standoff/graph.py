"""Standoff annotation: spans over a text with labels and attributes, and links between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Stretch = tuple[int, int]
"""Start and end in code points of the text, end excluded."""


@dataclass(frozen=True, slots=True)
class Node:
    """One annotation.

    `spans` has the parts of a discontinuous one in order, and is empty for what stands nowhere in
    the text, such as an event or an actor without mention. `exact` has the words of each part as
    the source gives them, to be compared with the text; it is empty where the source gives none.
    `line` counts from 1 in the file of the document; 0 is unknown.
    """

    key: str
    label: str
    spans: tuple[Stretch, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    exact: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """One link from a node to another, both given by their keys."""

    label: str
    source: str
    target: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Standoff:
    """One document.

    `name` is what the source calls it, `path` the file it comes from. `document` has what the
    source tells about it in the fields of `documents.jsonl`, without the text. The order of edges
    with one label from one node is that of the list they stand for.
    """

    name: str
    text: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
