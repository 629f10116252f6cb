"""Where the text may lie that a file of annotations names by an IRI."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit


def places_of_text(source: str, file: Path, given: Path | None, *, only: bool) -> Iterator[Path]:
    """Paths to look at, the likeliest first.

    `given` is the text that the user names, or a folder of texts. Else a relative IRI leads from
    the folder of `file`, never out of it, and of any other the last part may be a file beside.
    Where the annotations are of one text `only`, that may also be named as they are.
    """
    if given and not given.is_dir():
        yield given
    name = _path(source)
    last = name.rsplit("/", 1)[-1]
    for folder in (given, file.parent) if given else (file.parent,):
        if ":" not in source and not name.startswith("/") and ".." not in name.split("/"):
            yield folder / name
        if last not in ("", ".", ".."):
            yield folder / last
    if only:
        yield file.with_suffix(".txt")


def _path(source: str) -> str:
    try:
        path = unquote(urlsplit(source).path)
    except ValueError:
        return ""
    return "" if "\0" in path else path
