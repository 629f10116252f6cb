"""The files of a document, and the names in them that reader and writer agree on."""

from collections.abc import Mapping
from typing import Any

import msgspec

TEXT, ANNOTATIONS, SIDECAR = ".txt", ".ann", ".json"
"""How the names of the files end."""

NOTE = "AnnotatorNotes"
"""Type of the notes that people write in brat; they are the attribute `note`."""
OWN = "onrecord"
"""Type of the notes with a JSON object of attributes that brat does not show."""
FRAGMENTS = "fragments"
"""What such a note says beside attributes: how many fragments make up each part."""

TRIGGER = "trigger"
"""Label of the edge from an event to the words that express it."""

RESOURCES: Mapping[str, str] = {"Wikidata": "actor.wikidata"}
"""Resources that normalisations refer to, and the attribute that holds the reference."""


class SideNode(msgspec.Struct, frozen=True):
    """A node that stands nowhere in the text, for which brat has no place."""

    key: str
    label: str
    attributes: dict[str, str] = {}


class SideEdge(msgspec.Struct, frozen=True):
    """An edge to such a node, from the annotation whose attribute `id` is `source`.

    `at` counts the edges with the same label and source that come before.
    """

    label: str
    source: str
    target: str
    at: int = 0


class Sidecar(msgspec.Struct, frozen=True):
    """The file of JSON beside a document: its fields, and what stands nowhere in its text."""

    document: dict[str, Any]
    nodes: list[SideNode] = []
    edges: list[SideEdge] = []
