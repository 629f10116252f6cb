"""A bundle as far as it is sound: its tables after levels 1 and 2, and its documents."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from . import codec, store
from .checks import fields, lines
from .checks.rule import Draft, Finding, Rows
from .model import Document
from .paths import Place
from .schema import ANNOTATIONS, TABLES


class Table:
    """One table of a bundle after levels 1 and 2.

    `rows` are its sound records, `findings` what is wrong with the others, `unsound` document and
    id of those; `whole` says that no line is without both.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        records = codec.decode(name, data) if len(data) <= lines.LONGEST else None
        if records is not None:
            self.rows: Rows[Any] = Rows(range(1, len(records) + 1), records)
            self.findings: list[Finding] = []
            self.unsound: list[tuple[str, str]] = []
            self.whole = True
        else:
            self._read_slowly(data)

    def _read_slowly(self, data: bytes) -> None:
        self.findings = list(lines.check_ends(self.name, data))
        self.unsound = []
        self.whole = True
        sound: list[tuple[int, Any]] = []
        for number, raw in enumerate(lines.split(data), start=1):
            record = self._record(number, raw)
            sound += [] if record is None else [(number, record)]
        self.rows = Rows([number for number, _ in sound], [record for _, record in sound])

    def _record(self, number: int, raw: bytes) -> Any:
        """The record on one line, None if it has errors of levels 1 or 2 or is blank."""
        quick = codec.decode(self.name, raw + b"\n") if len(raw) <= lines.LONGEST else None
        if quick:
            return quick[0]
        read, found = lines.read_line(self.name, number, raw)
        self.findings += found
        if read is None:
            self.whole &= all(finding.rule.form for finding in found)
            return None
        misfits = list(fields.check_fields(self.name, number, read))
        self.findings += misfits
        if not any(finding.rule.removes() for finding in misfits):
            return codec.convert(self.name, read)
        doc, name = read.get("id" if self.name == "documents" else "doc"), read.get("id")
        if isinstance(doc, str) and isinstance(name, str) and not _unnamed(misfits):
            self.unsound.append((doc, name))
        else:
            self.whole = False
        return None

    @cached_property
    def lines(self) -> list[bytes]:
        """The lines of the file, without their line feeds."""
        return self.data.split(b"\n")

    @cached_property
    def record(self) -> dict[int, Any]:
        """The sound records by the number of their line."""
        return dict(self.rows)

    @cached_property
    def texts(self) -> dict[str, str]:
        """In the table of documents, the text of each by id."""
        return {document.id: document.text for document in self.rows.records}

    @cached_property
    def runs(self) -> list[tuple[str, Rows[Any]]]:
        """The records of one document after the other, as they stand in the file."""
        runs = []
        first = 0
        for doc, group in groupby(self.rows.records, key=_DOC):
            records = list(group)
            last = first + len(records)
            runs.append((doc, Rows(self.rows.numbers[first:last], records)))
            first = last
        return runs


_DOC = attrgetter("doc")


def _unnamed(misfits: list[Finding]) -> bool:
    """Whether it is the document or the id of a record that does not fit."""
    return any(finding.pointer in ("/id", "/doc") for finding in misfits)


class Bundle:
    """A bundle as it lies in its folder: its entries, the bytes of its files, and its tables."""

    def __init__(self, place: Place, entries: Iterable[store.Entry] | None = None) -> None:
        self.place = place
        self.entries = store.entries(place.folder) if entries is None else list(entries)
        self.files = {entry.name: entry.data for entry in self.entries if entry.kind == "file"}
        self.tables = {
            table: Table(table, self.files[store.table_file(table)])
            for table in TABLES
            if store.table_file(table) in self.files
        }


def drafts(place: Place, tables: dict[str, Table]) -> Iterator[Draft]:
    """Every document that the bundle has or names, with its records."""
    whole = frozenset(name for name, table in tables.items() if table.whole)
    documents: dict[str, tuple[int, Document]] = {}
    for number, found in tables["documents"].rows if "documents" in tables else ():
        documents.setdefault(found.id, (number, found))
    rows = {name: _grouped(tables[name]) if name in tables else {} for name in ANNOTATIONS}
    lost = {name: _lost(tables[name]) if name in tables else {} for name in ANNOTATIONS}
    named = {doc for of_table in rows.values() for doc in of_table}
    strays = sorted(named - set(documents))
    # A record that names a document which is not there is reported for that alone.
    strayed = {
        name: frozenset(
            r.id for doc in strays if doc in rows[name] for r in rows[name][doc].records
        )
        for name in ANNOTATIONS
    }
    for doc in [*documents, *strays]:
        line, document = documents.get(doc, (0, None))
        yield Draft(
            place,
            doc,
            line,
            document,
            actors=rows["actors"].get(doc, _NOTHING),
            mentions=rows["mentions"].get(doc, _NOTHING),
            quotes=rows["quotes"].get(doc, _NOTHING),
            claims=rows["claims"].get(doc, _NOTHING),
            lost=strayed
            if not any(lost.values())
            else {name: strayed[name].union(lost[name].get(doc, ())) for name in ANNOTATIONS},
            whole=whole,
        )


_NOTHING: Rows[Any] = Rows()


def _grouped(table: Table) -> dict[str, Rows[Any]]:
    """The rows of each document."""
    groups: dict[str, Rows[Any]] = {}
    for doc, rows in table.runs:
        groups[doc] = groups[doc].and_then(rows) if doc in groups else rows
    return groups


def _lost(table: Table) -> dict[str, set[str]]:
    """The ids of each document's records that failed."""
    groups: dict[str, set[str]] = {}
    for doc, name in table.unsound:
        groups.setdefault(doc, set()).add(name)
    return groups
