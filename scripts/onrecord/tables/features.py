"""From JSON Schema to the types of Hugging Face datasets, and so to Arrow's."""

from functools import cache
from typing import Any

from datasets import Features, List, Value

from ..schema import Json, table_schema

_VALUES = {"string": "string", "integer": "int32", "boolean": "bool"}
_FORMATS = {"date": "date32"}


@cache
def source_features(table: str) -> Features:
    """One column for each field of `table`, in schema order; optional ones may be null."""
    return Features(_struct(table_schema(table)))


def feature(table: str, path: str) -> Any:
    """The type of one field of `table`, by its dotted path through structs and lists."""
    found: Any = source_features(table)
    for name in path.split("."):
        found = (found.feature if isinstance(found, List) else found)[name]
    return found


def _struct(schema: Json) -> dict[str, Any]:
    return {name: _feature(field) for name, field in schema["properties"].items()}


def _feature(schema: Json) -> Any:
    match schema["type"]:
        case "array":
            return List(_feature(schema["items"]))
        case "object":
            return _struct(schema)
        case scalar:
            return Value(_FORMATS.get(schema.get("format", ""), _VALUES[scalar]))
