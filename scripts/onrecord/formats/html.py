"""HTML pages: their characters, and what they say in so many words of the article on them."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from .about import day

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DECLARED = re.compile(
    rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE
)
_SOUGHT = 4096
"""Bytes at the beginning of a page in which its encoding may be declared."""

# Python also knows encodings that are none of texts, and some that take an age.
_KNOWN = re.compile(
    r"utf-8|cp(125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gbk|gb18030|big5|euc_jp|iso2022_jp"
)
# As the standard of HTML has it: a page in Latin 1 means Windows-1252, and one that can be read as
# far as its declaration is not in UTF-16.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gbk", "euc_kr": "cp949", "shift_jis": "cp932",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip

_NAMES = {
    "language": ("@lang", "inlanguage", "og:locale", "content-language", "dc.language"),
    "publisher": ("publisher", "og:site_name", "dc.publisher"),
    "url": ("@canonical", "og:url"),
    "published": (
        "datepublished", "article:published_time", "og:article:published_time", "pubdate", "date",
        "publish-date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
        "parsely-pub-date", "sailthru.date", "@time",
    ),
    "license": ("@license",),
}  # fmt: skip
"""What metadata calls the fields of a document, the surest first; `@` marks what `_PLACES` has."""

_PLACES = {
    "@lang": "/html/@lang",
    "@canonical": "//link[@rel='canonical']/@href",
    "@time": "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "@license": "//a[contains(concat(' ', @rel, ' '), ' license ')]/@href"
    " | //link[contains(concat(' ', @rel, ' '), ' license ')]/@href",
}
_LINKED = "//script[@type='application/ld+json']/text()"


def characters(data: bytes) -> str:
    """The text of a page by its byte order mark, else by what it declares, else in UTF-8.

    Raises:
        UnicodeDecodeError: it is in another encoding.
        LookupError: it declares one that is not known.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding)
    return data.decode(_encoding(data[:_SOUGHT]))


def facts(tree: Any) -> dict[str, str]:
    """What a page says of its article, by field of a document, not yet checked.

    Nothing is guessed from the address or the running text.
    """
    said: dict[str, str] = {}
    for name, value in (*_linked(tree), *_meta(tree), *_placed(tree)):
        if found := (day(value) if name in _NAMES["published"] else value.strip()):
            said.setdefault(name, found)
    return {
        field: next((said[name] for name in names if name in said), "")
        for field, names in _NAMES.items()
    }


def _encoding(beginning: bytes) -> str:
    found = _DECLARED.search(beginning)
    if not found:
        return "utf-8"
    declared = found[1].decode("ascii", "replace")
    name = codecs.lookup(declared).name
    meant = _MEANT.get(name, name)
    if not _KNOWN.fullmatch(meant):
        raise LookupError(f"unknown encoding: {declared}")
    return meant


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(key):
                yield name.lower(), element.get("content", "")


def _placed(tree: Any) -> Iterator[tuple[str, str]]:
    for name, path in _PLACES.items():
        yield from ((name, str(value)) for value in tree.xpath(path))


def _linked(tree: Any) -> Iterator[tuple[str, str]]:
    """What linked data in the words of schema.org says of an article."""
    for script in tree.xpath(_LINKED):
        try:
            value = msgspec.json.decode(str(script))
        except (msgspec.DecodeError, RecursionError):
            continue
        for one in _objects(value):
            if re.search(r"Article|Posting|Reportage", str(one.get("@type"))):
                yield from _said(one)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top, in a list there, or in its graph."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (o for o in graph if isinstance(o, dict)) if isinstance(graph, list) else ()


def _said(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "inLanguage", "publisher"):
        value = article.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str):
            yield name.lower(), value
