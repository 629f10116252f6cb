"""The JSON of German Wikinews with quotations, as its authors describe it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ...standoff.graph import Stretch
from ..exact import cut
from ..shapes import MisshapenError

ROLES = ("quote", "cue", "frame", "speaker", "addressee")
FIELDS = frozenset({"id", "type", "medium", "isNested", "hasNested", *ROLES})
"""What an annotation has."""


class Span(msgspec.Struct, rename="camel"):
    """A stretch in code points, in tokens, or both; ends are excluded."""

    char_begin: int | None = None
    char_end: int | None = None
    begin: int | None = None
    end: int | None = None


class Role(msgspec.Struct):
    """Words of the text; `text` joins the spans by a space."""

    spans: list[Span] = []
    text: str = ""


class Annotation(msgspec.Struct, rename="camel"):
    """One quotation; a role without words is empty or absent."""

    quote: Role
    type: str | None = None
    medium: str | None = None
    is_nested: bool = False
    has_nested: bool = False
    cue: Role | list[Any] | None = None
    frame: Role | list[Any] | None = None
    speaker: Role | list[Any] | None = None
    addressee: Role | list[Any] | None = None


class Token(msgspec.Struct, rename="camel"):
    """Where one word stands."""

    char_begin: int
    char_end: int


class Document(msgspec.Struct, rename="camel"):
    """One article; the annotations are read one by one."""

    document_name: str
    original_text: str
    annotations: list[Any]
    tokens: list[Token] = []


@dataclass(frozen=True, slots=True)
class Part:
    """The words that play one role in a quotation; `exact` is empty where the source gives none."""

    role: str
    spans: tuple[Stretch, ...]
    exact: tuple[str, ...]


def parts(annotation: Annotation, document: Document) -> Iterator[Part]:
    """The roles that have words, the quoted ones first, each in order of the text.

    Raises:
        MisshapenError: nothing is quoted, or a span lies outside the text.
    """
    if not annotation.quote.spans:
        raise MisshapenError("no spans, expected those of the quote")
    for name in ROLES:
        role = getattr(annotation, name)
        if isinstance(role, Role) and role.spans:
            found = [_place(span, name, document) for span in role.spans]
            own = [document.original_text[start:end] for start, end in found]
            agrees = " ".join(own) == role.text
            words = own if agrees else list(cut(role.text, [len(part) for part in own]))
            spans, exact = zip(*sorted(zip(found, words, strict=True)), strict=True)
            yield Part(name, spans, exact if role.text else ())


def lines(text: str) -> list[int]:
    """The lines of a file on which its annotations begin, counted from 1."""
    data = text.encode()
    annotations = msgspec.json.decode(data, type=dict[str, msgspec.Raw])["annotations"]
    found, at = [], data.index(bytes(annotations))
    line = 1 + data.count(b"\n", 0, at)
    for item in msgspec.json.decode(annotations, type=list[msgspec.Raw]):
        start = data.index(bytes(item), at)
        line += data.count(b"\n", at, start)
        found.append(line)
        at = start
    return found


def _place(span: Span, name: str, document: Document) -> Stretch:
    """Where a span stands in the text; one that has only tokens stands where those do."""
    start, end, length = span.char_begin, span.char_end, len(document.original_text)
    if start is None or end is None:
        start, end = _of_tokens(span, document.tokens)
    if not 0 <= start < end <= length:
        raise MisshapenError(f"{start}-{end} of the {name}, expected a span in {length} characters")
    return start, end


def _of_tokens(span: Span, tokens: Sequence[Token]) -> Stretch:
    first, last = span.begin, span.end
    if first is None or last is None or not 0 <= first < last <= len(tokens):
        raise MisshapenError(f"tokens {first}-{last}, expected some of {len(tokens)}")
    return tokens[first].char_begin, tokens[last - 1].char_end
