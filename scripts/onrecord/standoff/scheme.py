"""An article as standoff annotation in our own scheme, which the map `onrecord` reads back.

A mention is a node labelled with the kind of its actor; its attribute `actor.id` says of whom, and
the first mention of an actor has what else is known of that (`actor.name`, ...), beside edges
`coreference` from each further mention to the one before. An actor without mention is a node
without spans. A quote is a node `quote` over its content with edges `speaker`, `addressee`, `cue`
and `within`; its cue is a node `cue`. A claim is a node `claim` with an edge `quote` to what
carries it and edges `target` to the first mentions of its targets.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ..model import Actor, Article, Document, Quote, Record, Span
from ..schema import labels, plain_fields, unclear_fields
from .graph import Edge, Node, Standoff

QUOTE, CUE, CLAIM = "quote", "cue", "claim"
SPEAKER, ADDRESSEE, WITHIN, TARGET = "speaker", "addressee", "within", "target"
COREFERENCE = "coreference"
EDGES = (SPEAKER, ADDRESSEE, CUE, WITHIN, QUOTE, TARGET, COREFERENCE)
"""Labels of the edges; `quote` leads from a claim to the quote that carries it."""


def node_labels() -> tuple[str, ...]:
    """Labels of the nodes: the kinds of actors, then quote, cue and claim."""
    return (*labels("actors", "kind"), QUOTE, CUE, CLAIM)


def attribute_labels() -> dict[str, tuple[str, ...]]:
    """The attributes whose values come from a list, each with that list; others are free text."""
    found: dict[str, dict[str, str]] = {}
    for table in ("mentions", "quotes", "claims"):
        for name in unclear_fields(table):
            found[name] = found.get(name, {}) | labels(table, name)
    return {name: tuple(values) for name, values in found.items()}


def standoff(article: Article) -> Standoff:
    """The article as nodes and edges; nothing is left out."""
    first: dict[str, str] = {}
    nodes, edges = list(_mentions(article, first)), []
    absent = [actor for actor in article.actors if actor.id not in first]
    nodes += [Node(_key(a), a.kind, (), of_actor(a)) for a in absent]
    first |= {actor.id: _key(actor) for actor in absent}
    last: dict[str, str] = {}
    for mention in article.mentions:
        if mention.actor in last:
            edges.append(Edge(COREFERENCE, mention.id, last[mention.actor]))
        last[mention.actor] = mention.id
    for quote in article.quotes:
        nodes += _quote_nodes(quote)
        edges += _quote_edges(quote)
    for claim in article.claims:
        nodes.append(_node(claim.id, CLAIM, claim.content, _told("claims", claim)))
        edges += [Edge(QUOTE, claim.id, claim.quote)] if claim.quote else []
        edges += [Edge(TARGET, claim.id, first[actor]) for actor in claim.targets]
    document = article.document
    return Standoff(document.id, document.text, tuple(nodes), tuple(edges), _fields(document))


def of_actor(actor: Actor) -> dict[str, str]:
    """What is known of an actor, in the attributes of a mention, but for its kind."""
    told = {**_told("actors", actor), "members": ", ".join(actor.members)}
    return {f"actor.{name}": value for name, value in told.items() if value and name != "kind"}


def _told(table: str, record: Record) -> dict[str, str]:
    """The fields that become attributes, but those that are absent."""
    told = {name: getattr(record, name) for name in plain_fields(table)}
    return {name: value for name, value in told.items() if value}


def _fields(document: Document) -> Mapping[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(document)
    del told["text"]
    return told


def _key(actor: Actor) -> str:
    return f"actor:{actor.id}"


def _mentions(article: Article, first: dict[str, str]) -> Iterator[Node]:
    """The mentions; `first` comes to hold the first of each actor."""
    actors = {actor.id: actor for actor in article.actors}
    for mention in article.mentions:
        told = {"actor.id": mention.actor}
        if mention.actor not in first:
            first[mention.actor] = mention.id
            told = of_actor(actors[mention.actor])
        own = _told("mentions", mention)
        span = Span(start=mention.start, end=mention.end, exact=mention.exact)
        yield _node(mention.id, actors[mention.actor].kind, (span,), {**own, **told})


def _quote_nodes(quote: Quote) -> Iterator[Node]:
    yield _node(quote.id, QUOTE, quote.content, _told("quotes", quote))
    if quote.cue:
        yield _node(f"{quote.id}.{CUE}", CUE, quote.cue, {})


def _quote_edges(quote: Quote) -> Iterator[Edge]:
    yield from (Edge(SPEAKER, quote.id, name) for name in quote.speakers)
    yield from (Edge(ADDRESSEE, quote.id, name) for name in quote.addressees)
    if quote.cue:
        yield Edge(CUE, quote.id, f"{quote.id}.{CUE}")
    if quote.within:
        yield Edge(WITHIN, quote.id, quote.within)


def _node(key: str, label: str, spans: tuple[Span, ...], attributes: dict[str, str]) -> Node:
    places = tuple((span.start, span.end) for span in spans)
    return Node(key, label, places, attributes, tuple(span.exact for span in spans))
