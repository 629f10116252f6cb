"""Write rows as Parquet: the same rows and libraries give the same bytes."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write(rows: pa.Table, path: Path) -> None:
    """Write one Parquet file.

    zstd for size, a page index so that readers skip what they do not need, and pages cut by their
    content, so that storage which keeps equal chunks once keeps most of a changed file.
    """
    pq.write_table(
        rows,
        path,
        compression="zstd",
        write_page_index=True,
        use_content_defined_chunking=True,
    )
