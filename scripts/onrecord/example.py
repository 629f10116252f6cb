"""What annotation looks like: one paragraph with its marks, and one record as it is stored."""

import re
from textwrap import wrap

from .codec import encode
from .model import Article
from .render.brackets import bracketed

_WIDTH = 96


def example(article: Article) -> str:
    """The first paragraph of an article with its annotations, and its first quote, as Markdown.

    Without a quote only the paragraph; without running text the first of what there is.
    """
    sections = article.document.sections
    section = next((s for s in sections if s.role == "body"), sections[0])
    end = article.document.text.find("\n", section.start, section.end)
    end = section.end if end == -1 else end
    shown = wrap(bracketed(article, section.start, end), _WIDTH, break_long_words=False)
    blocks = [_fenced("text", "\n".join(shown))]
    if article.quotes:
        blocks.append(_fenced("json", encode(article.quotes[:1]).decode().rstrip("\n")))
    return "\n\n".join(blocks)


def _fenced(language: str, text: str) -> str:
    """A block of code whose fence is longer than any row of backticks in it (CommonMark 4.5)."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
