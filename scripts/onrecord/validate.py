"""Check bundles, level by level."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from . import codec, store
from .checks import CHECKS, TEXTLESS, fields, lines, order, references, texts
from .checks.files import check_entries
from .checks.rule import Draft, Finding, Rows
from .model import Document
from .paths import Place, shown
from .problem import Problem, UncheckedError
from .schema import ANNOTATIONS, TABLES, Json


def check_places(places: Iterable[Place]) -> Iterator[Problem]:
    """All problems of the bundles, bundle by bundle, each bundle's by file and line."""
    for place in places:
        yield from check_bundle(place)


def check_bundle(place: Place) -> list[Problem]:
    """All problems of one bundle, by file and line."""
    entries = store.entries(place.folder)
    files = {entry.name: entry.data for entry in entries if entry.kind == "file"}
    tables = {
        table: _Table(table, files[store.table_file(table)])
        for table in TABLES
        if store.table_file(table) in files
    }
    findings = list(check_entries(entries))
    for table in tables.values():
        findings += table.findings
    findings += _across(place, tables)
    for draft in _drafts(place, tables):
        findings += _judge(draft, tables.get("documents"))
    return sorted(_problem(place, finding) for finding in findings)


def require_sound(places: Iterable[Place]) -> None:
    """Nothing, if the bundles have no errors; warnings do not count.

    Raises:
        UncheckedError: there are errors.
    """
    found = [problem for problem in check_places(places) if problem.is_error]
    if found:
        raise UncheckedError(f"the corpus has {len(found)} errors", found)


class _Table:
    """One table of a bundle after levels 1 and 2.

    `rows` are its sound records, `names` document and id of all records that could be read,
    `findings` what is wrong with the others; `whole` says that every line was read.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        records = codec.decode(name, data) if len(data) <= lines.LONGEST else None
        if records is not None:
            self.rows: Rows[Any] = Rows(range(1, len(records) + 1), records)
            self.findings: list[Finding] = []
            self.unsound: list[tuple[str, str]] = []
            self.whole = True
        else:
            self._read_slowly(data)

    def _read_slowly(self, data: bytes) -> None:
        read, self.findings = lines.read_lines(self.name, data)
        self.whole = all(finding.rule.form for finding in self.findings)
        misfits = list(fields.check_fields(self.name, read))
        removed = {finding.line for finding in misfits if finding.rule.removes()}
        self.findings += misfits
        self.unsound = _names(record for number, record in read if number in removed)
        sound = read.without(removed)
        converted = [codec.convert(self.name, record) for record in sound.records]
        self.rows = Rows(sound.numbers, converted)

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


def _names(records: Iterable[Json]) -> list[tuple[str, str]]:
    """Document and id of every record that has both, sound or not."""
    pairs = ((record.get("doc", record.get("id")), record.get("id")) for record in records)
    return [(doc, name) for doc, name in pairs if isinstance(doc, str) and isinstance(name, str)]


def _across(place: Place, tables: dict[str, _Table]) -> Iterator[Finding]:
    """What concerns a bundle as a whole."""
    if "documents" not in tables:
        return
    documents = tables["documents"].rows
    yield from references.same_documents(documents)
    if not tables["documents"].unsound and tables["documents"].whole:
        yield from texts.bundle_name(place, documents)
    names = [document.id for document in documents.records]
    for name in ANNOTATIONS:
        if name in tables and len(names) > 1:
            starts = [(doc, rows.numbers[0]) for doc, rows in tables[name].runs]
            yield from order.documents_in_turn(name, starts, names)


def _drafts(place: Place, tables: dict[str, _Table]) -> Iterator[Draft]:
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
            lost={name: strayed[name].union(lost[name].get(doc, ())) for name in ANNOTATIONS},
            whole=whole,
        )


_NOTHING: Rows[Any] = Rows()


def _grouped(table: _Table) -> dict[str, Rows[Any]]:
    """The rows of each document."""
    groups: dict[str, Rows[Any]] = {}
    for doc, rows in table.runs:
        groups[doc] = groups[doc].and_then(rows) if doc in groups else rows
    return groups


def _lost(table: _Table) -> dict[str, set[str]]:
    """The ids of each document's records that failed."""
    groups: dict[str, set[str]] = {}
    for doc, name in table.unsound:
        groups.setdefault(doc, set()).add(name)
    return groups


def _judge(draft: Draft, documents: _Table | None) -> Iterator[Finding]:
    """Levels 3 and 4."""
    if draft.document is None and documents is not None and _is_absent(documents, draft.name):
        yield from references.strays(draft)
        return
    for check in CHECKS if draft.document is not None else TEXTLESS:
        found = list(check.run(draft))
        if found:
            yield from _heeded(draft, found)
            draft = draft.without(found)
            if draft.document is None:
                return


def _is_absent(documents: _Table, name: str) -> bool:
    """Whether there is no document `name`, not even one that failed."""
    return documents.whole and all(failed != name for failed, _ in documents.unsound)


def _heeded(draft: Draft, findings: list[Finding]) -> Iterator[Finding]:
    """Findings without the warnings about records that have a note."""
    for finding in findings:
        advice = not finding.rule.is_error() and finding.table in ANNOTATIONS
        if not (advice and _has_note(draft.rows(finding.table), finding.line)):
            yield finding


def _has_note(rows: Rows[Any], line: int) -> bool:
    return any(number == line and record.note for number, record in rows)


def _problem(place: Place, finding: Finding) -> Problem:
    file = finding.table if finding.table not in TABLES else store.table_file(finding.table)
    return Problem(
        shown(place.folder / file),
        finding.line,
        finding.pointer,
        finding.rule.code(),
        finding.message,
        finding.hint,
    )
