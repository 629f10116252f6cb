"""Quotation marks of the languages of the world, and where a text has them."""

import re
from collections.abc import Iterator, Sequence

_OPENS = frozenset("\"“„‟«»‹›‘‚‛「『」〈《﹁﹃＂'—–―")
_CLOSES = frozenset("\"”“»«›‹’‘」』〉》﹂﹄＂'")

# A straight or closing single mark between letters is an apostrophe.
_MARK = re.compile(r"""["“”„‟«»‹›‘‚‛「」『』〈〉《》﹁﹂﹃﹄＂]|(?<!\w)['’]|['’](?!\w)""")


DOUBLE = frozenset('"“”„‟«»「」＂')
"""Double marks and the corner brackets; no apostrophe looks like one of them."""
_ENCLOSED = re.compile(
    r"""“[^“”\n]+”|„[^„“”\n]+[“”]|"[^"\n]+"|«[^«»\n]+»|「[^「」\n]+」|『[^『』\n]+』"""
    r"""|‘[^‘\n]+?’(?!\w)|(?<![\w'])'(?=\S)[^'\n]+(?<=\S)'(?!\w)"""
)
_MARKS = '"“”„‟«»‘「」『』'
_UNMISTAKABLE = re.compile(f"[{_MARKS}]")


def has_marks(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark stands in `text[start:end]` or touches it from outside."""
    return bool(_MARK.search(text, max(0, start - 1), min(len(text), end + 1)))


def opens(text: str, start: int) -> bool:
    """Whether a mark or dash that opens direct speech stands at `start` or just before it."""
    return text[start] in _OPENS or (start > 0 and text[start - 1] in _OPENS)


def closes(text: str, end: int) -> bool:
    """Whether a mark that closes direct speech stands at `end` or just before it."""
    return text[end - 1] in _CLOSES or (end < len(text) and text[end] in _CLOSES)


def has_double(text: str) -> bool:
    """Whether a double quotation mark stands in `text`."""
    return "“" in text or '"' in text or "„" in text or "«" in text or "」" in text


def places(text: str) -> Iterator[int]:
    """The offset of every mark that cannot be an apostrophe."""
    return (match.start() for match in _UNMISTAKABLE.finditer(text))


def enclosed(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of a line between a pair of marks, the marks included.

    Pairs within pairs are not told apart.
    """
    return (match.span() for match in _ENCLOSED.finditer(text))


def outside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The offset of every such mark that no span holds and none touches."""
    for place in places(text):
        if not any(start - 1 <= place <= end for start, end in spans):
            yield place


def bare(text: str) -> str:
    """`text` without the marks that open and close it."""
    return text.strip(_MARKS + "'’")


def asks(text: str) -> bool:
    """Whether `text` ends in a question mark, before closing quotation marks."""
    return text.rstrip("\"'”’»“」』").endswith(("?", "？", "؟"))


def are_all_in(text: str, parts: list[str]) -> bool:
    """Whether `text` has no more unmistakable marks than its `parts`; a quick answer."""
    for mark in _MARKS:
        if (number := text.count(mark)) and number > sum([part.count(mark) for part in parts]):
            return False
    return True
