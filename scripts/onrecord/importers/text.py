"""Plain text in UTF-8 to articles without annotations, a file for each."""

from collections.abc import Iterator
from pathlib import Path

from .. import sources
from ..standoff.format import Importer, Raw, Reading


def read(path: Path, reading: Reading) -> Iterator[Raw]:
    """The article of a file, or of each file `*.txt` below a folder; a source is kept as it is."""
    for file in sources.files(path, ".txt"):
        with reading.each(file) as source:
            data = sources.read(file)
            if sources.decoded(file, data).strip():
                yield Raw(file.stem, data, {}, source.shown)
            else:
                source.wrong(0, "no words, expected the text of an article")


IMPORTER = Importer(
    name="text", title="plain text in UTF-8", read=read, takes="a file *.txt, or a folder of such",
    map="",
)  # fmt: skip
