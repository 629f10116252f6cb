"""From records to Arrow, typed by their schema."""

from collections.abc import Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from ..schema import Json, table_schema
from .features import source_features


def columns(table: str, records: Sequence[Any]) -> pa.Table:
    """One row a record of `table`; an absent optional field is null."""
    schema = source_features(table).arrow_schema
    return pa.table(_fields(table_schema(table), records, schema), schema=schema)


def _fields(schema: Json, records: Sequence[Any], types: Any) -> list[pa.Array]:
    """One array for each field of objects of a schema."""
    return [
        _array(
            field,
            [*map(attrgetter(name), records)],
            types.field(name).type,
            required=name in schema["required"],
        )
        for name, field in schema["properties"].items()
    ]


def _array(schema: Json, values: list[Any], kind: pa.DataType, *, required: bool) -> pa.Array:
    """The values of one field; an empty list is null unless the field is required."""
    match schema["type"]:
        case "array":
            flat = [*chain.from_iterable(values)]
            inner = _array(schema["items"], flat, kind.value_type, required=True)
            offsets = pa.array([0, *accumulate(map(len, values))], pa.int32())
            absent = None if required else pa.array([not value for value in values], pa.bool_())
            return pa.ListArray.from_arrays(offsets, inner, type=kind, mask=absent)
        case "object":
            return pa.StructArray.from_arrays(_fields(schema, values, kind), fields=[*kind])
        case _ if pa.types.is_date(kind):
            return pa.array(values, pa.string()).cast(kind)
        case _:
            return pa.array(values, kind)
