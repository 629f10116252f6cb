"""The records as frozen data classes; a test holds them equal to the schemas.

They are structs of msgspec: data classes that are read from JSON and written to it at the speed
of a bare parser. Fields stand in the order of the schema, absent optional ones are None or empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec


class Struct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What all records and their parts are; `gc` is off because none can be part of a cycle."""


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of a document's text: `text[start:end] == exact`, in code points."""

    start: int
    end: int
    exact: str


class Section(Struct, frozen=True, kw_only=True):
    """One part of an article, in code points of its text."""

    role: str
    start: int
    end: int


class Annotation(Struct, frozen=True, kw_only=True):
    """How a document was annotated."""

    method: str
    passes: int
    adjudicated: bool


class Document(Struct, frozen=True, kw_only=True):
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


class Actor(Struct, frozen=True, kw_only=True):
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


class Mention(Struct, frozen=True, kw_only=True):
    """One stretch of text that refers to an actor."""

    doc: str
    id: str
    actor: str
    form: str
    start: int
    end: int
    exact: str
    note: str | None = None


class Quote(Struct, frozen=True, kw_only=True):
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


class Claim(Struct, frozen=True, kw_only=True):
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


Record = Document | Actor | Mention | Quote | Claim

CLASSES: Mapping[str, type[Record]] = {
    "documents": Document,
    "actors": Actor,
    "mentions": Mention,
    "quotes": Quote,
    "claims": Claim,
}
"""The class of the records of each table."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document with all its annotations, each list in the order of its file."""

    document: Document
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def table(self, name: str) -> list[Record]:
        """The records of one table of annotations."""
        records: list[Record] = getattr(self, name)
        return records


def articles(tables: Mapping[str, Sequence[Record]]) -> list[Article]:
    """The records of one bundle, grouped by document in the order of the documents."""
    grouped = {r.id: Article(r) for r in tables["documents"] if isinstance(r, Document)}
    for table, records in tables.items():
        for record in records:
            if not isinstance(record, Document):
                grouped[record.doc].table(table).append(record)
    return list(grouped.values())
