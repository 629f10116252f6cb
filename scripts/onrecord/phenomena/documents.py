"""Phenomena of documents: where they come from, and what their text holds."""

import regex

from ..model import Document
from .phenomenon import Phenomenon, phenomenon
from .view import View


@phenomenon("document")
def published(document: Document, _: View) -> bool:
    """The article was published by somebody.

    Example: A report of a news agency, with publisher and address (invented)
    """
    return document.origin == "published"


@phenomenon("document")
def constructed(document: Document, _: View) -> bool:
    """The article was written for a corpus; all in it is invented.

    Example: Rosaura's husband is on her list. (the-wave-at-el-lavadero)
    """
    return document.origin == "constructed"


@phenomenon("document")
def natural(document: Document, _: View) -> bool:
    """The article was constructed with no phenomenon asked for.

    Example: Kadresh says Oruvian frigate fired toward patrol boat, two sailors hurt
    (night-off-cape-orzan)
    """
    return document.brief == "natural"


@phenomenon("document")
def targeted(document: Document, _: View) -> bool:
    """The article was constructed to show given phenomena.

    Example: No shot was fired by any Oruvian ship at the Dentel Bank (no-shot-was-fired)
    """
    return document.brief == "targeted"


@phenomenon("document")
def without_headline(document: Document, _: View) -> bool:
    """The article has no headline.

    Example: An agency's flash that begins with its first sentence (invented)
    """
    return not document.headline


@phenomenon("document")
def without_quotes(document: Document, view: View) -> bool:
    """The article has no quote; judged where quotes are exhaustive.

    Example: A list of election results (invented)
    """
    return not view.article.quotes and view.has_layer("quotes")


@phenomenon("document")
def scare_quotes(_: Document, view: View) -> bool:
    """Marks stand around what is neither a quote nor a name; judged where quotes are exhaustive.

    Example: By then the ‘attack’ had acquired casualties. (no-shot-was-fired)
    """
    return view.has_layer("quotes") and bool(view.scare_quotes)


@phenomenon("document")
def other_script(document: Document, view: View) -> bool:
    """A name has a letter of another script than Latin.

    Example: 陈静 (Chen Jing) chairs the board. (invented)
    """
    return any(_OTHER.search(m.exact) for m in view.article.mentions if m.form == "name")


@phenomenon("document")
def astral(document: Document, _: View) -> bool:
    """The text has a character above U+FFFF, which counts as two in UTF-16.

    Example: The ministry answered with a 🐟. (invented)
    """
    return max(document.text, default="") > "\uffff"


_OTHER = regex.compile(r"[\p{L}--\p{Latin}--\p{Common}--\p{Inherited}]", regex.VERSION1)

DOCUMENTS: tuple[Phenomenon[Document], ...] = (
    published,
    constructed,
    natural,
    targeted,
    without_headline,
    without_quotes,
    scare_quotes,
    other_script,
    astral,
)
