"""An article made of flat typed spans: actors and mentions, quotes with speakers, claims.

What is decided lies in modules of its own: `edges` (where spans may end), `forms` and `cluster`
(mentions and actors), `attribute` (quotes and speakers), `modality` (labels of claims).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from .. import marks
from ..ids import slug
from ..model import Actor, Article, Claim, Document, Mention, Quote, Span
from ..segment import sentences
from .attribute import Attributed, Attribution
from .cluster import Cluster, clusters
from .edges import Edges, uncrossed
from .forms import Reference, references
from .lexicon import lexicon
from .modality import certainty, polarity
from .spans import Spans, Typed

_LONGEST_SLUG = 90


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
        names = _ids(found, self._references)
        mentions = list(self._mentions(found, names))
        quotes = list(_once(self._quotes(attributed)))
        claims = list(self._made_claims(quotes, found, names))
        actors = [
            Actor(doc=self._document.id, id=name, name=_name(c, self._references), kind=c.kind)
            for name, c in zip(names, found, strict=True)
        ]
        return Article(self._document, sorted(actors, key=_actor_id), mentions, quotes, claims)

    def _attributed(self) -> list[Attributed]:
        place = Attribution(
            self._text, self._sentences, self._references, self._speakers, self._words
        )
        return place.quotes(self._contents, self._cues)

    def _clusters(self, attributed: Sequence[Attributed]) -> list[Cluster]:
        voices = [(part.start, part.end, q.speakers) for q in attributed for part in q.contents]
        return clusters(self._text, self._sentences, self._references, voices, self._words)

    def _mentions(self, found: Sequence[Cluster], names: Sequence[str]) -> Iterator[Mention]:
        of = {member: name for c, name in zip(found, names, strict=True) for member in c.members}
        for index, reference in enumerate(self._references):
            yield Mention(
                doc=self._document.id,
                id=_id("m", index),
                actor=of[index],
                form=reference.form,
                start=reference.start,
                end=reference.end,
                exact=reference.exact,
            )

    def _quotes(self, attributed: Sequence[Attributed]) -> Iterator[Quote]:
        holders = {part: index for index, q in enumerate(attributed) for part in q.contents}
        for index, quote in enumerate(attributed):
            content = self._joined(quote.contents)
            nested = [
                part for part, at in holders.items() if attributed[at].outer in quote.contents
            ]
            yield Quote(
                doc=self._document.id,
                id=_id("q", index),
                form=self._form(quote, content, nested),
                speakers=tuple(_id("m", at) for at in quote.speakers),
                addressees=tuple(_id("m", at) for at in quote.addressees),
                cue=(self._span(*quote.cue[:2]),) if quote.cue else (),
                content=content,
                within=_id("q", holders[quote.outer]) if quote.outer else None,
            )

    def _form(self, quote: Attributed, content: Sequence[Span], nested: Sequence[Typed]) -> str:
        """The form that the marks allow, where they leave a choice that of the spans."""
        first, last = content[0], content[-1]
        enclosed = marks.opens(self._text, first.start) and marks.closes(self._text, last.end)
        if enclosed and all(part.type == "direct" for part in quote.contents):
            return "direct"
        typed = any(part.type != "indirect" for part in quote.contents)
        if typed and any(marks.has_marks(self._text, s.start, s.end) for s in content):
            return "mixed"
        own = any(_has_own_mark(span, nested) for span in content)
        return "mixed" if own else "indirect"

    def _joined(self, parts: Sequence[Typed]) -> tuple[Span, ...]:
        """The parts as spans; those with nothing but spaces between them are one."""
        edges: list[tuple[int, int]] = []
        for part in sorted(parts):
            if edges and not self._text[edges[-1][1] : part.start].strip(" \t\N{NO-BREAK SPACE}"):
                edges[-1] = edges[-1][0], part.end
            else:
                edges.append((part.start, part.end))
        return tuple(self._span(start, end) for start, end in edges)

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
                id=_id("c", index),
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


def _once(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """The quotes without those that repeat one, as when the parts of a content are all of it."""
    first: dict[object, str] = {}
    same: dict[str | None, str] = {}
    for quote in quotes:
        same[quote.id] = first.setdefault((quote.content, quote.cue, quote.speakers), quote.id)
        if same[quote.id] == quote.id:
            yield replace(quote, within=same.get(quote.within))


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


def _has_own_mark(span: Span, nested: Sequence[Typed]) -> bool:
    """Whether a double mark stands in the span outside every nested quote."""
    places = (span.start + place for place in marks.places(span.exact))
    return marks.has_double(span.exact) and any(
        not any(part.start - 1 <= place <= part.end for part in nested) for place in places
    )


def _ids(found: Sequence[Cluster], references: Sequence[Reference]) -> list[str]:
    """A slug for each cluster, made of its name; it ends in the kind, so no two kinds share it."""
    taken: set[str] = set()
    names = []
    for cluster in found:
        name = _name(cluster, references)
        stem = slug(name)[:_LONGEST_SLUG].strip("-") or _coded(name)
        number, name = 1, f"{stem}-{cluster.kind}"
        while name in taken:
            number += 1
            name = f"{stem}-{number}-{cluster.kind}"
        taken.add(name)
        names.append(name)
    return names


def _coded(name: str) -> str:
    """What stands for a name without letters of the Latin alphabet; the same for the same name."""
    return f"x{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _name(cluster: Cluster, references: Sequence[Reference]) -> str:
    """The longest name, else the longest nominal, else the first mention."""
    mentions = [references[member] for member in cluster.members]
    for form in ("name", "nominal", "adjective"):
        if exact := [mention.exact for mention in mentions if mention.form == form]:
            return max(exact, key=len)
    return mentions[0].exact


def _actor_id(actor: Actor) -> str:
    return actor.id


def _id(letter: str, index: int) -> str:
    return f"{letter}-{index + 1:04}"
