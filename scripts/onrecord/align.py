"""From the answer of a language model to annotations: its words are found again in the text.

What cannot be used is left out and counted. Speakers and addressees, which the answer gives as
actors, become the mentions of these actors that stand nearest to the cue.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from . import ids
from .alignment import Aligned
from .answer import Answer, AnswerActor, AnswerClaim, AnswerMention, AnswerQuote
from .edges import joined
from .lookup import Lookup, Stretch
from .model import Actor, Article, Claim, Document, Mention, Quote, Span
from .placing import (
    Stretches,
    apart,
    content_places,
    cue_places,
    lies_in,
    mention_places,
    nearness,
)

_ELSEWHERE = 0.4

Mentions = Mapping[str, Sequence[Mention]]
"""The mentions of each actor, by its name in the answer."""


def align(answer: Answer, document: Document) -> Aligned:
    """The article that an answer describes: ids are valid, references and spans sound.

    Words found nowhere are left out; so are a mention, quote or claim without any words, an actor
    without a mention where mentions are asked for, and references to any of them. A label that does
    not exist becomes `unspecified`. Where mentions are not asked for, an actor is mentioned
    wherever its name stands.
    """
    made, lookup = Aligned(Article(document)), Lookup(document.text)
    slugs = ids.slugs(actor.id for actor in answer.actors)
    listed = _named(answer.actors, lookup) if answer.mentions is None else answer.mentions
    mentions = _add_mentions(made, lookup, listed, slugs)
    if answer.mentions is not None:
        slugs = {name: slug for name, slug in slugs.items() if name in mentions}
    _add_actors(made, answer.actors, slugs)
    quotes = _add_quotes(made, lookup, answer.quotes or (), mentions)
    _add_claims(made, lookup, answer.claims or (), slugs, quotes)
    return made


def _add_actors(made: Aligned, actors: Sequence[AnswerActor], slugs: Mapping[str, str]) -> None:
    """Add the actors that have a slug, of those with one name the first."""
    first = {actor.id: actor for actor in reversed(actors)}
    for name, slug in sorted(slugs.items(), key=lambda item: item[1]):
        actor = first[name]
        kind = made.label("actors", "kind", actor.kind)
        doc = made.article.document.id
        made.article.actors.append(Actor(doc=doc, id=slug, name=actor.name or slug, kind=kind))


def _add_mentions(
    made: Aligned, lookup: Lookup, listed: Sequence[AnswerMention], slugs: Mapping[str, str]
) -> dict[str, list[Mention]]:
    """Add the mentions, and give those of each actor."""
    known = [mention for mention in listed if mention.actor in slugs]
    made.count("reference", len(listed), len(known))
    places = mention_places(lookup, [(mention.exact, mention.form == "name") for mention in known])
    found = [(place, mention) for place, mention in zip(places, known, strict=True) if place]
    made.count("mention", len(known), len(found))
    by_actor: dict[str, list[Mention]] = {}
    found.sort(key=lambda pair: _order(pair[0]))
    for number, (place, mention) in enumerate(found, start=1):
        span = _span(lookup, place)
        added = Mention(
            doc=made.article.document.id, id=ids.numbered("m", number), actor=slugs[mention.actor],
            form=made.label("mentions", "form", mention.form),
            start=span.start, end=span.end, exact=span.exact,
        )  # fmt: skip
        made.article.mentions.append(added)
        by_actor.setdefault(mention.actor, []).append(added)
    return by_actor


def _add_quotes(
    made: Aligned, lookup: Lookup, quotes: Sequence[AnswerQuote], mentions: Mentions
) -> dict[str, Quote]:
    """Add the quotes, and give them by their names in the answer, of one name the first."""
    found = _found_quotes(made, lookup, quotes)
    numbered = [ids.numbered("q", number) for number in range(1, len(found) + 1)]
    names: dict[str, str] = {}
    for (*_, quote), number in zip(found, numbered, strict=True):
        names.setdefault(quote.id, number)
    for number, (content, cue, quote) in zip(numbered, found, strict=True):
        near = partial(_nearest, lookup.text, cue, content)
        speakers = made.known(quote.speakers, mentions)
        addressees = made.known(quote.addressees, mentions)
        added = Quote(
            doc=made.article.document.id, id=number,
            form=made.label("quotes", "form", quote.form),
            speakers=tuple(near(mentions[name]).id for name in speakers),
            addressees=tuple(near(mentions[name]).id for name in addressees),
            cue=_spans(lookup, cue), content=_spans(lookup, content),
            within=next((names[name] for name in made.known([quote.within], names)), None),
        )  # fmt: skip
        made.article.quotes.append(added)
    made.article.quotes[:] = _ending(made, made.article.quotes)
    added_by_id = {quote.id: quote for quote in made.article.quotes}
    return {name: added_by_id[number] for name, number in names.items()}


def _found_quotes(
    made: Aligned, lookup: Lookup, quotes: Sequence[AnswerQuote]
) -> list[tuple[Stretches, Stretches, AnswerQuote]]:
    """Content and cue of the quotes whose content can be found, in the order of the text."""
    asked = [quote.content for quote in quotes]
    signals = [quote.cue for quote in quotes]
    contents = content_places(lookup, asked, lambda n, parts: nearness(lookup, signals[n], parts))
    cues = cue_places(lookup, signals, contents)
    made.count_parts("content", asked, contents)
    made.count_parts("cue", signals, cues)
    found = [each for each in zip(contents, cues, quotes, strict=True) if each[0]]
    return sorted(found, key=lambda each: _order(each[0][0]))


def _add_claims(
    made: Aligned,
    lookup: Lookup,
    claims: Sequence[AnswerClaim],
    slugs: Mapping[str, str],
    quotes: Mapping[str, Quote],
) -> None:
    """Add the claims."""
    for number, (content, claim) in enumerate(_found_claims(made, lookup, claims, quotes), start=1):
        carriers = made.known([claim.quote], quotes)
        added = Claim(
            doc=made.article.document.id, id=ids.numbered("c", number),
            quote=quotes[carriers[0]].id if carriers else None,
            kind=made.label("claims", "kind", claim.kind),
            certainty=made.label("claims", "certainty", claim.certainty),
            polarity=made.label("claims", "polarity", claim.polarity),
            targets=tuple(slugs[name] for name in made.known(claim.targets, slugs)),
            content=_spans(lookup, content),
        )  # fmt: skip
        made.article.claims.append(added)


def _found_claims(
    made: Aligned, lookup: Lookup, claims: Sequence[AnswerClaim], quotes: Mapping[str, Quote]
) -> list[tuple[Stretches, AnswerClaim]]:
    """Content of the claims whose content can be found, in its quote if it can be there."""
    said = {name: _stretches(quote.content) for name, quote in quotes.items()}
    every = [stretch for content in said.values() for stretch in content]

    def cost(number: int, content: Stretches) -> float:
        carrier = said.get(claims[number].quote or "")
        fits = lies_in(content, carrier) if carrier else not lies_in(content, every)
        return 0.0 if fits else _ELSEWHERE

    asked = [claim.content for claim in claims]
    contents = content_places(lookup, asked, cost)
    made.count_parts("claim", asked, contents)
    found = [each for each in zip(contents, claims, strict=True) if each[0]]
    return sorted(found, key=lambda each: _order(each[0][0]))


def _named(actors: Sequence[AnswerActor], lookup: Lookup) -> Sequence[AnswerMention]:
    """A mention of form `name` wherever the name of an actor stands, in the order of the text.

    Where several actors have one name it is the first of them.
    """
    owners = {place: actor for actor in reversed(actors) for place in lookup.places(actor.name)}
    return [
        AnswerMention(exact=actor.name, actor=actor.id, form="name")
        for _, actor in sorted(owners.items(), key=lambda item: _order(item[0]))
    ]


def _nearest(text: str, cue: Stretches, content: Stretches, mentions: Sequence[Mention]) -> Mention:
    """The mention that is meant: near the cue and not in the content, a name before an apposition.

    Where name and description stand side by side the guidelines have the name (rule 11).
    """

    def cost(mention: Mention) -> tuple[bool, int]:
        place = (mention.start, mention.end)
        return lies_in([place], content), apart(text, (place,), cue or content)

    nearest = min(mentions, key=cost)
    beside = (
        other
        for other in mentions
        if other.form == "name" and 0 <= nearest.start - other.end <= len(", ")
    )
    return next(beside, nearest) if nearest.form == "nominal" else nearest


def _ending(made: Aligned, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The quotes, without each `within` that leads back to where it came from."""
    outer = {quote.id: quote.within for quote in quotes}
    for quote in quotes:
        seen, at = {quote.id}, outer[quote.id]
        while at is not None and at not in seen:
            seen.add(at)
            at = outer[at]
        if at is not None:
            outer[quote.id] = None
            made.failed["reference"] += 1
        yield msgspec.structs.replace(quote, within=outer[quote.id])


def _order(place: Stretch) -> tuple[int, int]:
    return place[0], -place[1]


def _span(lookup: Lookup, place: Stretch) -> Span:
    return Span(start=place[0], end=place[1], exact=lookup.text[place[0] : place[1]])


def _spans(lookup: Lookup, places: Stretches) -> tuple[Span, ...]:
    return tuple(_span(lookup, place) for place in joined(lookup.text, places))


def _stretches(spans: Iterable[Span]) -> Stretches:
    return tuple((span.start, span.end) for span in spans)
