"""From a source as received to the text of a document."""

import unicodedata
from itertools import groupby

import regex

_MARKS = regex.compile(r"\p{M}{100,}")


def article_text(source: bytes) -> str:
    """The text that a document has whose source is `source`.

    UTF-8 is decoded, byte order marks at the beginning dropped, Unicode brought to normal form C,
    every line end made LF, white space at line ends and blank lines at both ends of the text taken
    away.

    Raises:
        UnicodeDecodeError: `source` is not UTF-8.
    """
    text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = composed(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).lstrip("\n\ufeff").rstrip("\n")


def composed(text: str) -> str:
    """A text in Unicode normal form C.

    Very long runs of marks are put in order first, which changes nothing: `unicodedata` takes
    quadratic time for them.
    """
    return unicodedata.normalize("NFC", _MARKS.sub(_in_order, text))


def _in_order(marks: "regex.Match[str]") -> str:
    runs = groupby(marks[0], key=lambda mark: unicodedata.combining(mark) > 0)
    return "".join(
        character
        for combining, run in runs
        for character in (sorted(run, key=unicodedata.combining) if combining else run)
    )
