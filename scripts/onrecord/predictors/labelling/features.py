"""What a linear model sees of a word: features as strings, the same for every column."""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from ...iob import Labelled
from .enclosure import states

VERSION = 1
"""Raised whenever the features change: a model goes with the features it was trained on."""

_REACH = 2
_AFFIXES = (2, 3)
_PAUSES = frozenset(",;:–—-()")
_FAR = 6


def features(text: str, row: Labelled, cues: Container[str]) -> list[list[str]]:
    """The features of each word of a paragraph; `cues` are lower-case words that often are cues."""
    words = [text[start:end] for start, end in row.tokens]
    lowered = [word.lower() for word in words]
    shapes = [shape(word) for word in words]
    own = [_own(word, word.lower() in cues) for word in words]
    found: list[list[str]] = [[f"role={row.paragraph.role}"] for _ in words]
    for at, listed in enumerate(found):
        for step in range(-_REACH, _REACH + 1):
            listed += [f"{step}:{name}" for name in _at(own, at + step)]
        listed += [f"pair{step}={_pair(lowered, at + step)}" for step in (-1, 0)]
        listed += [f"shapes{step}={_pair(shapes, at + step)}" for step in (-1, 0)]
    for at, state in enumerate(states(words)):
        found[at].append(f"mark={state}")
    for first, past in _sentences(row.sentences):
        sentence = lowered[first:past]
        for at, placed in enumerate(_placed(sentence, [word in cues for word in sentence]), first):
            found[at] += placed
    return found


def shape(word: str) -> str:
    """Letters as `X`, `x` or, without case, `c`, digits as `d`, each run as one.

    `McKay` is `XxXx`, `B-52` is `X-d`.
    """
    return "".join(kind for kind, _ in groupby(map(_kind, word)))


def _kind(letter: str) -> str:
    if letter.isupper():
        return "X"
    if letter.islower():
        return "x"
    if letter.isalpha():
        return "c"
    return "d" if letter.isdigit() else letter


def _own(word: str, is_cue: bool) -> list[str]:
    low = word.lower()
    affixes = [f"{size}<{low[:size]}" for size in _AFFIXES if len(low) > size]
    affixes += [f"{size}>{low[-size:]}" for size in _AFFIXES if len(low) > size]
    return [f"w={low}", f"s={shape(word)}", *affixes, *(["cue"] if is_cue else [])]


def _at(own: Sequence[list[str]], at: int) -> list[str]:
    return own[at] if 0 <= at < len(own) else ["edge"]


def _pair(words: Sequence[str], at: int) -> str:
    """The word at `at` and the one after it."""
    one, other = (words[i] if 0 <= i < len(words) else "" for i in (at, at + 1))
    return f"{one} {other}"


def _sentences(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First word and past the last of each sentence."""
    first = 0
    for _, members in groupby(indices):
        past = first + sum(1 for _ in members)
        yield first, past
        first = past


def _placed(words: Sequence[str], is_cue: Sequence[bool]) -> Iterator[list[str]]:
    """Where each word of a sentence stands in it: from its edges, pauses and cues."""
    size = len(words)
    marked = any(state != "out" for state in states(words))
    before = _last(is_cue)
    after = [size - 1 - at if at is not None else None for at in _last(is_cue[::-1])][::-1]
    pauses = _last([word in _PAUSES for word in words])
    for at in range(size):
        left, right, pause = before[at], after[at], pauses[at]
        yield [
            f"from={min(at, _FAR)}",
            f"to={min(size - 1 - at, _FAR)}",
            f"first={words[0]}",
            f"marked={marked}",
            "no cue before" if left is None else f"cue={words[left]}",
            "no cue before" if left is None else f"after cue={min(at - left, _FAR)}",
            "no cue after" if right is None else f"before cue={min(right - at, _FAR)}",
            "no pause" if pause is None else f"after pause={min(at - pause, _FAR)}",
            f"cues={left is not None}{right is not None}",
        ]


def _last(marked: Sequence[bool]) -> list[int | None]:
    """For each place the last marked one at or before it."""
    found: list[int | None] = []
    last = None
    for at, mark in enumerate(marked):
        last = at if mark else last
        found.append(last)
    return found
