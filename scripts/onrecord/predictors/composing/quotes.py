"""Quotes as records: form, parts, and what they are within."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ... import marks
from ...edges import joined
from ...ids import numbered
from ...model import Document, Quote, Span
from ..flat import Typed
from .draft import Draft


def quote_records(document: Document, drafts: Sequence[Draft]) -> list[Quote]:
    """The records, in the order of the drafts; mentions are numbered as references are."""
    return list(_once(_quotes(document, drafts)))


def _quotes(document: Document, drafts: Sequence[Draft]) -> Iterator[Quote]:
    holders = {part: at for at, draft in enumerate(drafts, start=1) for part in draft.contents}
    inside: dict[Typed, list[Typed]] = defaultdict(list)
    for draft in drafts:
        if draft.outer:
            inside[draft.outer] += draft.contents
    for number, draft in enumerate(drafts, start=1):
        content = _joined(document.text, draft.contents)
        nested = [part for outer in draft.contents for part in inside.get(outer, ())]
        yield Quote(
            doc=document.id,
            id=numbered("q", number),
            form=_form(document.text, draft, content, nested),
            speakers=tuple(numbered("m", at + 1) for at in draft.speakers),
            addressees=tuple(numbered("m", at + 1) for at in draft.addressees),
            cue=(_span(document.text, *draft.cue[:2]),) if draft.cue else (),
            content=content,
            within=numbered("q", holders[draft.outer]) if draft.outer else None,
        )


def _form(text: str, draft: Draft, content: Sequence[Span], nested: Sequence[Typed]) -> str:
    """The form that the marks allow, where they leave a choice that of the spans."""
    first, last = content[0], content[-1]
    enclosed = marks.opens(text, first.start) and marks.closes(text, last.end)
    if enclosed and all(part.type == "direct" for part in draft.contents):
        return "direct"
    typed = any(part.type != "indirect" for part in draft.contents)
    if typed and any(marks.has_marks(text, span.start, span.end) for span in content):
        return "mixed"
    return "mixed" if any(_has_own_mark(span, nested) for span in content) else "indirect"


def _has_own_mark(span: Span, nested: Sequence[Typed]) -> bool:
    """Whether a double mark stands in the span outside every nested quote."""
    parts = [(part.start - span.start, part.end - span.start) for part in nested]
    return marks.has_double(span.exact) and any(True for _ in marks.outside(span.exact, parts))


def _joined(text: str, parts: Sequence[Typed]) -> tuple[Span, ...]:
    """The parts as spans; those with nothing but spaces between them are one."""
    return tuple(_span(text, *edges) for edges in joined(text, sorted(p[:2] for p in parts)))


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
