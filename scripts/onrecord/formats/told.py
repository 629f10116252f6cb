"""What the metadata of a source tells in the fields of `documents.jsonl`."""

from collections.abc import Mapping
from typing import Any

from ..schema import Json, fields, misfits
from ..standoff.format import Source


def document_fields(given: Mapping[str, Any], text: str, line: int, source: Source) -> Json:
    """The fields that `given` has, with values that can be; all else is lost.

    An `id` that cannot be one is no loss: a document is called by it all the same. What is null
    says nothing.
    """
    known = {name: given[name] for name in fields("documents") if given.get(name) is not None}
    known.pop("text", None)
    wrong = {
        misfit.pointer.split("/")[1] for misfit in misfits("documents", known) if misfit.pointer
    }
    if "sections" in known and "sections" not in wrong and _outside(known["sections"], text):
        wrong.add("sections")
    found = {name: value for name, value in known.items() if name not in wrong}
    for name, value in given.items():
        if name not in found and name != "id" and value is not None:
            source.lost(f"document field {name}", line, str(value)[:80])
    return found


def _outside(sections: list[Json], text: str) -> bool:
    return any(not part["start"] <= part["end"] <= len(text) for part in sections)
