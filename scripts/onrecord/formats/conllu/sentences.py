"""Sentences as CoNLL-U has them: words, what space is between them, and how that is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from ...model import Article
from ...standoff.graph import Stretch
from ..words import sentences

_SPACES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
"""How UDPipe writes white space in MISC."""

# Readers that split lines as Python does would break a comment there.
_BREAKING = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, and which of them, by number, begin a paragraph."""

    words: list[Stretch] = field(default_factory=list)
    openings: set[int] = field(default_factory=set)


def whole_sentences(article: Article) -> Iterator[Sentence]:
    """The sentences of an article, joined where a mention reaches from one to the next."""
    reaching = [(mention.start, mention.end) for mention in article.mentions]
    open_one = Sentence()
    for paragraph in sentences(article):
        for number, words in enumerate(paragraph):
            edge = words[0][0]
            if open_one.words and not any(start < edge < end for start, end in reaching):
                yield open_one
                open_one = Sentence()
            if number == 0:
                open_one.openings.add(len(open_one.words))
            open_one.words.extend(words)
    if open_one.words:
        yield open_one


def plain(text: str, words: Sequence[Stretch]) -> str:
    """A sentence in which any white space between words is one space."""
    made = [text[slice(*words[0])]]
    for (_, before), (start, end) in pairwise(words):
        made.append(" " if is_space(text[before:start]) else "")
        made.append(text[start:end])
    return "".join(made)


def is_space(between: str) -> bool:
    """Whether what stands between two words parts them."""
    return any(character.isspace() for character in between)


def escaped(between: str) -> str:
    r"""White space as MISC can hold it: as of UDPipe, and `\uXXXX` for what that does not know."""
    return "".join(
        _SPACES.get(c) or (c if c.isprintable() else f"\\u{ord(c):04X}") for c in between
    )


def comment(kind: str, name: str, value: Any) -> str:
    """A comment line that tells something in JSON."""
    told = msgspec.json.encode(value).decode()
    safe = _BREAKING.sub(lambda match: f"\\u{ord(match[0]):04x}", told)
    return f"# {kind} {name} = {safe}" if name else f"# {kind} = {safe}"
