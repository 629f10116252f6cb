"""The five source tables, row for row what the JSON Lines hold.

Row: one record. Columns: the fields of the record, an absent optional field null; offsets are
int32 in code points, `published` is date32. Example: `load_dataset(..., "quotes")[0]["cue"]` is
`[{"start": 67, "end": 76, "exact": "announced"}]`.
"""

from functools import partial

import pyarrow as pa

from ..schema import TABLES, table_schema, worded
from .config import Config
from .features import source_features
from .sources import Sources


def _rows(table: str, sources: Sources) -> pa.Table:
    return sources.rows(table)


RECORDS: tuple[Config, ...] = tuple(
    Config(
        table,
        table_schema(table)["description"],
        partial(source_features, table),
        partial(_rows, table),
        words=worded(table),
    )
    for table in TABLES
)
"""One config for each source table."""
