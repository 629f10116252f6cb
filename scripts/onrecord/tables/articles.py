"""Documents with their annotations nested: one row is all there is about one article.

Row: a document. Columns: the fields of `documents`, then `actors`, `mentions`, `quotes` and
`claims`, each a list of the records of that table without `doc`, in the order of their file.
Example: `load_dataset(..., "articles")[0]["mentions"][0]["exact"]` is `"North Korea"`.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from datasets import Features, List

from ..schema import ANNOTATIONS, worded
from .config import Config
from .features import source_features
from .sources import Sources

_WORDS = (
    *worded("documents"),
    *(f"{table}.{path}" for table in ANNOTATIONS for path in worded(table)),
)


def features() -> Features:
    """The columns of `documents`, then one list of structs for each other table."""
    nested = {
        table: List({name: f for name, f in source_features(table).items() if name != "doc"})
        for table in ANNOTATIONS
    }
    return Features({**source_features("documents"), **nested})


def rows(sources: Sources) -> pa.Table:
    """One row a document, in the order of the documents."""
    documents = sources.rows("documents")
    for table in ANNOTATIONS:
        lists = _lists(documents["id"], sources.rows(table))
        documents = documents.append_column(table, lists)
    return documents.cast(features().arrow_schema)


def _lists(ids: pa.ChunkedArray, records: pa.Table) -> pa.ListArray:
    """The records of each document as one list; records stand in the order of `ids`."""
    counts = {row["values"]: row["counts"] for row in pc.value_counts(records["doc"]).to_pylist()}
    lengths = [0, *(counts.get(name, 0) for name in ids.to_pylist())]
    offsets = pa.array(np.cumsum(lengths), pa.int32())
    structs = records.drop_columns(["doc"]).to_struct_array().combine_chunks()
    return pa.ListArray.from_arrays(offsets, structs)


ARTICLES = Config(
    "articles", "A document with its annotations nested.", features, rows, words=_WORDS
)
