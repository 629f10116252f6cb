"""Records as the schemas want them: absent fields left out, what does not fit told."""

from collections.abc import Iterator, Sequence

import msgspec

from ..codec import convert, decode, encode
from ..describe import described
from ..losses import Losses
from ..model import Article, Record, articles
from ..problem import Problem
from ..schema import ANNOTATIONS, TABLES, Json, fields, misfits, table_schema
from .records import Tables


def fitted(
    tables: Tables, name: str, path: str, losses: Losses, problems: list[Problem]
) -> Article | None:
    """The article that records describe, its document called `name`; in no order yet.

    An optional field whose value cannot be is lost; any other is a problem, and then there is no
    article.
    """
    (document,) = tables["documents"]
    known = {field: value for field, value in document.items() if field in fields("documents")}
    for field in document.keys() - known.keys():
        losses.lost(f"document field {field}", path)
    rows = {"documents": [described({**known, "id": name})]}
    rows |= {table: [{"doc": name, **row} for row in tables[table]] for table in ANNOTATIONS}
    count = len(problems)
    made = {table: list(_records(table, rows[table], path, losses, problems)) for table in TABLES}
    return articles(made)[0] if len(problems) == count else None


def _records(
    table: str, rows: Sequence[Json], path: str, losses: Losses, problems: list[Problem]
) -> Iterator[Record]:
    count = len(problems)
    present = [_present(table, row) for row in rows]
    for row in present if not _all_fit(table, present) else ():
        _trim(table, row, path, losses, problems)
    if len(problems) == count:
        for row in present:
            try:
                yield convert(table, row)
            except msgspec.ValidationError as error:
                # The schema has 1.0 as an integer, the model has not.
                problems.append(Problem(path, 0, 0, "source", f"{table}: {error}"))


def _all_fit(table: str, rows: Sequence[Json]) -> bool:
    """Whether all fit; quick, since nearly always they do."""
    try:
        return decode(table, encode([convert(table, row) for row in rows])) is not None
    except (TypeError, ValueError):
        return False


def _trim(table: str, row: Json, path: str, losses: Losses, problems: list[Problem]) -> None:
    """Take away the optional fields whose values cannot be; tell of the others."""
    for misfit in misfits(table, row):
        field = misfit.pointer.split("/")[1] if misfit.pointer else ""
        if field in row and field not in table_schema(table)["required"]:
            losses.lost(f"{table.removesuffix('s')} field {field}", path, str(row.pop(field)))
        elif field in row or not field:
            told = f"{table} {field}: {misfit.message[:150]}"
            problems.append(Problem(path, 0, 0, "source", told))


def _present(table: str, row: Json) -> Json:
    """The fields in order, without optional ones that say nothing."""
    required = table_schema(table)["required"]
    return {
        field: row[field]
        for field in fields(table)
        if field in row and (field in required or row[field] not in (None, [], ""))
    }
