"""TEI P5: names and references, speech, quotations and segments become annotations.

The label of an annotation is the element, with its type or the kind of what it refers to behind a
full stop (`rs.person`); in our own exports it is that of our scheme. Speakers may be annotations or
persons; of a person the nearest mention before the words, else behind them, is meant.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from .. import sources
from ..formats import about
from ..formats.documents import wrong_fields
from ..formats.tei import ID, NAMESPACE, TEI, Element, line_of
from ..formats.tei.graph import Tell, graph
from ..formats.tei.header import foreign_fields, is_own, own_fields, title
from ..formats.tei.text import Reader, UnreadableError
from ..paths import shown
from ..problem import UncheckedError
from ..standoff.format import Importer, Reading
from ..standoff.graph import Standoff


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """Each `TEI` of a file, or of the files of a folder."""
    for file in sources.files(path, ".xml", ".tei"):
        try:
            root = _parsed(file)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        for number, tei in enumerate(_documents(root), start=1):
            yield from _Document(tei, file, number, reading).read()


def _parsed(file: Path) -> Element:
    """The root of a file; nothing that it names elsewhere is opened.

    Raises:
        UncheckedError: it is no XML, or declares entities, or is not TEI.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        dtd_validation=False, attribute_defaults=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(sources.read(file), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = str(getattr(error, "msg", error)).replace("\n", " ")
        line = getattr(error, "lineno", None) or 0
        raise sources.refused(file, line, f"{told}, expected XML") from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):
        raise sources.refused(file, 1, "declares entities, expected the characters themselves")
    if root.tag not in (f"{TEI}TEI", f"{TEI}teiCorpus"):
        told = f"root {str(root.tag)!r:.80}, expected TEI or teiCorpus of {NAMESPACE}"
        raise sources.refused(file, line_of(root), told)
    return root


def _documents(root: Element) -> list[Element]:
    return [tei for tei in root.iter(f"{TEI}TEI") if tei.find(f"{TEI}text") is not None] or [root]


class _Document:
    def __init__(self, tei: Element, file: Path, number: int, reading: Reading) -> None:
        self._tei = tei
        self._path = shown(file)
        self._reading = reading
        self._own = is_own(tei)
        only = tei.getparent() is None
        self._name = file.stem if only else tei.get(ID) or f"{file.stem}-{number}"
        self._sound = True

    def read(self) -> Iterator[Standoff]:
        """The document, if it can be read."""
        reader = Reader(self._lose, exact=self._own)
        bodies = self._tei.findall(f"{TEI}text/{TEI}body")
        bodies += self._tei.findall(f"{TEI}text/{TEI}group//{TEI}body")
        if not bodies:
            self._complain(line_of(self._tei), "no text with a body, expected one")
        try:
            for body in bodies:
                reader.read(body)
        except UnreadableError as error:
            self._complain(error.line, str(error))
        document = self._fields(len(reader.text))
        tell = Tell(self._lose, self._change, self._complain)
        made = graph(self._tei, reader.text, reader.marks, tell, own=self._own)
        if self._sound:
            name = str(document.get("id", self._name))
            yield replace(made, name=name, document=document, path=self._path)

    def _fields(self, length: int) -> dict[str, object]:
        if self._own:
            return self._own_fields(length)
        found = about.fields(foreign_fields(self._tei), self._path, self._reading.losses)
        if told := title(self._tei):
            self._reading.losses.lost("document field title", self._path, told)
        return dict(found)

    def _own_fields(self, length: int) -> dict[str, object]:
        try:
            found = own_fields(self._tei)
        except ValueError as error:
            self._complain(0, str(error))
            return {}
        for wrong in wrong_fields(found, length):
            self._complain(0, wrong)
        return found

    def _lose(self, kind: str, line: int) -> None:
        self._reading.losses.lost(kind, f"{self._path}:{line}")

    def _change(self, kind: str, line: int) -> None:
        self._reading.losses.changed(kind, f"{self._path}:{line}")

    def _complain(self, line: int, message: str) -> None:
        self._sound = False
        self._reading.wrong(self._path, line, message)


IMPORTER = Importer(
    name="tei",
    title="TEI P5",
    read=read,
    takes="*.xml or *.tei, one or many documents in each",
    map="tei",
    loses=(
        "of foreign documents: front and back matter, notes inside the text, corrections and other "
        "second readings, comments, elements that are no names, speech, quotations or segments",
        "actors of a list that the text neither mentions nor points to",
    ),
)
