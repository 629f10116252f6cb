"""What annotation looks like: one paragraph with its marks, and one record as it is stored."""

import re
from textwrap import wrap

from .codec import encode
from .model import Article, Quote, Section
from .render.brackets import bracketed
from .segment import paragraphs

_WIDTH = 96


def example(article: Article) -> str:
    """A paragraph of an article with its annotations, and a quote in it, as Markdown.

    The first paragraph with a quote, without any the first paragraph alone; without running text
    the first of what there is.
    """
    found = paragraphs(article)
    bodies = [part for part in found if part.role == "body"] or found
    part = next((part for part in bodies if _quotes(article, part)), bodies[0])
    text = bracketed(article, part.start, part.end)
    shown = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    blocks = [_fenced("text", "\n".join(shown))]
    if quotes := _quotes(article, part):
        blocks.append(_fenced("json", encode(quotes[:1]).decode().rstrip("\n")))
    return "\n\n".join(blocks)


def _quotes(article: Article, part: Section) -> list[Quote]:
    """The quotes whose content lies in a part of the article as a whole."""
    return [
        quote
        for quote in article.quotes
        if all(part.start <= span.start and span.end <= part.end for span in quote.content)
    ]


def _fenced(language: str, text: str) -> str:
    """A block of code whose fence is longer than any row of backticks in it (CommonMark 4.5)."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
