"""The files of a document, and the names in them that reader and writer agree on."""

from collections.abc import Mapping
from typing import Any

from ..aside import Aside

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


class Sidecar(Aside, frozen=True, kw_only=True):
    """The file of JSON beside a document: its fields, and what stands nowhere in its text.

    Edges name annotations by their attribute `id`, because brat numbers them anew.
    """

    document: dict[str, Any]
