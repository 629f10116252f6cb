"""What our JSON Lines for doccano keep beside the text: all that doccano itself cannot hold."""

from typing import Any

import msgspec

from ..aside import Aside

UNITS = ("utf-16", "code-points", "graphemes")
"""What doccano counts: units of UTF-16, or grapheme clusters in projects set so; scripts that make
files for it count code points."""


class KeptEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity as it was written, and what only we know of it.

    doccano gives entities ids of its own, so one is known again by label and place; `text` has its
    words, by which the unit of offsets is known.
    """

    key: str
    label: str
    start_offset: int
    end_offset: int
    text: str = ""
    attributes: dict[str, str] = {}


class Kept(Aside, frozen=True, kw_only=True):
    """The metadata of one document, under `aside.KEY`."""

    document: dict[str, Any] = msgspec.field(default_factory=dict)
    entities: tuple[KeptEntity, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The keys of all nodes."""
        return [*(entity.key for entity in self.entities), *(node.key for node in self.nodes)]
