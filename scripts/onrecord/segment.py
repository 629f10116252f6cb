"""Paragraphs, sentences and tokens of an article, as offsets into its text.

All are half-open, in code points of the document's text, in order, and never overlap; they begin
and end with a character that is seen. White space is what Unicode calls so and the zero width
space. Sentences are found by `sentencex`, tokens by `syntok`.
"""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import regex

from .model import Article, Section

if TYPE_CHECKING:
    from syntok.tokenizer import Tokenizer

Stretch = tuple[int, int]

_SPACE = regex.compile(r"\s")
_INK = regex.compile(r"[^\s\u200b](?:.*[^\s\u200b])?", regex.DOTALL)
_LINE = regex.compile(r"[^\n]+")
_OPENING = regex.compile(r"(?<=\s)[\p{Pi}\p{Ps}\"']+\s*\Z")
_FEW = 5
# Where none of these stands a character that readers see as one has one code point: UAX 29.
_JOINING = regex.compile(
    r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=RI}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}]"
)


def paragraphs(article: Article) -> list[Section]:
    """What of each section stands on one line; only LF ends a line."""
    text = article.document.text
    return [
        Section(role=section.role, start=start, end=end)
        for section in article.document.sections
        for line in _LINE.finditer(text, section.start, section.end)
        for start, end in _seen(text, *line.span())
    ]


def sentences(article: Article) -> list[Stretch]:
    """The sentences of each paragraph, by the rules of the document's language.

    A language that `sentencex` does not know falls back to a related one or to English. A name is
    never split: sentences are joined where they part inside a mention of form `name`.
    """
    return list(chain.from_iterable(paragraph_sentences(article)))


def paragraph_sentences(article: Article) -> Iterator[list[Stretch]]:
    """The sentences of one paragraph after the other; none is without a sentence."""
    text = article.document.text
    language = article.document.language.partition("-")[0]
    names = {
        offset
        for mention in article.mentions
        if mention.form == "name"
        for offset in range(mention.start + 1, mention.end)
    }
    for paragraph in paragraphs(article):
        inner = _cuts(text[paragraph.start : paragraph.end], language)
        cuts = [at for cut in inner if (at := paragraph.start + cut) not in names]
        edges = pairwise([paragraph.start, *cuts, paragraph.end])
        yield [seen for start, end in edges for seen in _seen(text, start, end)]


def has_several(text: str, language: str) -> bool:
    """Whether quoted words, without the marks around them, are more than one sentence.

    The sentences of an article cannot tell, because a quotation is kept in one.
    """
    return len(_cuts(text, language.partition("-")[0])) > 0


def tokens(article: Article) -> list[Stretch]:
    """The tokens of each sentence; every character but white space is in exactly one.

    Words are parted at white space, from punctuation, at hyphens and before the letters after an
    apostrophe (`Kim` `'s`, `do` `n't`); no token cuts a character that readers see as one. In
    scripts that put no spaces between words (Chinese, Japanese, Thai) a token is what stands
    between punctuation, however many words that is.
    """
    text = article.document.text
    return [token for start, end in sentences(article) for token in tokens_in(text, start, end)]


def tokens_in(text: str, start: int, end: int) -> list[Stretch]:
    """The tokens of one sentence of `text`."""
    sentence = text[start:end]
    found: Iterator[Stretch] = (
        (token.offset, token.offset + len(token.value))
        for token in _tokenizer().tokenize(sentence)
        if token.value
    )
    if _JOINING.search(sentence):
        found = _clustered(sentence, found)
    return [(start + first, start + last) for first, last in found]


def _seen(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretch without white space at its edges, or nothing if it is all white space."""
    if match := _INK.search(text, start, end):
        yield match.span()


def _cuts(paragraph: str, language: str) -> list[int]:
    """Where each sentence but the first begins."""
    from sentencex import segment

    # Wide white space makes sentencex 1.0.32 panic ("B\u2028."); it weighs what a blank does.
    plain = _SPACE.sub(" ", paragraph)
    parts = segment(language, plain)
    if "".join(parts) != plain:
        return []
    cuts = accumulate(len(part) for part in parts[:-1])
    return [_opened(plain, cut) for cut in cuts]


def _opened(paragraph: str, cut: int) -> int:
    """Where the mark stands that opens the sentence after `cut`, else `cut`.

    `sentencex` leaves it to the sentence before where the paragraph has no closing mark, as in a
    quotation of several paragraphs.
    """
    match = _OPENING.search(paragraph, max(cut - _FEW, 0), cut)
    return match.start() if match else cut


def _clustered(sentence: str, found: Iterator[Stretch]) -> Iterator[Stretch]:
    """The tokens, joined where they part inside a grapheme cluster."""
    begins = {match.start() for match in regex.finditer(r"\X", sentence)}
    first, last = next(found)
    for start, end in found:
        if start == last and start not in begins:
            last = end
        else:
            yield first, last
            first, last = start, end
    yield first, last


@cache
def _tokenizer() -> "Tokenizer":
    from syntok.tokenizer import Tokenizer

    return Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
