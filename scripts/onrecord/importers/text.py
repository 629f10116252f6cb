"""Plain text in UTF-8 to articles without annotations, a file for each."""

from collections.abc import Iterator
from pathlib import Path

from .. import sources
from ..paths import shown
from ..problem import UncheckedError
from ..standoff.format import Importer, Raw, Reading


def read(source: Path, reading: Reading) -> Iterator[Raw]:
    """The article of a file, or of each file `*.txt` below a folder; a source is kept as it is."""
    for path in sources.files(source, ".txt"):
        try:
            data = sources.read(path)
            words = sources.decoded(path, data)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        if words.strip():
            yield Raw(path.stem, data, {}, shown(path))
        else:
            reading.wrong(shown(path), 0, "no words, expected the text of an article")


IMPORTER = Importer(
    name="text", title="plain text in UTF-8", read=read, takes="a file, or a folder of *.txt",
    map="",
)  # fmt: skip
