"""An article made of flat typed spans: actors and mentions, quotes with speakers, claims.

What is decided lies in modules of its own: `edges` (where spans may end), `forms` and `cluster`
(mentions and actors), `attribute` (quotes and speakers), `modality` (labels of claims).
"""

from collections.abc import Iterator, Sequence

from ...model import Actor, Article, Claim, Document, Mention, Quote, Span
from ...segment import sentences
from ..spans import Spans, Typed
from .attribute import Attribution
from .cluster import Cluster, clusters
from .forms import references
from .ids import actor_ids, actor_name, record_id
from .lexicon import lexicon
from .mending import Edges, uncrossed
from .modality import certainty, polarity
from .places import Sentences
from .quoting import quoted
from .speakers import Attributed, Speakers


def compose(document: Document, spans: Spans, layers: tuple[str, ...]) -> Article:
    """The article that the spans describe, with records of the layers only.

    Spans may overlap and may end anywhere: edges that cut a word or take in white space are moved,
    and of two spans of one column that cross the shorter is left out. Records are sound: they pass
    the checks of level 3, and break no rule of level 4 that is an error. Ids of actors end in
    their kind, so that one id is never two kinds of actor in two documents.
    """
    return _Composer(document, spans, layers).article()


class _Composer:
    def __init__(self, document: Document, spans: Spans, layers: tuple[str, ...]) -> None:
        self._document = document
        self._text = document.text
        self._words = lexicon(document.language)
        self._sentences = sentences(Article(document))
        self._edges = edges = Edges(document.text)
        quoted = "quotes" in layers
        self._contents = uncrossed(edges.sound(spans.contents)) if quoted else []
        self._cues = uncrossed(edges.sound(spans.cues)) if quoted else []
        self._speakers = edges.sound(spans.speakers) if quoted else []
        self._claims = edges.sound(spans.claims) if "claims" in layers else []
        mentioned = uncrossed(edges.sound([*_unmentioned(spans), *spans.actors]))
        self._references = references(self._text, mentioned, self._words)

    def article(self) -> Article:
        """All records, in the order of their files."""
        attributed = self._attributed()
        found = self._clusters(attributed)
        names = actor_ids(found, self._references)
        mentions = list(self._mentions(found, names))
        quotes = quoted(self._document, attributed)
        claims = list(self._made_claims(quotes, found, names))
        actors = [
            Actor(doc=self._document.id, id=name, name=actor_name(c, self._references), kind=c.kind)
            for name, c in zip(names, found, strict=True)
        ]
        return Article(self._document, sorted(actors, key=_actor_id), mentions, quotes, claims)

    def _attributed(self) -> list[Attributed]:
        places = Sentences(self._sentences)
        speakers = Speakers(self._text, places, self._references, self._speakers, self._words)
        return Attribution(self._text, places, speakers).quotes(self._contents, self._cues)

    def _clusters(self, attributed: Sequence[Attributed]) -> list[Cluster]:
        voices = [(part.start, part.end, q.speakers) for q in attributed for part in q.contents]
        return clusters(self._text, self._sentences, self._references, voices, self._words)

    def _mentions(self, found: Sequence[Cluster], names: Sequence[str]) -> Iterator[Mention]:
        of = {member: name for c, name in zip(found, names, strict=True) for member in c.members}
        for index, reference in enumerate(self._references):
            yield Mention(
                doc=self._document.id,
                id=record_id("m", index),
                actor=of[index],
                form=reference.form,
                start=reference.start,
                end=reference.end,
                exact=reference.exact,
            )

    def _made_claims(
        self,
        quotes: Sequence[Quote],
        found: Sequence[Cluster],
        names: Sequence[str],
    ) -> Iterator[Claim]:
        of = {member: name for c, name in zip(found, names, strict=True) for member in c.members}
        bare = self._edges.sound(Typed(*self._bare(claim), claim.type) for claim in self._claims)
        for index, claim in enumerate(bare):
            quote = _carrier(claim, quotes)
            cue = " ".join(span.exact for span in quote.cue) if quote else ""
            span = self._span(claim.start, claim.end)
            yield Claim(
                doc=self._document.id,
                id=record_id("c", index),
                quote=quote.id if quote else None,
                kind=claim.type,
                certainty=certainty(span.exact, self._words),
                polarity=polarity(span.exact, cue, self._words),
                targets=self._targets(claim, of),
                content=(span,),
            )

    def _bare(self, claim: Typed) -> tuple[int, int]:
        """The edges of a claim without the "that" before it and the comma behind it."""
        start, end = claim.start, claim.end
        if self._words.lists and self._text.startswith("that ", start, end):
            start += len("that ")
        while start < end and self._text[end - 1] in ",:;":
            end -= 1
        return start, end

    def _targets(self, claim: Typed, of: dict[int, str]) -> tuple[str, ...]:
        """Who is accused: the first actor in the words of an accusation."""
        if claim.type != "accusation":
            return ()
        inside = (
            of[index]
            for index, mention in enumerate(self._references)
            if claim.start <= mention.start and mention.end <= claim.end
        )
        return tuple([*inside][:1])

    def _span(self, start: int, end: int) -> Span:
        return Span(start=start, end=end, exact=self._text[start:end])


def _unmentioned(spans: Spans) -> Iterator[Typed]:
    """Marked speakers that are no mentions of their own; most speakers are persons."""
    mentioned = {(span.start, span.end) for span in spans.actors}
    for span in spans.speakers:
        if (span.start, span.end) not in mentioned:
            yield Typed(span.start, span.end, "person")


def _carrier(claim: Typed, quotes: Sequence[Quote]) -> Quote | None:
    """The innermost quote of which a content holds all of a claim.

    It has the shortest content; where two are equal one is in the other, and stands behind it.
    """
    holding = [
        (span.end - span.start, -number, quote)
        for number, quote in enumerate(quotes)
        for span in quote.content
        if span.start <= claim.start and claim.end <= span.end
    ]
    return min(holding, key=lambda found: found[:2])[2] if holding else None


def _actor_id(actor: Actor) -> str:
    return actor.id
