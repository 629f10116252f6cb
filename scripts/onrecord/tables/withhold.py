"""Leave out the words of documents whose text may not be passed on; offsets stay."""

from collections.abc import Set

import pyarrow as pa
import pyarrow.compute as pc

from .config import Config

LONGEST = 4
"""Words in a row that may stand in any other column, such as an actor's name."""


def withhold(rows: pa.Table, config: Config, documents: Set[str]) -> pa.Table:
    """The rows of `config`, without the words of `documents`.

    Null in their rows: every column of `config.words`, and any other text of more than `LONGEST`
    words.
    """
    mask = pc.is_in(rows[config.key], pa.array(sorted(documents), pa.string())).combine_chunks()
    if not pc.any(mask).as_py():
        return rows
    for number, field in enumerate(rows.schema):
        column = _without(rows.column(number).combine_chunks(), field.name, mask, config)
        rows = rows.set_column(number, field, column)
    return rows


def _without(column: pa.Array, path: str, mask: pa.Array, config: Config) -> pa.Array:
    """A column, or what lies inside one, without the words that stand where `mask` is true."""
    if path in config.words:
        return pc.if_else(mask, pa.nulls(len(column), column.type), column)
    if pa.types.is_string(column.type):
        long = pc.greater(pc.count_substring_regex(column, r"\S+"), LONGEST)
        both = pc.and_kleene(mask, pc.fill_null(long, False))
        return pc.if_else(both, pa.nulls(len(column), column.type), column)
    if pa.types.is_struct(column.type):
        return _struct(column, path, mask, config)
    if pa.types.is_list(column.type):
        return _list(column, path, mask, config)
    return column


def _struct(column: pa.StructArray, path: str, mask: pa.Array, config: Config) -> pa.StructArray:
    fields = list(column.type)
    # flatten() gives the fields with the nulls of the struct, and cut to the rows of the array.
    parts = [
        _without(part, f"{path}.{field.name}", mask, config)
        for part, field in zip(column.flatten(), fields, strict=True)
    ]
    return pa.StructArray.from_arrays(parts, fields=fields, mask=column.is_null())


def _list(column: pa.ListArray, path: str, mask: pa.Array, config: Config) -> pa.ListArray:
    """A list of texts stands under its own path, a list of structs under those of their fields."""
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    ends = pc.cumulative_sum(lengths)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends.cast(pa.int32())])
    inner = mask.take(pc.list_parent_indices(column))
    values = _without(column.flatten(), path, inner, config)
    return pa.ListArray.from_arrays(offsets, values, type=column.type, mask=column.is_null())
