"""Claims as records: whose they are, how firmly they are made, whom they accuse."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...ids import numbered
from ...model import Claim, Document, Quote, Span
from ..flat import Typed
from ..lexicon import Lexicon
from ..overlaps import Nested
from .forms import Reference
from .mending import Edges
from .modality import certainty, polarity


class _Part(NamedTuple):
    """One part of the content of a quote."""

    start: int
    end: int
    quote: Quote


def claim_records(
    document: Document,
    edges: Edges,
    claims: Iterable[Typed],
    *,
    quotes: Sequence[Quote],
    references: Sequence[Reference],
    actors: Mapping[int, str],
    words: Lexicon,
) -> Iterator[Claim]:
    """A claim for each span, in order; `actors` are ids by the index of the reference."""
    text = document.text
    bare = edges.sound(_bare(text, claim, words) for claim in claims)
    carriers = Nested(_Part(span.start, span.end, q) for q in quotes for span in q.content)
    targets = _Targets(references, actors)
    for number, claim in enumerate(bare, start=1):
        exact = text[claim.start : claim.end]
        carrier = next(carriers.holding(claim.start, claim.end), None)
        quote = carrier.quote if carrier else None
        cue = " ".join(span.exact for span in quote.cue) if quote else ""
        yield Claim(
            doc=document.id,
            id=numbered("c", number),
            quote=quote.id if quote else None,
            kind=claim.type,
            certainty=certainty(exact, words),
            polarity=polarity(exact, cue, words),
            targets=targets.of(claim),
            content=(Span(start=claim.start, end=claim.end, exact=exact),),
        )


class _Targets:
    """Whom accusations accuse."""

    def __init__(self, references: Sequence[Reference], actors: Mapping[int, str]) -> None:
        self._references = references
        self._starts = [reference.start for reference in references]
        self._actors = actors

    def of(self, claim: Typed) -> tuple[str, ...]:
        """The first actor in the words of an accusation."""
        if claim.type != "accusation":
            return ()
        first, past = (bisect_left(self._starts, at) for at in (claim.start, claim.end))
        inside = (at for at in range(first, past) if self._references[at].end <= claim.end)
        return tuple(self._actors[at] for at in [*inside][:1])


def _bare(text: str, claim: Typed, words: Lexicon) -> Typed:
    """A claim without the "that" before it and the comma behind it."""
    start, end = claim.start, claim.end
    if words.lists and text.startswith("that ", start, end):
        start += len("that ")
    while start < end and text[end - 1] in ",:;":
        end -= 1
    return Typed(start, end, claim.type)
