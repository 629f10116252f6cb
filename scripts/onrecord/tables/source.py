"""The five source tables, row for row what the JSON Lines hold.

Row: one record. Columns: the fields of the record, an absent optional field null; offsets are
int32 in code points, `published` is date32. Example: `load_dataset(..., "quotes")[0]["cue"]` is
`[{"start": 67, "end": 76, "exact": "announced"}]`.
"""

import io
from functools import partial

import pyarrow as pa
import pyarrow.json

from ..schema import TABLES, table_schema
from .config import Config, Sources
from .features import source_features

_SMALLEST_BLOCK = 1 << 20


def read(table: str, sources: Sources) -> pa.Table:
    """The records of `table`, typed by its schema.

    Raises:
        pyarrow.ArrowInvalid: a record does not fit; checked corpora have none such.
    """
    target = source_features(table).arrow_schema
    data = sources[table]
    if not data:
        return target.empty_table()
    # A block must hold every record whole, and the reader knows no dates.
    rows = pa.json.read_json(
        io.BytesIO(data),
        read_options=pa.json.ReadOptions(block_size=max(_SMALLEST_BLOCK, len(data))),
        parse_options=pa.json.ParseOptions(
            explicit_schema=_without_dates(target), unexpected_field_behavior="error"
        ),
    )
    return rows.cast(target)


def _without_dates(schema: pa.Schema) -> pa.Schema:
    return pa.schema(
        [
            field.with_type(pa.string()) if pa.types.is_date(field.type) else field
            for field in schema
        ]
    )


SOURCES: tuple[Config, ...] = tuple(
    Config(
        table,
        table_schema(table)["description"],
        partial(source_features, table),
        partial(read, table),
    )
    for table in TABLES
)
