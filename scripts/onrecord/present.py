"""From what a check found to what a contributor is told: paths, columns, excerpts."""

from typing import Any

from . import locate, store
from .bundle import Table
from .checks.corpus import Conflict
from .checks.rule import Finding
from .paths import Place, shown
from .problem import Problem
from .schema import ANNOTATIONS, TABLES


def of_conflict(conflict: Conflict) -> Problem:
    """What a contradiction between two places of the corpus looks like to a contributor."""
    code = conflict.rule.code()
    column = 1 if conflict.line else 0
    return Problem(
        conflict.path,
        conflict.line,
        column,
        code,
        conflict.message,
        conflict.pointer,
        conflict.hint,
    )


def of_finding(place: Place, tables: dict[str, Table], finding: Finding) -> Problem:
    """What a finding in a bundle looks like to a contributor: file, line, column and text."""
    table = tables.get(finding.table)
    name = store.table_file(finding.table) if finding.table in TABLES else finding.table
    at = (
        locate.column(table.lines[finding.line - 1], finding.pointer)
        if table and finding.line
        else 0
    )
    return Problem(
        shown(place.folder / name),
        finding.line,
        at,
        finding.rule.code(),
        finding.message,
        finding.pointer,
        finding.hint,
        _excerpt(tables, finding) if table else "",
    )


def _excerpt(tables: dict[str, Table], finding: Finding) -> str:
    """The text around the span that a finding is about, where there is one and its text."""
    record = tables[finding.table].record.get(finding.line)
    if record is None or "documents" not in tables:
        return ""
    if finding.place:
        return locate.excerpt(record.text, *finding.place)
    span = _span(record, finding.pointer) if finding.table in ANNOTATIONS else None
    if span is None:
        return ""
    text = tables["documents"].texts.get(record.doc, "")
    return locate.excerpt(text, span.start, span.end)


def _span(record: Any, pointer: str) -> Any:
    """The span that `pointer` leads to, else the record's own or the first of its content."""
    span = record
    for part in pointer.split("/")[1:]:
        span = span[int(part)] if isinstance(span, tuple) else getattr(span, part, None)
    if hasattr(span, "start"):
        return span
    content = getattr(record, "content", None)
    return content[0] if content else record if hasattr(record, "start") else None
