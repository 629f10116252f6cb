"""What a language model is asked about an article, and the answer that its annotations give.

The answer is JSON as `schema/answer.schema.json` declares it: strings of the article instead of
offsets, because a model can repeat words but not count them, and names made up for the answer
instead XX Asked for are only the layers in which the document is annotated exhaustively; where
`actors` is not among them, the actors that the others refer to are named without their mentions.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from .chains import Chains
from .model import Article, Claim, Document, Mention, Quote, Span, Struct
from .schema import Json, answer_schema

SYSTEM = (
    "You annotate news articles: who is in them, who said what, and what is asserted, by whom, how"
    " firmly. You work from the text alone and answer in JSON, without a word beside it."
)
"""What the model is told before all articles."""

_TASK = (
    "Annotate the article below. Answer with one JSON object that has these keys. Every list is in"
    " the order of the text; words of the article are repeated exactly."
)

_LAYER = {"mentions": "actors", "quotes": "quotes", "claims": "claims"}
"""The layer with which a list is asked for; actors are always."""

_NEEDS = {("claims", "quote"): "quotes"}
"""The fields that are asked for only where a layer is."""


class AnswerActor(Struct, frozen=True, kw_only=True):
    """One actor."""

    id: str
    name: str
    kind: str


class AnswerMention(Struct, frozen=True, kw_only=True):
    """Words that refer to an actor."""

    exact: str
    actor: str
    form: str


class AnswerQuote(Struct, frozen=True, kw_only=True):
    """One quote; speakers and addressees are actors."""

    id: str
    content: tuple[str, ...]
    cue: tuple[str, ...]
    speakers: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    form: str
    within: str | None = None


class AnswerClaim(Struct, frozen=True, kw_only=True):
    """One claim and the actors who make it."""

    content: tuple[str, ...]
    quote: str | None = None
    claimants: tuple[str, ...]
    kind: str
    certainty: str
    polarity: str
    targets: tuple[str, ...] = ()


class Answer(Struct, frozen=True, kw_only=True):
    """All that is asked about an article; None for a list that is not asked for."""

    actors: tuple[AnswerActor, ...]
    mentions: tuple[AnswerMention, ...] | None = None
    quotes: tuple[AnswerQuote, ...] | None = None
    claims: tuple[AnswerClaim, ...] | None = None


def answer(article: Article) -> Answer:
    """The answer that the annotations of an article give."""
    chains, layers = Chains(article), article.document.layers
    names: dict[str | None, str] = {}
    mentions = quotes = claims = None
    if "actors" in layers:
        mentions = tuple(_mention(mention, chains) for mention in article.mentions)
    if "quotes" in layers:
        names = {quote.id: f"q{number}" for number, quote in enumerate(article.quotes, 1)}
        quotes = tuple(_quote(quote, chains, names) for quote in article.quotes)
    if "claims" in layers:
        claims = tuple(_claim(claim, chains, names) for claim in article.claims)
    wanted = None if "actors" in layers else _named(quotes or (), claims or ())
    actors = tuple(_actors(chains, wanted))
    return Answer(actors=actors, mentions=mentions, quotes=quotes, claims=claims)


def encoded(made: Answer) -> str:
    """The answer as compact JSON, keys in the order of the schema, nothing escaped in vain."""
    return msgspec.json.encode(made).decode()


def task(document: Document, layers: tuple[str, ...]) -> str:
    """What the model is asked about one article: the instruction, and the article's text."""
    return f"{instruction(layers)}\n\nThe article ({document.language}):\n\n{document.text}"


def asked_text(content: str) -> str:
    """The article's text in what `task` made."""
    return content.partition("\n\nThe article (")[2].partition("):\n\n")[2]


@cache
def instruction(layers: tuple[str, ...]) -> str:
    """What to annotate: every field that is asked for, with its values, as the schema says."""
    lists = answer_schema()["properties"]
    parts = [_TASK]
    for name in (name for name in lists if _LAYER.get(name) in (None, *layers)):
        fields = "\n".join(_described(name, layers))
        parts.append(f"{name}: list of objects. {lists[name]['description']}\n{fields}")
    if "actors" not in layers:
        parts.append("List only the actors that the other keys refer to.")
    return "\n\n".join(parts)


def _mention(mention: Mention, chains: Chains) -> AnswerMention:
    return AnswerMention(exact=mention.exact, actor=chains.actor(mention).id, form=mention.form)


def _quote(quote: Quote, chains: Chains, names: dict[str | None, str]) -> AnswerQuote:
    addressees = (mention.actor for mention in chains.addressees(quote))
    return AnswerQuote(
        id=names[quote.id],
        content=_words(quote.content),
        cue=_words(quote.cue),
        speakers=tuple(actor.id for actor in chains.sources(quote)),
        addressees=tuple(dict.fromkeys(addressees)),
        form=quote.form,
        within=names.get(quote.within),
    )


def _claim(claim: Claim, chains: Chains, names: dict[str | None, str]) -> AnswerClaim:
    return AnswerClaim(
        content=_words(claim.content),
        quote=names.get(claim.quote),
        claimants=tuple(actor.id for actor in chains.claimants(claim)),
        kind=claim.kind,
        certainty=claim.certainty,
        polarity=claim.polarity,
        targets=claim.targets,
    )


def _actors(chains: Chains, wanted: set[str] | None) -> Iterator[AnswerActor]:
    """The actors, or only those `wanted`, by their first mentions; those without one last."""
    mentioned = (mention.actor for mention in chains.article.mentions)
    for name in dict.fromkeys([*mentioned, *chains.actors]):
        actor = chains.actors[name]
        if wanted is None or name in wanted:
            yield AnswerActor(id=name, name=actor.name, kind=actor.kind)


def _named(quotes: Iterable[AnswerQuote], claims: Iterable[AnswerClaim]) -> set[str]:
    """The actors that quotes and claims refer to."""
    heard = (name for quote in quotes for name in (*quote.speakers, *quote.addressees))
    held = (name for claim in claims for name in (*claim.claimants, *claim.targets))
    return {*heard, *held}


def _words(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(span.exact for span in spans)


def _described(name: str, layers: tuple[str, ...]) -> Iterator[str]:
    """A line for each field of one list that is asked for."""
    items = answer_schema()["properties"][name]["items"]
    for field, declared in items["properties"].items():
        if _NEEDS.get((name, field)) in (None, *layers):
            yield f"- {field}: {declared['description']}{_values(declared)}"


def _values(declared: Json) -> str:
    if "enum" not in declared:
        return ""
    pairs = zip(declared["enum"], declared["enumDescriptions"], strict=True)
    return "\n" + "\n".join(f"  - {value}: {meaning}" for value, meaning in pairs)
