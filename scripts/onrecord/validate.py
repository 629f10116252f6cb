"""Check bundles, level by level."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import orjson

from . import store
from .checks import CHECKS, fields, lines
from .checks.files import check_entries
from .checks.rule import Bundle, Finding, Rows
from .paths import Place, shown
from .problem import Problem, UncheckedError
from .schema import TABLES, Json, fits

_Known = set[tuple[str, str]]


def check_places(places: Iterable[Place]) -> Iterator[Problem]:
    """All problems of the bundles, bundle by bundle, each bundle's by file and line."""
    for place in places:
        yield from check_bundle(place)


def check_bundle(place: Place) -> list[Problem]:
    """All problems of one bundle, by file and line."""
    entries = store.entries(place.folder)
    findings = list(check_entries(entries))
    files = {entry.name: entry.data for entry in entries if entry.kind == "file"}
    bundle, misread = _read(place, files)
    findings += misread
    for check in CHECKS:
        broken = list(check.run(bundle))
        findings += broken
        bundle = _without(bundle, broken)
    return sorted(_problem(place, finding) for finding in findings)


def require_sound(places: Iterable[Place]) -> None:
    """Nothing, if the bundles have no errors; warnings do not count.

    Raises:
        UncheckedError: there are errors.
    """
    found = [problem for problem in check_places(places) if problem.is_error]
    if found:
        raise UncheckedError(f"the corpus has {len(found)} errors", found)


def _read(place: Place, files: dict[str, bytes]) -> tuple[Bundle, list[Finding]]:
    """Levels 1 and 2: the sound records of each table, and what is wrong with the others."""
    rows = {table: Rows() for table in TABLES}
    known: dict[str, _Known] = {table: set() for table in TABLES}
    whole = []
    findings = []
    for table in TABLES:
        if store.table_file(table) not in files:
            continue
        data = files[store.table_file(table)]
        records = _sound(table, data)
        if records is not None:
            rows[table] = Rows(list(range(1, len(records) + 1)), records)
            broken: list[Finding] = []
        else:
            rows[table], broken = lines.read_lines(table, data)
        known[table] = _ids(rows[table].records)
        if all(finding.rule.form for finding in broken):
            whole.append(table)
        if records is None:
            misfits = list(fields.check_fields(table, rows[table]))
            rows[table] = rows[table].without(_lines(misfits))
            broken += misfits
        findings += broken
    return Bundle(place, rows, known, frozenset(whole)), findings


def _sound(table: str, data: bytes) -> list[Json] | None:
    """The records of a table without any fault of levels 1 and 2; None if it may have one.

    The quick way for what is nearly always so; what it refuses is judged line by line.
    """
    if len(data) > lines.LONGEST or lines.SUSPECT.search(data):
        return None
    try:
        records = store.parse(data)
    except orjson.JSONDecodeError:
        return None
    quick = store.is_canonical(data, records) and fits(table, records)
    return records if quick and fields.in_order(table, records) else None


def _ids(records: list[Json]) -> _Known:
    """Document and id of every record that has both, sound or not."""
    pairs = ((record.get("doc", record.get("id")), record.get("id")) for record in records)
    return {(doc, name) for doc, name in pairs if isinstance(doc, str) and isinstance(name, str)}


def _without(bundle: Bundle, findings: list[Finding]) -> Bundle:
    """The bundle without the records that break a rule on what they say."""
    broken = [finding for finding in findings if not finding.rule.form]
    if not any(finding.rule.code().startswith("E") for finding in broken):
        return bundle
    rows = {
        table: rows.without(_lines(f for f in broken if f.table == table))
        for table, rows in bundle.rows.items()
    }
    return replace(bundle, rows=rows)


def _lines(findings: Iterable[Finding]) -> set[int]:
    return {finding.line for finding in findings if not finding.rule.form}


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
