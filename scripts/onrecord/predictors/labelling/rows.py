"""The words that sequence labellers label: the tokens of the corpus, cut finer where none part."""

from collections.abc import Iterator

import regex

from ...iob import Labelled, labelled
from ...model import Article
from ...segment import Stretch, paragraph_sentences, tokens_in

# Scripts that put no space between words; a token there is what stands between punctuation.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
)
_PIECE = regex.compile(rf"{_UNSPACED.pattern}|(?:(?!{_UNSPACED.pattern})\X)+")


def labelled_words(article: Article) -> Iterator[Labelled]:
    """The paragraphs of an article as words with labels, in order.

    The sentences are those that the text alone shows, so that they are the same before and after
    it is annotated.
    """
    return labelled(article, paragraph_sentences(Article(article.document)), cut=words_in)


def apart(row: Labelled, text: str) -> tuple[str, list[Stretch]]:
    """A paragraph of `text` as a text of its own, and where its words stand in that."""
    first = row.paragraph.start
    return text[first : row.paragraph.end], [(a - first, b - first) for a, b in row.tokens]


def words_in(text: str, start: int, end: int) -> list[Stretch]:
    """The words of one sentence: its tokens, each letter one in scripts without spaces."""
    tokens = tokens_in(text, start, end)
    if not _UNSPACED.search(text, start, end):
        return tokens
    return [match.span() for first, last in tokens for match in _PIECE.finditer(text, first, last)]
