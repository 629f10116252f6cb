"""Quotation marks of the languages of the world, and where a text has them."""

import regex

OPENING = "\"“„‟«»‹›‘‚‛「『〈《﹁﹃＂'"
CLOSING = "\"”“»«›‹’‘」』〉》﹂﹄＂'"
DASHES = "—–―"

# A straight or closing single mark between letters is an apostrophe.
_MARK = regex.compile(r"""["“”„‟«»‹›‘‚‛「」『』〈〉《》﹁﹂﹃﹄＂]|(?<!\w)['’]|['’](?!\w)""")


def has_marks(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark stands in `text[start:end]` or touches it from outside."""
    return bool(_MARK.search(text, max(0, start - 1), min(len(text), end + 1)))


def opens(text: str, start: int) -> bool:
    """Whether a mark or dash that opens direct speech stands at `start` or just before it."""
    around = text[max(0, start - 1) : start + 1]
    return any(character in OPENING or character in DASHES for character in around)


def closes(text: str, end: int) -> bool:
    """Whether a mark that closes direct speech stands at `end` or just before it."""
    return any(character in CLOSING for character in text[max(0, end - 1) : end + 1])
