"""Between canonical lines and records: decoding that checks, and encoding.

The checks are compiled from the JSON Schemas, so that decoding a sound table costs no more than
parsing it. They only decide; `schema.misfits` explains. Tests hold both to the same verdict.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from types import GenericAlias
from typing import Annotated, Any, Literal, cast, get_args, get_type_hints

import msgspec
from msgspec import Meta

from .model import CLASSES, Record, Struct
from .schema import Json, table_schema


def decode(table: str, data: bytes) -> list[Record] | None:
    """The records of a table if it is canonical and every record fits its schema, else None."""
    codec = _codec(table)
    try:
        records: list[Record] = codec.decoder.decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    # Equal bytes also say that no key stood twice or out of order, and no number had a fraction.
    return records if encode(records) == data and codec.sound(records) else None


def convert(table: str, record: Json) -> Record:
    """The record that a valid JSON object describes."""
    converted: Record = msgspec.convert(record, _codec(table).type)
    return converted


def encode(records: Iterable[Record]) -> bytes:
    """Canonical lines: compact JSON, UTF-8 unescaped, keys in schema order, LF after each."""
    return _ENCODER.encode_lines(records)


_ENCODER = msgspec.json.Encoder()


class _Codec:
    """What is compiled from the schema of one table."""

    def __init__(self, schema: Json, model: type[Struct]) -> None:
        self.type: Any = _struct(schema, model)
        self.decoder: Any = msgspec.json.Decoder(self.type)
        self._tests = list(_tests(schema))

    def sound(self, records: Sequence[Record]) -> bool:
        """Whether the values fit what types do not say: patterns, formats, unique items."""
        return all(test(_values(records, name)) for name, test in self._tests)


@cache
def _codec(table: str) -> _Codec:
    return _Codec(table_schema(table), CLASSES[table])


def _values(records: Sequence[Record], name: str) -> set[Any]:
    return set(map(attrgetter(name), records)) - {None, ()}


def _strict(schema: Json, model: Any) -> Any:
    """The type that `schema` declares; `model` is the class or the hint it narrows."""
    match schema["type"]:
        case "object":
            return _struct(schema, model)
        case "array":
            item = _strict(schema["items"], get_args(model)[0])
            items = GenericAlias(tuple, (item, ...))
            return Annotated[items, Meta(min_length=schema.get("minItems", 0))]
        case "string" if "enum" in schema:
            return Literal[tuple(schema["enum"])]
        case "string":
            shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
            return Annotated[str, Meta(min_length=shortest, max_length=longest)]
        case "integer":
            return Annotated[int, Meta(ge=schema.get("minimum"), le=schema.get("maximum"))]
    return bool


def _struct(schema: Json, model: type[Struct]) -> type[Struct]:
    """A subclass of `model` whose fields are as narrow as the schema says."""
    hints = get_type_hints(model)
    defaults = {field.name: field.default for field in msgspec.structs.fields(model)}
    narrowed = [
        (
            name,
            _strict(field, hints[name]),
            *(() if name in schema["required"] else (defaults[name],)),
        )
        for name, field in schema["properties"].items()
    ]
    narrow: Any = msgspec.defstruct(model.__name__, narrowed, bases=(model,), **_OPTIONS)
    return cast("type[Struct]", narrow)


_OPTIONS: dict[str, Any] = {
    "frozen": True,
    "kw_only": True,
    "omit_defaults": True,
    "forbid_unknown_fields": True,
    "gc": False,
}


def _tests(schema: Json) -> Iterator[tuple[str, Callable[[set[Any]], bool]]]:
    """For fields whose schema says more than a type can: a test of the set of their values."""
    for name, field in schema["properties"].items():
        item = field.get("items", field)
        if "pattern" in item:
            yield name, _all_match(item["pattern"], listed=item is not field)
        if item.get("format") == "date":
            yield name, _all_dates
        if field.get("uniqueItems"):
            yield name, _all_unique


def _all_match(pattern: str, *, listed: bool) -> Callable[[set[Any]], bool]:
    """One match over all values at once, which is far cheaper than one for each."""
    before = "" if pattern.startswith("^") else ".*"
    behind = "" if pattern.endswith("$") else ".*"
    bare = pattern.removeprefix("^").removesuffix("$")
    lines = re.compile(f"(?:{before}(?:{bare}){behind}\n)*")

    def test(values: set[Any]) -> bool:
        texts = {text for value in values for text in value} if listed else values
        joined = "\n".join([*texts, ""])
        return joined.count("\n") == len(texts) and lines.fullmatch(joined) is not None

    return test


def _all_dates(values: set[str]) -> bool:
    try:
        return all(date.fromisoformat(value) for value in values)
    except ValueError:
        return False


def _all_unique(values: set[tuple[str, ...]]) -> bool:
    return all(len(set(value)) == len(value) for value in values)
