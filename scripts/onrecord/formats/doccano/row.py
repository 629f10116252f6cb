"""One line of doccano's JSON Lines in any of its dialects."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from ...schema import Json
from .. import aside
from ..shapes import MisshapenError, shaped
from .kept import Kept

_TEXT = ("text", "data")
_SPANS = ("entities", "label", "labels", "annotations")
_OTHERS = ("id", "relations", "Comments", "comments", "cats", "meta", "annotation_approver")


class UnclearError(Exception):
    """A line that cannot be understood; `messages` has all that is wrong."""

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong, a line each."""
        return tuple(str(message) for message in self.args)


@dataclass(frozen=True, slots=True)
class Entity:
    """A span as doccano has it; `number` is its place in the order in which ids were given."""

    name: str
    label: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A text; relations are label, and names of two entities; `lost` is kind and what it was."""

    text: str
    id: str
    entities: tuple[Entity, ...]
    relations: tuple[tuple[str, str, str], ...]
    metadata: Json
    kept: Kept
    lost: tuple[tuple[str, str], ...]


class _Span(msgspec.Struct, frozen=True):
    label: str | int
    start_offset: int
    end_offset: int
    id: int | str | None = None


class _Relation(msgspec.Struct, frozen=True):
    from_id: int | str
    to_id: int | str
    type: str


def row(value: Any) -> Row:
    """A line that is understood.

    Raises:
        UnclearError: it is not.
    """
    if not isinstance(value, dict):
        raise UnclearError(f"{type(value).__name__}, expected an object")
    text = next((value[key] for key in _TEXT if isinstance(value.get(key), str)), None)
    if text is None:
        raise UnclearError("no 'text', expected the text of the document")
    wrong: list[str] = []
    entities = tuple(_entities(value, wrong))
    wrong += _twice("entity", (entity.name for entity in entities))
    relations = tuple(_relations(value, wrong))
    kept = _kept(value, wrong)
    if wrong:
        raise UnclearError(*wrong)
    name = str(value["id"]) if isinstance(value.get("id"), int | str) else ""
    return Row(text, name, entities, relations, _metadata(value), kept, tuple(_lost(value)))


def _entities(value: Json, wrong: list[str]) -> Iterator[Entity]:
    given = [one for key in _SPANS for one in _list(value, key, wrong)]
    for number, one in enumerate(given):
        try:
            span = _triple(one) if isinstance(one, list) else msgspec.convert(one, _Span)
        except msgspec.ValidationError:
            wrong.append(f"{str(one)[:60]!r}, expected a span: label, start_offset, end_offset")
            continue
        name = f"#{number}" if span.id is None else str(span.id)
        order = span.id if isinstance(span.id, int) else number
        yield Entity(name, str(span.label), span.start_offset, span.end_offset, order)


def _triple(value: list[Any]) -> _Span:
    start, end, label = msgspec.convert(value, tuple[int, int, str | int])
    return _Span(label, start, end)


def _relations(value: Json, wrong: list[str]) -> Iterator[tuple[str, str, str]]:
    for one in _list(value, "relations", wrong):
        try:
            found = msgspec.convert(one, _Relation)
        except msgspec.ValidationError:
            wrong.append(f"{str(one)[:60]!r}, expected a relation: from_id, to_id, type")
            continue
        yield found.type, str(found.from_id), str(found.to_id)


def _list(value: Json, key: str, wrong: list[str]) -> list[Any]:
    found = value.get(key)
    if found is not None and not isinstance(found, list):
        wrong.append(f"{str(found)[:60]!r} as {key!r}, expected a list")
    return found if isinstance(found, list) else []


def _kept(value: Json, wrong: list[str]) -> Kept:
    try:
        kept = shaped(value.get(aside.KEY) or {}, Kept)
    except MisshapenError as error:
        wrong.append(f"{aside.KEY!r}: {error}")
        return Kept()
    wrong += _twice(aside.KEY, kept.keys)
    return kept


def _twice(what: str, names: Iterable[str]) -> list[str]:
    found = Counter(names)
    return [f"{what} {name!r} twice, expected it once" for name, n in found.items() if n > 1]


def _metadata(value: Json) -> Json:
    """What else is told; early versions kept it in an object of its own."""
    known = {*_TEXT, *_SPANS, *_OTHERS, aside.KEY}
    meta = value.get("meta")
    early = meta if isinstance(meta, dict) else {}
    return {**early, **{key: told for key, told in value.items() if key not in known}}


def _lost(value: Json) -> Iterator[tuple[str, str]]:
    for kind, keys in (("comment", ("Comments", "comments")), ("document field cats", ("cats",))):
        for key in keys:
            yield from ((kind, str(one)[:80]) for one in _list(value, key, []))
