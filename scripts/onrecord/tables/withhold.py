"""Leave out the words of documents whose text may not be passed on; offsets and labels stay."""

from collections.abc import Set

import pyarrow as pa
import pyarrow.compute as pc

from .config import Config


def withhold(rows: pa.Table, config: Config, documents: Set[str]) -> pa.Table:
    """The rows of `config`; in those of `documents` every column of `config.words` is null."""
    mask = pc.is_in(rows[config.key], pa.array(sorted(documents), pa.string())).combine_chunks()
    if not pc.any(mask).as_py():
        return rows
    for number, field in enumerate(rows.schema):
        column = rows.column(number).combine_chunks()
        rows = rows.set_column(number, field, _without(column, field.name, mask, config.words))
    return rows


def _without(column: pa.Array, path: str, mask: pa.Array, words: tuple[str, ...]) -> pa.Array:
    """A column, or what lies inside one, without the words that stand where `mask` is true."""
    if path in words:
        return pc.if_else(mask, pa.nulls(len(column), column.type), column)
    if pa.types.is_struct(column.type):
        return _struct(column, path, mask, words)
    if pa.types.is_list(column.type) and any(word.startswith(f"{path}.") for word in words):
        return _list(column, path, mask, words)
    return column


def _struct(
    column: pa.StructArray, path: str, mask: pa.Array, words: tuple[str, ...]
) -> pa.StructArray:
    fields = list(column.type)
    # flatten() gives the fields with the nulls of the struct, and cut to the rows of the array.
    parts = [
        _without(part, f"{path}.{field.name}", mask, words)
        for part, field in zip(column.flatten(), fields, strict=True)
    ]
    return pa.StructArray.from_arrays(parts, fields=fields, mask=column.is_null())


def _list(column: pa.ListArray, path: str, mask: pa.Array, words: tuple[str, ...]) -> pa.ListArray:
    """A list of structs, whose fields stand under the path of the list."""
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    ends = pc.cumulative_sum(lengths).cast(pa.int32())
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    inner = mask.take(pc.list_parent_indices(column))
    values = _without(column.flatten(), path, inner, words)
    return pa.ListArray.from_arrays(offsets, values, type=column.type, mask=column.is_null())
