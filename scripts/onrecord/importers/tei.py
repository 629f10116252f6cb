"""TEI P5: names and references, speech, quotations and segments become annotations.

The label of an annotation is the element, with its type or the kind of what it refers to behind a
full stop (`rs.person`); in our own exports it is that of our scheme. Speakers may be annotations or
persons; of a person the nearest mention before the words, else behind them, is meant.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .. import sources
from ..formats.document import fitting_fields, wrong_fields
from ..formats.tei import ID, NAMESPACE, TEI
from ..formats.tei.graph import graph
from ..formats.tei.header import foreign_fields, is_own, own_fields, title
from ..formats.tei.text import Reader, UnreadableError
from ..formats.xml import Element, declares_entities, line_of, root
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Standoff


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """Each `TEI` of a file, or of the files of a folder."""
    for file in sources.files(path, ".xml", ".tei"):
        with reading.each(file):
            for number, tei in enumerate(_documents(_root(file)), start=1):
                yield from _Document(tei, number, reading.source(file)).read()


def _root(file: Path) -> Element:
    """The root of a file.

    Raises:
        UncheckedError: it is no XML, or declares entities, or is not TEI.
    """
    found = root(file, sources.read(file))
    if declares_entities(found):
        raise sources.refused(file, 1, "declares entities, expected the characters themselves")
    if found.tag not in (f"{TEI}TEI", f"{TEI}teiCorpus"):
        told = f"root {str(found.tag)!r:.80}, expected TEI or teiCorpus of {NAMESPACE}"
        raise sources.refused(file, line_of(found), told)
    return found


def _documents(root: Element) -> list[Element]:
    return [tei for tei in root.iter(f"{TEI}TEI") if tei.find(f"{TEI}text") is not None] or [root]


class _Document:
    def __init__(self, tei: Element, number: int, source: Source) -> None:
        self._tei = tei
        self._source = source
        self._own = is_own(tei)
        only, stem = tei.getparent() is None, source.path.stem
        self._name = stem if only else tei.get(ID) or f"{stem}-{number}"

    def read(self) -> Iterator[Standoff]:
        """The document, if it can be read."""
        reader = Reader(self._source, exact=self._own)
        bodies = self._tei.findall(f"{TEI}text/{TEI}body")
        bodies += self._tei.findall(f"{TEI}text/{TEI}group//{TEI}body")
        if not bodies:
            self._source.wrong(line_of(self._tei), "no text with a body, expected one")
        try:
            for body in bodies:
                reader.read(body)
        except UnreadableError as error:
            self._source.wrong(error.line, str(error))
        document = self._fields(len(reader.text))
        made = graph(self._tei, reader.text, reader.marks, self._source, own=self._own)
        if self._source.is_sound:
            name = str(document.get("id", self._name))
            yield replace(made, name=name, document=document, path=self._source.shown)

    def _fields(self, length: int) -> dict[str, object]:
        if self._own:
            return self._own_fields(length)
        found = fitting_fields(foreign_fields(self._tei), 0, self._source)
        if told := title(self._tei):
            self._source.lost("document field title", found=told)
        return found

    def _own_fields(self, length: int) -> dict[str, object]:
        try:
            found = own_fields(self._tei)
        except ValueError as error:
            self._source.wrong(0, str(error))
            return {}
        for wrong in wrong_fields(found, length):
            self._source.wrong(0, wrong)
        return found


IMPORTER = Importer(
    name="tei",
    title="TEI P5",
    read=read,
    takes="a file *.xml or *.tei of one or many documents, or a folder of such",
    map="tei",
    loses=(
        "front and back matter, notes inside the text, corrections and other second readings",
        "elements that are no names, speech, quotations or segments; comments",
        "actors of a list that the text neither mentions nor points to",
    ),
)
