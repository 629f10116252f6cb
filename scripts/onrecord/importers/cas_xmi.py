"""UIMA CAS in XMI to graphs: ours, or any with its type system beside it or one folder above."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from .. import sources
from ..formats.cas import cassis, guard
from ..formats.cas.read import graph_of
from ..formats.cas.source import Source, loaded
from ..formats.cas.types import FILE
from ..problem import UncheckedError
from ..standoff.format import Importer, Reading
from ..standoff.graph import Standoff

LOSES = (
    "views but the first with a text",
    "features of relations but the first",
    "links to tokens and to what stands in no index",
)


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The document of each file `*.xmi`."""
    for file in sources.files(path, ".xmi"):
        try:
            found = _read(file, reading)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        if found:
            yield found


def _read(path: Path, reading: Reading) -> Standoff | None:
    load = cassis().load_cas_from_xmi
    data = sources.read(path)
    lines = guard.lines(path, guard.root(path, data, "XMI"))
    types = _types(path)
    cas = loaded(path, lambda: load(BytesIO(data), typesystem=types))
    return graph_of(cas, Source(path, reading, lines))


def _types(path: Path) -> Any:
    """The type system of a file, read anew because cassis may add to it."""
    folders, names = (path.parent, path.parent.parent), (FILE, FILE.lower())
    places = [folder / name for folder in folders for name in names]
    file = next(filter(Path.is_file, places), None)
    if file is None:
        raise sources.refused(path, 0, f"no {FILE} beside it or one folder above, expected one")
    load, data = cassis().load_typesystem, sources.read(file)
    guard.root(file, data, "typeSystemDescription")
    return loaded(file, lambda: load(BytesIO(data)))


IMPORTER = Importer(
    name="cas-xmi",
    title="UIMA CAS in XMI, of INCEpTION and DKPro",
    read=read,
    takes=f"a file *.xmi with {FILE} beside it or one folder above, or a folder of such",
    loses=LOSES,
    extra="cas",
)
