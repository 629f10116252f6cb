"""Articles to score, and their figures, as tests ask for them."""

import random
from dataclasses import replace

import msgspec

from onrecord.model import Article, Mention
from onrecord.scoring.score import Result, compare, score

from .articles import add_actor, add_claim, add_quote, article, spans

TEXT = "Kim said the road was closed. “It is shut,” he told Varga. Varga denied that it had rained."


def results(gold: Article, other: Article) -> dict[str, Result]:
    """The result of every measure, by its key."""
    found = score(compare([gold], {gold.document.id: other})).results(samples=0)
    return {result.measure.key: result for result in found}


def figures(gold: Article, other: Article) -> dict[str, float | None]:
    """The figure of every measure, by its key."""
    return {key: result.figure for key, result in results(gold, other).items()}


def mention(to: Article, actor: str, words: str, form: str = "pronoun") -> str:
    """A mention of an actor, for the first place of the words; its id."""
    (span,) = spans(to, words)
    name = f"m-{len(to.mentions):04}"
    to.mentions.append(
        Mention(
            doc="a", id=name, actor=actor, form=form,
            start=span.start, end=span.end, exact=span.exact,
        )
    )  # fmt: skip
    return name


def told() -> Article:
    """Three quotes with a claim each, two actors."""
    made = article(TEXT)
    add_actor(made, "kim", "Kim")
    add_actor(made, "varga", "Varga")
    he = mention(made, "kim", "he ")
    made.mentions[-1] = msgspec.structs.replace(made.mentions[-1], end=made.mentions[-1].end - 1)
    one = add_quote(made, "the road was closed", cue=("said",), speakers=("m-0000",))
    two = add_quote(made, "“It is shut,”", cue=("told",), speakers=(he,))
    three = add_quote(made, "that it had rained", cue=("denied",), speakers=("m-0001",))
    for quote, words in ((one, "the road was closed"), (two, "It is shut"), (three, "it had")):
        add_claim(made, words, quote=quote)
    return made


def damaged(rng: random.Random, found: Article) -> Article:
    """The article with a part of its quotes, claims and mentions gone or changed."""
    spoken = {name for quote in found.quotes for name in (*quote.speakers, *quote.addressees)}
    mentions = [m for m in found.mentions if m.id in spoken or rng.random() < 0.8]
    quotes = [
        msgspec.structs.replace(q, content=q.content[: rng.randint(1, 2)]) for q in found.quotes
    ]
    claims = [
        msgspec.structs.replace(c, kind=rng.choice(["fact", c.kind]))
        for c in found.claims
        if rng.random() < 0.8
    ]
    return replace(found, mentions=mentions, quotes=quotes, claims=claims)
