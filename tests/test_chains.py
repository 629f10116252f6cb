"""References followed: speakers, sources, claimants and chains, on one article worked by hand."""

import pytest

from onrecord.chains import Chains
from onrecord.model import (
    Actor,
    Annotation,
    Article,
    Claim,
    Document,
    Mention,
    Quote,
    Section,
    Span,
)
from onrecord.problem import UncheckedError

TEXT = "Ann and Bo of Radio Hasat said he told them that a letter says rain fell. It rained."


def span(exact: str) -> Span:
    start = TEXT.index(exact)
    return Span(start=start, end=start + len(exact), exact=exact)


def mention(name: str, actor: str, form: str, exact: str) -> Mention:
    at = span(exact)
    return Mention(
        doc="d", id=name, actor=actor, form=form, start=at.start, end=at.end, exact=exact
    )


def quote(
    name: str, speakers: str, content: str, within: str | None, addressees: str = ""
) -> Quote:
    return Quote(
        doc="d",
        id=name,
        form="indirect",
        speakers=tuple(speakers.split()),
        addressees=tuple(addressees.split()),
        cue=(),
        content=(span(content),),
        within=within,
    )


def claim(name: str, carrier: str | None, content: str) -> Claim:
    return Claim(
        doc="d",
        id=name,
        quote=carrier,
        kind="fact",
        certainty="certain",
        polarity="positive",
        content=(span(content),),
    )


def article(*, inmost: str | None = "q-2") -> Article:
    document = Document(
        id="d",
        language="en",
        origin="constructed",
        license="CC0-1.0",
        layers=(),
        annotation=Annotation(method="human", passes=1, adjudicated=False),
        sections=(Section(role="body", start=0, end=len(TEXT)),),
        text=TEXT,
    )
    actors = [Actor(doc="d", id=name, name=name, kind="person") for name in ("ann", "bo", "letter")]
    mentions = [
        mention("m-ann", "ann", "name", "Ann"),
        mention("m-bo", "bo", "name", "Bo"),
        mention("m-he", "bo", "pronoun", "he"),
        mention("m-them", "ann", "pronoun", "them"),
        mention("m-letter", "letter", "nominal", "a letter"),
    ]
    quotes = [
        quote("q-1", "m-ann m-bo m-he", "he told them that a letter says rain fell", None),
        quote("q-2", "m-he", "that a letter says rain fell", "q-1", "m-them"),
        quote("q-3", "m-letter", "rain fell", inmost),
        quote("q-4", "", "It rained", None),
    ]
    claims = [
        claim("c-1", "q-3", "rain fell"),
        claim("c-2", None, "It rained"),
        claim("c-3", "q-4", "It rained"),
    ]
    return Article(document, actors, mentions, quotes, claims)


def test_speakers_and_sources() -> None:
    chains = Chains(article())
    first, second, _, last = chains.article.quotes
    assert [m.exact for m in chains.speakers(first)] == ["Ann", "Bo", "he"]
    assert [a.id for a in chains.sources(first)] == ["ann", "bo"]
    assert [m.exact for m in chains.addressees(second)] == ["them"]
    assert not chains.speakers(last)
    assert not chains.sources(last)


def test_a_source_is_named_anywhere_in_the_article() -> None:
    chains = Chains(article())
    assert [chains.is_named(q) for q in chains.article.quotes] == [True, True, False, False]


def test_the_chain_leads_outwards() -> None:
    chains = Chains(article())
    assert [q.id for q in chains.chain(chains.quotes["q-3"])] == ["q-3", "q-2", "q-1"]
    assert [q.id for q in chains.chain(chains.quotes["q-1"])] == ["q-1"]


def test_claimants() -> None:
    chains = Chains(article())
    relayed, own, unsourced = chains.article.claims
    assert [a.id for a in chains.claimants(relayed)] == ["letter"]
    assert chains.claimants(own) == chains.claimants(unsourced) == []
    assert chains.carrier(own) is None
    assert chains.carrier(unsourced) == chains.quotes["q-4"]


def test_what_a_check_would_have_found_is_refused() -> None:
    endless = Chains(article(inmost="q-3"))
    with pytest.raises(UncheckedError, match="within itself"):
        endless.chain(endless.quotes["q-3"])
    dangling = Chains(article(inmost="q-9"))
    with pytest.raises(UncheckedError, match="'q-9' is not in 'd'"):
        dangling.chain(dangling.quotes["q-3"])
