"""Fields of a document as a source gives them: whether they can be what they should be."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..schema import Json, misfits

_SOUND: Json = {
    "id": "a",
    "language": "en",
    "origin": "published",
    "license": "NOASSERTION",
    "layers": [],
    "annotation": {"method": "human", "passes": 1, "adjudicated": False},
    "sections": [{"role": "body", "start": 0, "end": 1}],
    "text": "a",
}
"""A document to which nothing has to be added."""


def wrong_fields(document: Mapping[str, Any], length: int) -> Iterator[str]:
    """What is wrong with the fields that are there; `length` is that of the source's text."""
    try:
        found = misfits("documents", {**_SOUND, **document})
    except RecursionError:
        yield "fields of a document are nested too deep"
        return
    for misfit in found:
        yield f"{misfit.pointer.lstrip('/') or 'document'}: {misfit.message:.150}"
    if not found:
        for section in document.get("sections", ()):
            if not section["start"] <= section["end"] <= length:
                told = f"{section['start']}-{section['end']}"
                yield f"section {told}, expected a stretch of {length} characters"
