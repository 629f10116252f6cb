"""Markup to plain text, one line for each paragraph."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from .shapes import MisshapenError

UNPRINTED = frozenset(
    "audio button canvas embed figure form head iframe img input link map math meta nav noscript"
    " object picture script select style svg template textarea title video".split()
)
"""Elements of HTML whose text is no part of the running text."""

_NEVER_SEEN = frozenset("head meta noscript script style template title".split())
# In HTML, then in the XML of trafilatura.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby"
    " s samp small span strike strong sub sup time tt u var wbr"
    " hi ref graphic".split()
)
_SPACE = re.compile("[ \t\n\r\f]+")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tree_of(words: str) -> Any:
    """The tree of a piece of HTML or of a whole page; entities and the network are never used.

    Raises:
        MisshapenError: the elements lie too deep in each other.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        # Bytes, because lxml refuses a string that declares an encoding.
        tree = html.document_fromstring(_plain(words).encode(), parser=parser)
    except etree.ParserError:
        tree = etree.Element("html")
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        # What lies deeper is left out without a word.
        raise MisshapenError("markup is nested too deep, expected that of an article")
    return tree


def blocks(tree: Any) -> list[str]:
    """The paragraphs of a tree of HTML, or of the XML of trafilatura, without empty ones.

    White space is one blank, as a browser shows it; a line break parts paragraphs.
    """
    lines = "".join(_pieces(tree)).split("\0")
    return [found for line in lines if (found := _SPACE.sub(" ", _plain(line)).strip())]


def unprinted(tree: Any) -> list[str]:
    """Takes away what is no running text; the names of the elements that a reader would see."""
    found = [e for e in tree.iter(etree.Element) if e.tag in UNPRINTED - _NEVER_SEEN]
    named = [str(e.tag) for e in found if "".join(e.itertext()).strip()]
    etree.strip_elements(tree, *UNPRINTED, with_tail=False)
    return named


def _pieces(tree: Any) -> Iterator[str]:
    """The words of a tree, with NUL where a paragraph begins or ends."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        edge = "" if element.tag in _INLINE else "\0"
        if event == "start":
            yield edge + _plain(element.text or "")
        else:
            yield edge + _plain(element.tail or "" if element is not tree else "")


def _plain(words: str) -> str:
    """The words with a blank for each character that no text can have."""
    return _UNFIT.sub(" ", words)
