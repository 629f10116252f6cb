"""Give a document a corrected text, and move its annotations along."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from . import anchor, schema, store
from .codec import encode
from .fmt import Formatted
from .normal import article_text
from .paths import ASIDE, Corpus, Place, shown
from .problem import NotFoundError, Problem


def reanchor(place: Place, source: bytes, document: str | None = None) -> Formatted:
    """The bundle with `source` as the new seed and text of a document, all its spans moved along.

    Earlier annotations of the same document, which share its seed, move with it. What cannot move
    is listed, and then `files` is empty. The bundles must be sound.

    Raises:
        NotFoundError: no such document, or several and none named.
        UncheckedError: a bundle has errors.
        UnicodeDecodeError: `source` is not UTF-8.
    """
    moved = [_reanchored(one, source, document) for one in _sharing_a_seed(place)]
    problems = [problem for one in moved for problem in one.problems]
    files = {path: data for one in moved for path, data in one.files.items()}
    return Formatted({} if problems else files, problems)


def _sharing_a_seed(place: Place) -> list[Place]:
    """The bundle in the splits and its earlier annotations, whichever of them `place` is."""
    corpora = [Corpus(place.corpus.root / "corpus")] if place.corpus.folder.name in ASIDE else []
    corpora = corpora or [place.corpus]
    corpora += [Corpus(corpora[0].folder / name) for name in ASIDE]
    found = [Place(c, place.split, c.folder / place.split / place.name) for c in corpora]
    return [one for one in found if one.folder.is_dir()]


def _reanchored(place: Place, source: bytes, document: str | None) -> Formatted:
    records: dict[str, list[Any]] = {**store.read_records(place.folder)}
    found = [d for d in records["documents"] if document in (None, d.id)]
    if len(found) != 1:
        names = ", ".join(d.id for d in records["documents"])
        raise NotFoundError(f"no one document {document or ''!r}, expected one of {names}")
    mover = _Mover(place, found[0], article_text(source))
    moved = {
        name: [mover.moved(name, line, record) for line, record in enumerate(of_table, start=1)]
        for name, of_table in records.items()
    }
    if mover.problems:
        return Formatted({}, mover.problems)
    moved["documents"] = [
        msgspec.structs.replace(d, text=mover.new, seed=store.digest(source))
        if d.id == found[0].id
        else d
        for d in moved["documents"]
    ]
    files = {place.folder / store.table_file(name): encode(rows) for name, rows in moved.items()}
    files[place.corpus.seeds / f"{found[0].id}.txt"] = source
    return Formatted({p: data for p, data in files.items() if not _holds(p, data)}, [])


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


class _Mover:
    """Moves the spans of one document to its new text, and keeps what cannot move."""

    def __init__(self, place: Place, document: Any, new: str) -> None:
        self._place = place
        self._document = document
        self._moves = anchor.moves(document.text, new)
        self.new = new
        self.problems: list[Problem] = []

    def moved(self, table: str, line: int, record: Any) -> Any:
        """The record with its spans at their new offsets."""
        if table == "documents":
            if record.id != self._document.id:
                return record
            sections = self._list(table, line, "sections", record.sections)
            return msgspec.structs.replace(record, sections=tuple(self._stretched(sections)))
        if record.doc != self._document.id or table == "actors":
            return record
        if table == "mentions":
            return self._span(table, line, "", record)
        changes = {
            field: self._list(table, line, field, getattr(record, field))
            for field in schema.span_fields(table)
        }
        return msgspec.structs.replace(record, **changes)

    def _stretched(self, sections: tuple[Any, ...]) -> Iterator[Any]:
        """The sections, each up to the next, so that new words belong to the part before them."""
        starts = [section.start for section in sections]
        starts[0] = len(self.new) - len(self.new.lstrip())
        for section, start, behind in zip(sections, starts, [*starts[1:], None], strict=True):
            end = len(self.new[:behind].rstrip())
            yield msgspec.structs.replace(section, start=start, end=end)

    def _list(self, table: str, line: int, field: str, spans: tuple[Any, ...]) -> tuple[Any, ...]:
        pointers = (f"/{field}/{index}" for index in range(len(spans)))
        return tuple(self._span(table, line, p, s) for p, s in zip(pointers, spans, strict=True))

    def _span(self, table: str, line: int, pointer: str, span: Any) -> Any:
        start, end = self._moves.start(span.start), self._moves.end(span.end)
        if start is None or end is None or start >= end:
            old = self._document.text[span.start : span.end]
            message = f"{old[:60]!r} has no place in the new text"
            path = shown(self._place.folder / store.table_file(table))
            self.problems.append(Problem(path, line, 1, "E303", message, pointer))
            return span
        exact = {"exact": self.new[start:end]} if hasattr(span, "exact") else {}
        return msgspec.structs.replace(span, start=start, end=end, **exact)
