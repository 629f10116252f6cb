"""An article made of flat typed spans: actors and mentions, quotes with speakers, claims.

In turn: `mending` makes edges sound, `forms` tells names from other mentions, `grouping` joins
contents and cues to quotes, `speakers` finds who speaks them, `coreference` who is who; `actors`,
`quotes` and `claims` make records of it.
"""

from collections.abc import Sequence

from ...model import Actor, Article, Document
from ...segment import sentences
from ..flat import Spans, Typed
from ..lexicon import Lexicon, lexicon
from .actors import actor_ids, actor_records, mention_records
from .antecedents import Voice
from .claims import claim_records
from .coreference import clusters
from .distance import Sentences
from .draft import Draft
from .forms import Reference, references
from .grouping import grouped
from .mending import Edges, uncrossed
from .quotes import quote_records
from .speakers import Speakers


def compose(document: Document, spans: Spans, layers: tuple[str, ...]) -> Article:
    """The article that the spans describe, with records of the layers only.

    Spans may overlap and may end anywhere: edges that cut a word or take in white space are moved,
    and of two spans of one column that cross the shorter is left out. Records are sound: they pass
    the checks of level 3, and break no rule of level 4 that is an error. Ids of actors end in
    their kind, so that one id is never two kinds of actor in two documents.
    """
    text, words, edges = document.text, lexicon(document.language), Edges(document.text)
    stretches = sentences(Article(document))
    found = _sound(edges, spans, layers)
    mentioned = references(text, found.actors, words)
    quoted = _quoted(text, Sentences(stretches), found, mentioned, words)
    voices = [Voice(*part[:2], quote.speakers) for quote in quoted for part in quote.contents]
    actors = clusters(text, stretches, mentioned, voices, words)
    ids = actor_ids(actors, mentioned)
    of = {member: key for c, key in zip(actors, ids, strict=True) for member in c.members}
    quotes = quote_records(document, quoted)
    claims = claim_records(
        document, edges, found.claims, quotes=quotes, references=mentioned, actors=of, words=words
    )
    return Article(
        document,
        sorted(actor_records(document, actors, ids, mentioned), key=_actor_id),
        list(mention_records(document, mentioned, of)),
        quotes,
        list(claims),
    )


def _sound(edges: Edges, spans: Spans, layers: tuple[str, ...]) -> Spans:
    """The spans of these layers on sound edges; no mentions, contents or cues cross."""
    quoted = "quotes" in layers
    return Spans(
        actors=uncrossed(edges.sound([*_unmentioned(spans), *spans.actors])),
        contents=uncrossed(edges.sound(spans.contents)) if quoted else [],
        cues=uncrossed(edges.sound(spans.cues)) if quoted else [],
        speakers=edges.sound(spans.speakers) if quoted else [],
        claims=edges.sound(spans.claims) if "claims" in layers else [],
    )


def _unmentioned(spans: Spans) -> list[Typed]:
    """Marked speakers that are no mentions of their own; most speakers are persons."""
    mentioned = {span[:2] for span in spans.actors}
    return [Typed(*span[:2], "person") for span in spans.speakers if span[:2] not in mentioned]


def _quoted(
    text: str,
    sentences: Sentences,
    found: Spans,
    mentioned: Sequence[Reference],
    words: Lexicon,
) -> list[Draft]:
    """The quotes with their speakers, in the order of their first contents."""
    quotes = grouped(text, sentences, found.contents, found.cues)
    speakers = Speakers(
        text, sentences, mentioned, contents=found.contents, marked=found.speakers, words=words
    )
    speakers.hear(quotes)
    return quotes


def _actor_id(actor: Actor) -> str:
    return actor.id
