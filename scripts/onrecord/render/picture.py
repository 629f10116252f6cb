"""An annotated article as a picture: the whole text with every layer, as SVG.

One channel for each layer: quotes are tinted, cues dotted, mentions underlined and numbered by
actor, claims dashed. On a dark page the picture turns dark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

from ..model import Article, Mention, Span

_TEMPLATE = Path(__file__).with_name("picture.svg.jinja")

_COLUMNS = 92
"""Characters of a line; all are drawn equally wide."""

# Pixels: a character, a line of text, what stands around and above the text, the key below.
_WIDE, _LINE, _PARAGRAPH = 8, 30, 8
_MARGIN, _TOP, _KEY = 24, 112, 18
_KEYS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture: offsets of its text, and where its letters stand, in pixels."""

    start: int
    end: int
    words: str
    y: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """What is drawn of a span on one line, in pixels; `depth` counts the like spans around it."""

    left: int
    right: int
    y: int
    depth: int = 0
    number: int = 0


def picture(article: Article) -> str:
    """The picture as an SVG document; the same article gives the same bytes."""
    lines = list(_lines(article.document.text))
    numbers = _numbers(article)
    bottom = lines[-1].y + _LINE
    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), autoescape=True)
    text: str = template.render(
        name=article.document.id,
        publisher=article.document.publisher or "",
        wide=_WIDE,
        margin=_MARGIN,
        lines=lines,
        quotes=[s for q in article.quotes for s in _strokes(q.content, lines)],
        cues=[s for q in article.quotes for s in _strokes(q.cue, lines)],
        claims=[s for c in article.claims for s in _strokes(c.content, lines)],
        mentions=list(_underlines(article.mentions, numbers, lines)),
        key=list(_key(article, numbers, bottom)),
        width=2 * _MARGIN + _COLUMNS * _WIDE,
        height=bottom + _KEY * (-(-len(numbers) // _KEYS) + 1) + _MARGIN,
    )
    return text


def _lines(text: str) -> Iterator[Line]:
    """The lines of the picture; a paragraph breaks at blanks, a word that is too long within."""
    at, y = 0, _TOP
    for paragraph in text.split("\n"):
        start, end = at, at + len(paragraph)
        while start < end:
            stop = _break(text, start, end)
            yield Line(start, stop, text[start:stop], y)
            start = stop + (text[stop : stop + 1] == " ")
            y += _LINE
        at, y = end + 1, y + _PARAGRAPH


def _break(text: str, start: int, end: int) -> int:
    if end - start <= _COLUMNS:
        return end
    blank = text.rfind(" ", start, start + _COLUMNS + 1)
    return blank if blank > start else start + _COLUMNS


def _strokes(
    spans: Iterable[Span | Mention], lines: list[Line], depth: int = 0, number: int = 0
) -> Iterator[Stroke]:
    """The spans line by line; the number stands at the end alone."""
    for span in spans:
        for line in lines:
            if span.start < line.end and line.start < span.end:
                left = max(span.start, line.start) - line.start
                right = min(span.end, line.end) - line.start
                last = span.end <= line.end
                x = _MARGIN + _WIDE * left, _MARGIN + _WIDE * right
                yield Stroke(*x, line.y, depth, number * last)


def _underlines(
    mentions: list[Mention], numbers: dict[str, int], lines: list[Line]
) -> Iterator[Stroke]:
    """The mentions, inner ones above those around them."""
    for mention in mentions:
        inside = [m for m in mentions if mention.start <= m.start and m.end <= mention.end]
        yield from _strokes([mention], lines, len(inside) - 1, numbers[mention.actor])


def _numbers(article: Article) -> dict[str, int]:
    """The actors that are mentioned, numbered as the text brings them."""
    actors = dict.fromkeys(mention.actor for mention in article.mentions)
    return {actor: number for number, actor in enumerate(actors, start=1)}


def _key(article: Article, numbers: dict[str, int], y: int) -> Iterator[tuple[int, int, int, str]]:
    """Place, number and name of each actor, in columns."""
    names = {actor.id: actor.name for actor in article.actors}
    column = _COLUMNS * _WIDE // _KEYS
    for place, (actor, number) in enumerate(numbers.items()):
        row, at = divmod(place, _KEYS)
        yield _MARGIN + column * at, y + _KEY * (row + 1), number, _cut(names[actor])


def _cut(name: str, most: int = 32) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
