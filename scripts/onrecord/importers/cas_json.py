"""UIMA CAS in JSON (version 0.4) to graphs, ours or any; each file has its types."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import sources
from ..formats.cas import cassis
from ..formats.cas.read import LOSES, graph_of
from ..formats.cas.structures import Structures, loaded
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Standoff

_PARTS = ("%TYPES", "%FEATURE_STRUCTURES", "%VIEWS")


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The document of each file `*.json`."""
    for file in sources.files(path, ".json"):
        with reading.each(file) as source:
            yield from _document(source)


def _document(source: Source) -> Iterator[Standoff]:
    load, text = cassis().load_cas_from_json, sources.text(source.path)
    _check(source.path, sources.json(source.path))
    cas = loaded(source.path, lambda: load(text))
    yield from graph_of(cas, Structures(source))


def _check(path: Path, value: Any) -> None:
    """Raises UncheckedError for what cassis would take, but not see."""
    missing = [part for part in _PARTS if not (isinstance(value, dict) and value.get(part))]
    if missing:
        raise sources.refused(path, 0, f"no {', '.join(missing)}, expected CAS JSON")
    structures = value["%FEATURE_STRUCTURES"]
    if not isinstance(structures, list):
        return
    seen: set[Any] = set()
    for structure in structures:
        given = structure.get("%ID") if isinstance(structure, dict) else None
        if type(given) is not int or given in seen:
            raise sources.refused(path, 0, f"{given!r:.40} as %ID, expected a number of its own")
        seen.add(given)


IMPORTER = Importer(
    name="cas-json",
    title="UIMA CAS in JSON, of INCEpTION",
    read=read,
    takes="a file *.json, or a folder of such",
    loses=LOSES,
    extra="cas",
)
