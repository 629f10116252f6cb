"""UIMA CAS in XMI to graphs: ours, or any with its type system beside it or one folder above."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from .. import sources
from ..formats.cas import cassis
from ..formats.cas.read import LOSES, graph_of
from ..formats.cas.structures import Structures, lines_of, loaded
from ..formats.cas.types import FILE
from ..formats.xml import Element, has_doctype, root
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Standoff


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The document of each file `*.xmi`."""
    for file in sources.files(path, ".xmi"):
        with reading.each(file) as source:
            yield from _document(source)


def _document(source: Source) -> Iterator[Standoff]:
    load, path = cassis().load_cas_from_xmi, source.path
    data = sources.read(path)
    lines = lines_of(path, _root(path, data, "XMI"))
    types = _types(path)
    cas = loaded(path, lambda: load(BytesIO(data), typesystem=types))
    yield from graph_of(cas, Structures(source, lines))


def _root(path: Path, data: bytes, expected: str) -> Element:
    """The root of an XML file, which is called `expected`; a CAS needs no document type.

    Raises:
        UncheckedError: it has another root, or a document type, or is no XML.
    """
    found = root(path, data)
    if has_doctype(found):
        raise sources.refused(path, 0, "has a document type declaration, expected none")
    if (name := etree.QName(found).localname) != expected:
        raise sources.refused(path, 0, f"root is {name!r}, expected {expected!r}")
    return found


def _types(path: Path) -> Any:
    """The type system of a file, read anew because cassis may add to it."""
    folders, names = (path.parent, path.parent.parent), (FILE, FILE.lower())
    places = [folder / name for folder in folders for name in names]
    file = next(filter(Path.is_file, places), None)
    if file is None:
        raise sources.refused(path, 0, f"no {FILE} beside it or one folder above, expected one")
    load, data = cassis().load_typesystem, sources.read(file)
    _root(file, data, "typeSystemDescription")
    return loaded(file, lambda: load(BytesIO(data)))


IMPORTER = Importer(
    name="cas-xmi",
    title="UIMA CAS in XMI, of INCEpTION and DKPro",
    read=read,
    takes=f"a file *.xmi with {FILE} beside it or one folder above, or a folder of such",
    loses=LOSES,
    extra="cas",
)
