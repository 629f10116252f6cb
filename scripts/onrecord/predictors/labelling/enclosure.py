"""Where a word stands to the quotation marks of its paragraph."""

from collections.abc import Iterable, Iterator

from ... import marks


def states(words: Iterable[str]) -> Iterator[str]:
    """For each word `out`, `in`, or `opens` and `closes` for one that is or holds a mark.

    The words are those of one paragraph, in order. Single marks are left out: an apostrophe looks
    like one.
    """
    # Each mark opens what is closed and closes what is open, because the closing mark of one
    # language is the opening mark of another.
    inside = False
    for word in words:
        if sum(letter in marks.DOUBLE for letter in word) % 2:
            yield "closes" if inside else "opens"
            inside = not inside
        else:
            yield "in" if inside else "out"
