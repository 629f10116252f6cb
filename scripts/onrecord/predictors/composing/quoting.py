"""Quotes made of what was found of them: form, parts, and what they are within."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ... import marks
from ...model import Document, Quote, Span
from ..spans import Typed
from .ids import record_id
from .speakers import Attributed


def quoted(document: Document, attributed: Sequence[Attributed]) -> list[Quote]:
    """The records, in the order of what was found; mentions are numbered as references are."""
    return list(_once(_quotes(document, attributed)))


def _quotes(document: Document, attributed: Sequence[Attributed]) -> Iterator[Quote]:
    holders = {part: index for index, q in enumerate(attributed) for part in q.contents}
    for index, quote in enumerate(attributed):
        content = _joined(document.text, quote.contents)
        nested = [part for part, at in holders.items() if attributed[at].outer in quote.contents]
        yield Quote(
            doc=document.id,
            id=record_id("q", index),
            form=_form(document.text, quote, content, nested),
            speakers=tuple(record_id("m", at) for at in quote.speakers),
            addressees=tuple(record_id("m", at) for at in quote.addressees),
            cue=(_span(document.text, *quote.cue[:2]),) if quote.cue else (),
            content=content,
            within=record_id("q", holders[quote.outer]) if quote.outer else None,
        )


def _form(text: str, quote: Attributed, content: Sequence[Span], nested: Sequence[Typed]) -> str:
    """The form that the marks allow, where they leave a choice that of the spans."""
    first, last = content[0], content[-1]
    enclosed = marks.opens(text, first.start) and marks.closes(text, last.end)
    if enclosed and all(part.type == "direct" for part in quote.contents):
        return "direct"
    typed = any(part.type != "indirect" for part in quote.contents)
    if typed and any(marks.has_marks(text, s.start, s.end) for s in content):
        return "mixed"
    own = any(_has_own_mark(span, nested) for span in content)
    return "mixed" if own else "indirect"


def _joined(text: str, parts: Sequence[Typed]) -> tuple[Span, ...]:
    """The parts as spans; those with nothing but spaces between them are one."""
    edges: list[tuple[int, int]] = []
    for part in sorted(parts):
        if edges and not text[edges[-1][1] : part.start].strip(" \t\N{NO-BREAK SPACE}"):
            edges[-1] = edges[-1][0], part.end
        else:
            edges.append((part.start, part.end))
    return tuple(_span(text, start, end) for start, end in edges)


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, exact=text[start:end])


def _once(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """The quotes without those that repeat one, as when the parts of a content are all of it."""
    first: dict[object, str] = {}
    same: dict[str | None, str] = {}
    for quote in quotes:
        same[quote.id] = first.setdefault((quote.content, quote.cue, quote.speakers), quote.id)
        if same[quote.id] == quote.id:
            yield replace(quote, within=same.get(quote.within))


def _has_own_mark(span: Span, nested: Sequence[Typed]) -> bool:
    """Whether a double mark stands in the span outside every nested quote."""
    places = (span.start + place for place in marks.places(span.exact))
    return marks.has_double(span.exact) and any(
        not any(part.start - 1 <= place <= part.end for part in nested) for place in places
    )
