"""From a source as received to the text of a document."""

import unicodedata


def article_text(source: bytes) -> str:
    """The text that a document has whose source is `source`.

    UTF-8 is decoded and a byte order mark dropped, Unicode brought to normal form C, every line
    end made LF, white space at line ends and blank lines at both ends of the text taken away.

    Raises:
        UnicodeDecodeError: `source` is not UTF-8.
    """
    text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
