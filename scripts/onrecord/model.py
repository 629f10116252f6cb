"""The records as frozen dataclasses; a test holds them equal to the schemas."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .schema import Json


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: `text[start:end] == exact`, in code points."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an article, in code points of its text."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """How a document was annotated."""

    method: str
    passes: int
    adjudicated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One news article: its metadata and its text."""

    id: str
    language: str
    origin: str
    story: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    license: str
    seed: str | None = None
    layers: tuple[str, ...]
    annotation: Annotation
    brief: str | None = None
    sections: tuple[Section, ...]
    text: str

    @property
    def headline(self) -> str:
        """The text of the first headline section, empty where there is none."""
        heads = (s for s in self.sections if s.role == "headline")
        return next((self.text[s.start : s.end] for s in heads), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One person, organization, state, group or speaking artifact in a document."""

    doc: str
    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    members: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One stretch of text that refers to an actor."""

    doc: str
    id: str
    actor: str
    form: str
    start: int
    end: int
    exact: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One piece of attributed speech, writing or thought."""

    doc: str
    id: str
    form: str
    speakers: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    within: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing asserted, by the article or by the source of a quote."""

    doc: str
    id: str
    quote: str | None = None
    kind: str
    certainty: str
    polarity: str
    targets: tuple[str, ...] = ()
    content: tuple[Span, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A document with all its annotations, each list in the order of its file."""

    document: Document
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def articles(tables: dict[str, list[Json]]) -> list[Article]:
    """The records of one bundle, checked before, grouped by document in the order of documents."""
    grouped = {record["id"]: Article(document(record)) for record in tables["documents"]}
    for record in tables["actors"]:
        grouped[record["doc"]].actors.append(actor(record))
    for record in tables["mentions"]:
        grouped[record["doc"]].mentions.append(Mention(**record))
    for record in tables["quotes"]:
        grouped[record["doc"]].quotes.append(quote(record))
    for record in tables["claims"]:
        grouped[record["doc"]].claims.append(claim(record))
    return list(grouped.values())


def document(record: Json) -> Document:
    """The document that a valid record of documents.jsonl describes."""
    return Document(
        **{
            **record,
            "layers": tuple(record["layers"]),
            "annotation": Annotation(**record["annotation"]),
            "sections": tuple(Section(**section) for section in record["sections"]),
        }
    )


def actor(record: Json) -> Actor:
    """The actor that a valid record of actors.jsonl describes."""
    return Actor(**_with(record, tuple, "members"))


def quote(record: Json) -> Quote:
    """The quote that a valid record of quotes.jsonl describes."""
    ids = _with(record, tuple, "speakers", "addressees")
    return Quote(**_with(ids, _spans, "cue", "content"))


def claim(record: Json) -> Claim:
    """The claim that a valid record of claims.jsonl describes."""
    return Claim(**_with(_with(record, tuple, "targets"), _spans, "content"))


def _with(record: Json, convert: Callable[[list[Json]], object], *names: str) -> Json:
    return {**record, **{name: convert(record[name]) for name in names if name in record}}


def _spans(spans: list[Json]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in spans)
