"""Words of its text that a source repeats beside its offsets."""

from collections.abc import Iterator, Sequence


def solid(words: str) -> str:
    """The words without white space, which sources change."""
    return "".join(words.split())


def cut(words: str, lengths: Sequence[int]) -> Iterator[str]:
    """The parts of words that were joined by one character each; the last has all that is left."""
    at = 0
    for length in lengths[:-1]:
        yield words[at : at + length]
        at += length + 1
    yield words[at:]
