"""Bring the files of a bundle into canonical form."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from . import anchor, schema, store
from .checks import lines
from .checks.fields import check_fields
from .checks.order import sort_key
from .checks.rule import Finding
from .codec import convert, decode, encode
from .ids import Draw, mint
from .model import Record
from .paths import Place, shown
from .problem import Problem
from .schema import TABLES, Json

HELPERS = ("prefix", "suffix", "nth")
"""Keys that help to find a span by its text; they are taken away once it is found."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """The files of a bundle that have to change, with their new content, and what is in the way."""

    files: dict[Path, bytes]
    problems: list[Problem]


def format_bundle(place: Place, draw: Draw = secrets.choice) -> Formatted:
    """The canonical form of a bundle.

    Missing ids are minted, missing offsets and `exact` filled in, keys and records sorted. A line
    that cannot be understood stays as it is, and its file is then not sorted.
    """
    texts = {document["id"]: document["text"] for document in _documents(place)}
    files: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for table in TABLES:
        path = place.folder / store.table_file(table)
        if not path.is_file() or path.is_symlink():
            problems.append(Problem(shown(path), 0, 0, "E101", "missing, or no regular file"))
        else:
            data = path.read_bytes()
            form = _Form(table, path, texts, draw)
            formatted = form.table(data)
            problems += form.problems
            if formatted != data:
                files[path] = formatted
    return Formatted(files, problems)


class _Form:
    """Formats one table."""

    def __init__(self, table: str, path: Path, texts: dict[str, str], draw: Draw) -> None:
        self._table = table
        self._path = path
        self._texts = texts
        self._position = {name: index for index, name in enumerate(texts)}
        self._draw = draw
        self._ids: set[str] = set()
        self.problems: list[Problem] = []

    def table(self, data: bytes) -> bytes:
        """The canonical bytes of a table."""
        records = decode(self._table, data)
        if records is not None and self._is_sorted(records):
            return data
        raw = lines.split(data)
        read = [lines.read_line(self._table, n, line)[0] for n, line in enumerate(raw, start=1)]
        self._ids = {str(record["id"]) for record in read if record and "id" in record}
        new = [self._line(n, *pair) for n, pair in enumerate(zip(raw, read, strict=True), start=1)]
        kept = [line for line in new if line is not None]
        understood = decode(self._table, b"".join(line + b"\n" for line in kept))
        if understood is None or self._table == "documents":
            return b"".join(line + b"\n" for line in kept)
        return encode(sorted(understood, key=self._key))

    def _line(self, number: int, raw: bytes, record: Json | None) -> bytes | None:
        """One line in canonical form, None for a blank one; as it is if it is not understood."""
        if record is None:
            self._tell(number, lines.read_line(self._table, number, raw)[1])
            return raw if raw.strip() else None
        try:
            line = encode([convert(self._table, self._filled(record))])
        except _NotFoundError as error:
            path = shown(self._path)
            self.problems.append(Problem(path, number, 1, "E201", error.message, error.pointer))
            return raw
        except (msgspec.ValidationError, UnicodeEncodeError):
            line = b""
        if line and decode(self._table, line):
            return line.rstrip(b"\n")
        self._tell(number, check_fields(self._table, number, self._filled(record)))
        return raw

    def _tell(self, number: int, findings: Iterable[Finding]) -> None:
        """Keep what stands in the way of a canonical line."""
        path = shown(self._path)
        for found in findings:
            if found.rule.removes():
                told = found.rule.code(), found.message, found.pointer, found.hint
                self.problems.append(Problem(path, number, 1, *told))

    def _is_sorted(self, records: list[Record]) -> bool:
        keys = [self._key(record) for record in records] if self._table != "documents" else []
        return keys == sorted(keys)

    def _key(self, record: Any) -> tuple[Any, ...]:
        return self._position.get(record.doc, len(self._position)), sort_key(record)

    def _filled(self, record: Json) -> Json:
        """The record with doc, id, offsets and `exact`, as far as they follow from the rest."""
        if self._table == "documents":
            return record
        record = {**record}
        if "doc" not in record and len(self._texts) == 1:
            record["doc"] = next(iter(self._texts))
        if "id" not in record and self._table != "actors":
            record["id"] = mint(self._table[0], self._ids, self._draw)
            self._ids.add(record["id"])
        text = self._texts.get(str(record.get("doc")))
        if text is None:
            return record
        if self._table == "mentions":
            record = _anchored(record, text, "")
        for field in schema.span_fields(self._table):
            if isinstance(record.get(field), list):
                spans = enumerate(record[field])
                record[field] = [_anchored(s, text, f"/{field}/{i}") for i, s in spans]
        return record


class _NotFoundError(Exception):
    def __init__(self, message: str, pointer: str) -> None:
        self.message = message
        self.pointer = pointer


def _anchored(span: Any, text: str, pointer: str) -> Any:
    """A span with all of start, end and exact, where one of them follows from the others."""
    if not isinstance(span, dict):
        return span
    if "exact" not in span and _are_offsets(span, text):
        return {**span, "exact": text[span["start"] : span["end"]]}
    if "exact" in span and "start" not in span and "end" not in span:
        bare = {key: value for key, value in span.items() if key not in HELPERS}
        start = _found(span, text, pointer)
        return {**bare, "start": start, "end": start + len(span["exact"])}
    return span


def _are_offsets(span: Json, text: str) -> bool:
    start, end = span.get("start"), span.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)


def _found(span: Json, text: str, pointer: str) -> int:
    exact = span["exact"]
    if not isinstance(exact, str) or not exact:
        raise _NotFoundError("no offsets, and exact is empty", pointer)
    everywhere = anchor.occurrences(text, exact)
    if not everywhere:
        raise _NotFoundError(f"no offsets, and {exact!r} is not in the text", pointer)
    prefix, suffix = str(span.get("prefix", "")), str(span.get("suffix", ""))
    places = anchor.occurrences(text, exact, prefix, suffix)
    if not places:
        message = f"{exact!r} stands {_times(everywhere)}, but never with prefix {prefix!r}"
        raise _NotFoundError(f"{message} and suffix {suffix!r}", pointer)
    nth = span.get("nth", 1 if len(places) == 1 else None)
    if nth is None:
        message = (
            f"no offsets, and {exact!r} stands {_times(places)}: {_candidates(places, text, exact)}"
        )
        raise _NotFoundError(f"{message}; choose one with nth, prefix or suffix", pointer)
    if type(nth) is not int or not 1 <= nth <= len(places):
        message = f"nth is {nth!r}, but {exact!r} stands {_times(places)}"
        raise _NotFoundError(f"{message}; nth is a whole number from 1", pointer)
    return places[nth - 1]


def _times(places: list[int]) -> str:
    return "once" if len(places) == 1 else f"{len(places)} times"


def _candidates(places: list[int], text: str, exact: str) -> str:
    shown_places = [
        f"{number} {anchor.in_context(text, at, at + len(exact))}"
        for number, at in enumerate(places[:_MOST], start=1)
    ]
    return "; ".join([*shown_places, *(["..."] if len(places) > _MOST else [])])


_MOST = 5


def _documents(place: Place) -> Iterator[Json]:
    """The documents of a bundle that can be read and have an id and a text."""
    path = place.folder / store.table_file("documents")
    if path.is_file():
        for number, raw in enumerate(lines.split(path.read_bytes()), start=1):
            record, _ = lines.read_line("documents", number, raw)
            if record and isinstance(record.get("id"), str) and isinstance(record.get("text"), str):
                yield record
