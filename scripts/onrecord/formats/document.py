"""Fields of a document as a source gives them: those that can be, and what is wrong with others."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..schema import Json, fields, misfits
from ..standoff.format import Source

_SHOWN = 80
"""Characters of a lost value that are told."""

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


def fitting_fields(
    given: Mapping[str, Any], line: int, source: Source, *, length: int = 0
) -> dict[str, Any]:
    """The fields of `documents.jsonl` among all that is given, with values that can be.

    All else is lost, but what is null or empty says nothing, and a document is called by its `id`
    even if it cannot have it. `length` is that of the source's text, in which sections lie.
    """
    told = {name: value for name, value in given.items() if value not in (None, "")}
    known = {name: told[name] for name in fields("documents") if name in told and name != "text"}
    wrong = {
        misfit.pointer.split("/")[1] for misfit in misfits("documents", known) if misfit.pointer
    }
    if "sections" not in wrong and any(_outside(known.get("sections", ()), length)):
        wrong.add("sections")
    for name, value in told.items():
        if (name in wrong or name not in known) and name != "id":
            source.lost(f"document field {name}", line, str(value)[:_SHOWN])
    return {name: value for name, value in known.items() if name not in wrong}


def wrong_fields(document: Mapping[str, Any], length: int) -> Iterator[str]:
    """What is wrong with fields that we wrote; `length` is that of the source's text."""
    try:
        found = misfits("documents", {**_SOUND, **document})
    except RecursionError:
        yield "fields of a document are nested too deep"
        return
    for misfit in found:
        yield f"{misfit.pointer.lstrip('/') or 'document'}: {misfit.message:.150}"
    for section in _outside(document.get("sections", ()), length) if not found else ():
        told = f"{section['start']}-{section['end']}"
        yield f"section {told}, expected a stretch of {length} characters"


def _outside(sections: list[Json], length: int) -> Iterator[Json]:
    """The sections that are no stretches of the text."""
    return (part for part in sections if not part["start"] <= part["end"] <= length)
