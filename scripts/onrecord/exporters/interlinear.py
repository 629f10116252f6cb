"""An article as interlinear notes, from which the importer makes the same bundle byte for byte."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, pairwise

from ..interlinear import (
    NOTE,
    PARAGRAPH,
    RULE,
    Stretch,
    carrier,
    escaped,
    mention_form,
    nearest,
    paragraphs,
    quote_form,
    write_spans,
)
from ..losses import Losses
from ..model import Actor, Article, Claim, Document, Mention, Quote, Span
from ..schema import table_schema
from ..standoff.format import Exporter

_FIELDS = tuple(
    name
    for name, field in table_schema("documents")["properties"].items()
    if field["type"] == "string" and name not in ("id", "text")
)
"""The fields of a document that a line `field=value` gives."""


def export(article: Article) -> str:
    """The notes of an article: a head, then what is said of each paragraph."""
    lines = [*_head(article.document), *map(_actor, article.actors), RULE]
    known = _Known(article)
    for number, stretch in enumerate(paragraphs(article.document.text), start=1):
        body = list(_paragraph(known, stretch))
        if body:
            lines += [f"{PARAGRAPH}{number}", *(f"  {line}" for line in body)]
    return "\n".join(lines) + "\n"


class _Known:
    """An article, its mentions by actor and by id, and its claims by quote."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.by_id = {mention.id: mention for mention in article.mentions}
        self.mentions: dict[str, list[Mention]] = {}
        for mention in article.mentions:
            self.mentions.setdefault(mention.actor, []).append(mention)
        self.claims: dict[str | None, list[Claim]] = {}
        for claim in article.claims:
            self.claims.setdefault(claim.quote, []).append(claim)


def _head(document: Document) -> Iterator[str]:
    yield f"document={document.id}"
    for name in _FIELDS:
        if value := getattr(document, name):
            yield f"{name}={value}"
    yield f"layers={','.join(document.layers)}"
    how = document.annotation
    settled = "adjudicated" if how.adjudicated else "unadjudicated"
    yield f"annotation={how.method} {how.passes} {settled}"
    for section in document.sections:
        yield f"section={section.role} {section.start}-{section.end}"


def _actor(actor: Actor) -> str:
    line = f"@{actor.id} {actor.kind} {actor.country or '-'} {actor.sector or '-'} | {actor.name}"
    extra = [("wikidata", actor.wikidata), ("members", ", ".join(actor.members))]
    told = "".join(f" | {name}: {value}" for name, value in extra if value)
    return f"{line}{told}{_note(actor.note)}"


def _paragraph(known: _Known, stretch: Stretch) -> Iterator[str]:
    article = known.article
    here = [m for m in article.mentions if stretch.start <= m.start < stretch.end]
    again = {two.id for one, two in pairwise(here) if (one.start, one.end) == (two.start, two.end)}
    for noted, group in groupby(here, key=lambda mention: mention.note):
        items = "; ".join(_mention(mention, stretch, again) for mention in group)
        yield f"m {items}{_note(noted)}"
    quotes = [q for q in article.quotes if stretch.start <= q.content[0].start < stretch.end]
    for claim in known.claims.get(None, []):
        if stretch.start <= claim.content[0].start < stretch.end:
            yield _claim(claim, stretch)
    earlier: list[tuple[str, tuple[Span, ...]]] = []
    for quote in _outer_first(quotes):
        yield _quote(known, quote, stretch, carrier(quote.content, earlier))
        earlier.append((quote.id, quote.content))
        yield from (_claim(claim, stretch) for claim in known.claims.get(quote.id, []))


def _outer_first(quotes: list[Quote]) -> list[Quote]:
    """Each quote behind those that it is within; otherwise as they stand."""
    placed: list[Quote] = []
    waiting = list(quotes)
    here = {quote.id for quote in quotes}
    while waiting:
        done = {quote.id for quote in placed}
        ready = [q for q in waiting if q.within not in here - done]
        placed.append((ready or waiting)[0])
        waiting.remove(placed[-1])
    return placed


def _mention(mention: Mention, stretch: Stretch, again: Collection[str]) -> str:
    """A mention; by its offsets if its words name the mention before it."""
    span = Span(start=mention.start, end=mention.end, exact=mention.exact)
    by_offsets = mention.id in again
    words = f"@{span.start}-{span.end}" if by_offsets else write_spans([span], stretch)
    derived = mention_form(mention.exact)
    form = "" if mention.form == derived else f"/{mention.form}"
    return f"{words}={mention.actor}{form}#{mention.id[2:]}"


def _quote(known: _Known, quote: Quote, stretch: Stretch, outer: str | None) -> str:
    form = "" if quote.form == quote_form(quote.content, stretch.text) else f"/{quote.form}"
    within = "" if quote.within == outer else f"<{quote.within or '-'}"
    place = (*quote.cue, *quote.content)[0]
    speakers = ", ".join(_speaker(known, name, quote, place) for name in quote.speakers) or "-"
    addressed = ", ".join(_speaker(known, name, quote, place) for name in quote.addressees)
    who = f"{speakers} > {addressed}" if addressed else speakers
    cue = write_spans(quote.cue, stretch) if quote.cue else "-"
    content = write_spans(quote.content, stretch)
    return f"{quote.id}{form}{within} {who} | {cue} | {content}{_note(quote.note)}"


def _speaker(known: _Known, name: str, quote: Quote, place: Span) -> str:
    """The actor, where the nearest of its mentions is meant, else the mention itself."""
    actor = known.by_id[name].actor
    near = nearest(known.mentions[actor], actor, place, quote.content)
    return actor if near == name else f"#{name[2:]}"


def _claim(claim: Claim, stretch: Stretch) -> str:
    labels = [_label("kind", claim.kind)]
    labels += [_label("certainty", claim.certainty)] if claim.certainty != "certain" else []
    labels += [_label("polarity", claim.polarity)] if claim.polarity != "positive" else []
    labels += [f">{','.join(claim.targets)}"] if claim.targets else []
    content = write_spans(claim.content, stretch)
    return f"{claim.id} {' '.join(labels)} | {content}{_note(claim.note)}"


def _label(name: str, value: str) -> str:
    """A label, with its field where several fields have it."""
    return f"{name}={value}" if value == "unspecified" else value


def _note(note: str | None) -> str:
    return f"{NOTE}{escaped(note)}" if note else ""


def write(articles: Iterable[Article], _: Losses) -> Iterator[tuple[str, bytes]]:
    """A file of notes for each article; its text is kept elsewhere."""
    for article in articles:
        yield f"{article.document.id}.interlinear", export(article).encode()


EXPORTER = Exporter(
    name="interlinear",
    title="notes for a text editor",
    write=write,
    gives="<id>.interlinear for each document; the text is its seed",
)
