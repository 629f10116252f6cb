"""Articles made for a test, and those of the corpus."""

from functools import cache

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
from onrecord.paths import Corpus
from onrecord.store import read_articles

from .conftest import ROOT

FEW = ("nk-severs-road-rail-links", "questions-for-the-governor", "icons-verdict")
SEED = "nk-severs-road-rail-links"
LAYERS = ("actors", "quotes", "claims")


@cache
def corpus() -> tuple[Article, ...]:
    """Every article of the corpus."""
    return tuple(article for _, article in read_articles(Corpus(ROOT / "corpus").places()))


def few() -> list[Article]:
    """Articles of the corpus that show much between them."""
    return [article for article in corpus() if article.document.id in FEW]


def seed() -> Article:
    """The first article of the corpus."""
    return next(article for article in corpus() if article.document.id == SEED)


def article(
    text: str,
    *,
    language: str = "en",
    sections: tuple[Section, ...] = (),
    layers: tuple[str, ...] = LAYERS,
    name: str = "a",
) -> Article:
    """An article without annotations, by default one section of body text."""
    document = Document(
        id=name,
        language=language,
        origin="constructed",
        license="CC-BY-4.0",
        layers=layers,
        annotation=Annotation(method="human", passes=1, adjudicated=False),
        sections=sections or (Section(role="body", start=0, end=len(text)),),
        text=text,
    )
    return Article(document)


def add_actor(to: Article, name: str, *exact: str, kind: str = "person") -> None:
    """An actor, with a mention for the first place of each of the words."""
    to.actors.append(Actor(doc="a", id=name, name=name, kind=kind))
    for words in exact:
        span = spans(to, words)[0]
        number = f"m-{len(to.mentions):04}"
        to.mentions.append(
            Mention(
                doc="a", id=number, actor=name, form="name",
                start=span.start, end=span.end, exact=span.exact,
            )
        )  # fmt: skip


def add_quote(
    to: Article,
    *content: str,
    cue: tuple[str, ...] = (),
    speakers: tuple[str, ...] = (),
    within: str | None = None,
) -> str:
    """An indirect quote; its id."""
    number = f"q-{len(to.quotes):04}"
    to.quotes.append(
        Quote(
            doc="a", id=number, form="indirect", speakers=speakers,
            cue=spans(to, *cue), content=spans(to, *content), within=within,
        )
    )  # fmt: skip
    return number


def add_claim(to: Article, *content: str, kind: str = "fact", quote: str | None = None) -> None:
    """A certain, positive claim."""
    to.claims.append(
        Claim(
            doc="a", id=f"c-{len(to.claims):04}", quote=quote, kind=kind, certainty="certain",
            polarity="positive", content=spans(to, *content),
        )
    )  # fmt: skip


def spans(of: Article, *exact: str) -> tuple[Span, ...]:
    """The first place of each of the words."""
    starts = [of.document.text.index(words) for words in exact]
    return tuple(
        Span(start=start, end=start + len(words), exact=words)
        for start, words in zip(starts, exact, strict=True)
    )
