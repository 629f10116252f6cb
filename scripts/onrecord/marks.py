"""Quotation marks of the languages of the world, and where a text has them."""

import regex

_OPENS = frozenset("\"“„‟«»‹›‘‚‛「『」〈《﹁﹃＂'—–―")
_CLOSES = frozenset("\"”“»«›‹’‘」』〉》﹂﹄＂'")

# A straight or closing single mark between letters is an apostrophe.
_MARK = regex.compile(r"""["“”„‟«»‹›‘‚‛「」『』〈〉《》﹁﹂﹃﹄＂]|(?<!\w)['’]|['’](?!\w)""")


def has_marks(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark stands in `text[start:end]` or touches it from outside."""
    return bool(_MARK.search(text, max(0, start - 1), min(len(text), end + 1)))


def opens(text: str, start: int) -> bool:
    """Whether a mark or dash that opens direct speech stands at `start` or just before it."""
    return text[start] in _OPENS or (start > 0 and text[start - 1] in _OPENS)


def closes(text: str, end: int) -> bool:
    """Whether a mark that closes direct speech stands at `end` or just before it."""
    return text[end - 1] in _CLOSES or (end < len(text) and text[end] in _CLOSES)
