"""The records as tables for spreadsheets and statistics: one file each, joined by ids.

Beside the fields of the records there are the words that one would otherwise have to look up: the
names of actors, who speaks a quote, who makes a claim. The files are in UTF-8 with a byte order
mark, without which spreadsheets take them for something else; lines end with CR LF as RFC 4180
says. Lists are joined by `; `, the parts of discontinuous words by ` … `, spans are written
`12..30`. An apostrophe stands before words that a spreadsheet would take for a formula: the text
may be anyone's. Spreadsheets hold 32767 characters in a cell, so a long text is cut there.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..chains import Chains
from ..losses import Losses
from ..model import Actor, Article, Mention, Span
from ..standoff.format import Exporter

Cell = str | int | bool | None
Row = dict[str, Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell that spreadsheets compute begins with (OWASP, CSV Injection)."""

_JOIN, _PARTS = "; ", " … "


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """A file for each table."""
    written = {name: _Table(name, columns, losses) for name, columns in _COLUMNS.items()}
    for article in articles:
        chains = Chains(article)
        for name, rows in _ROWS.items():
            for row in rows(chains):
                written[name].add(row)
    for name, table in written.items():
        yield f"{name}.csv", table.content()


class _Table:
    """A file in the making."""

    def __init__(self, name: str, columns: Sequence[str], losses: Losses) -> None:
        self._name, self._columns, self._losses = name, columns, losses
        self._file = io.BytesIO()
        self._file.write(codecs.BOM_UTF8)
        self._text = io.TextIOWrapper(self._file, "utf-8", newline="")
        self._rows = csv.writer(self._text)
        self._rows.writerow(columns)

    def add(self, row: Row) -> None:
        """Add one row."""
        where = "/".join(str(row[name]) for name in ("doc", "id") if name in row)
        self._rows.writerow([self._cell(row[name], where, name) for name in self._columns])

    def content(self) -> bytes:
        """The whole file."""
        self._text.flush()
        return self._file.getvalue()

    def _cell(self, value: Cell, where: str, column: str) -> str | int | None:
        if isinstance(value, bool):
            return "true" if value else "false"
        # Words that begin with an apostrophe themselves get one too, so that it can be undone.
        if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA):
            self._losses.changed("words like a formula", where, f"{self._name}.{column}")
            return f"'{value}"
        return value


def _documents(chains: Chains) -> Iterator[Row]:
    document = chains.article.document
    how = document.annotation
    yield {
        **{name: getattr(document, name) for name in _OF_DOCUMENT},
        "layers": _JOIN.join(document.layers),
        "method": how.method,
        "passes": how.passes,
        "adjudicated": how.adjudicated,
        "headline": document.headline,
        "text": document.text,
    }


def _actors(chains: Chains) -> Iterator[Row]:
    counts = {actor.id: 0 for actor in chains.article.actors}
    for mention in chains.article.mentions:
        counts[chains.actor(mention).id] += 1
    for actor in chains.article.actors:
        yield {
            **{name: getattr(actor, name) for name in _OF_ACTOR},
            "members": _JOIN.join(actor.members),
            "named": actor.id in chains.named,
            "mentions": counts[actor.id],
            "note": actor.note,
        }


def _mentions(chains: Chains) -> Iterator[Row]:
    for mention in chains.article.mentions:
        actor = chains.actor(mention)
        yield {
            **{name: getattr(mention, name) for name in ("doc", "id", "actor", "form")},
            "actor_name": actor.name,
            "actor_kind": actor.kind,
            "text": mention.exact,
            "start": mention.start,
            "end": mention.end,
            "note": mention.note,
        }


def _quotes(chains: Chains) -> Iterator[Row]:
    for quote in chains.article.quotes:
        _, *relays = chains.chain(quote)
        relayed = [actor for relay in relays for actor in chains.sources(relay)]
        yield {
            **{name: getattr(quote, name) for name in ("doc", "id", "form", "within", "note")},
            **_content(quote.content),
            "cue": _words(quote.cue),
            "cue_spans": _places(quote.cue),
            **_parties("speaker", chains.speakers(quote), chains),
            "named": chains.is_named(quote),
            **_parties("addressee", chains.addressees(quote), chains),
            "relayed_by": _names(relayed),
        }


def _claims(chains: Chains) -> Iterator[Row]:
    for claim in chains.article.claims:
        claimants = chains.claimants(claim)
        targets = [chains.actors[name] for name in claim.targets]
        yield {
            **{name: getattr(claim, name) for name in _OF_CLAIM},
            **_content(claim.content),
            "claimants": _ids(claimants),
            "claimant_names": _names(claimants),
            "targets": _ids(targets),
            "target_names": _names(targets),
            "note": claim.note,
        }


def _content(spans: Sequence[Span]) -> Row:
    return {
        "text": _words(spans),
        "start": spans[0].start,
        "end": spans[-1].end,
        "spans": _places(spans),
    }


def _parties(role: str, mentions: Sequence[Mention], chains: Chains) -> Row:
    """Who speaks, or is spoken to: the words, the mentions, the actors and their names."""
    actors = [chains.actor(mention) for mention in mentions]
    return {
        f"{role}_text": _JOIN.join(mention.exact for mention in mentions),
        f"{role}_mentions": _JOIN.join(mention.id for mention in mentions),
        f"{role}_actors": _ids(actors),
        f"{role}_names": _names(actors),
    }


def _ids(actors: Iterable[Actor]) -> str:
    return _JOIN.join(actor.id for actor in actors)


def _names(actors: Iterable[Actor]) -> str:
    return _JOIN.join(actor.name for actor in actors)


def _words(spans: Iterable[Span]) -> str:
    return _PARTS.join(span.exact for span in spans)


def _places(spans: Iterable[Span]) -> str:
    # A hyphen or a colon would make a date or a time of it.
    return _JOIN.join(f"{span.start}..{span.end}" for span in spans)


_OF_DOCUMENT = tuple("id language origin story publisher url published license seed brief".split())
_OF_ACTOR = tuple("doc id name kind country sector wikidata".split())
_OF_CLAIM = tuple("doc id kind certainty polarity quote".split())
_PARTY = ("text", "mentions", "actors", "names")
_PLACE = ("start", "end", "spans")

_COLUMNS = {
    "documents": (*_OF_DOCUMENT, *"layers method passes adjudicated headline text".split()),
    "actors": (*_OF_ACTOR, *"members named mentions note".split()),
    "mentions": tuple("doc id actor actor_name actor_kind form text start end note".split()),
    "quotes": (
        *("doc", "id", "form", "text", "cue"),
        *(f"speaker_{name}" for name in _PARTY),
        "named",
        *(f"addressee_{name}" for name in _PARTY),
        *("within", "relayed_by", *_PLACE, "cue_spans", "note"),
    ),
    "claims": (
        *_OF_CLAIM,
        *"text claimants claimant_names targets target_names".split(),
        *(*_PLACE, "note"),
    ),
}
"""The columns of each table, in order."""

_ROWS: dict[str, Callable[[Chains], Iterator[Row]]] = {
    "documents": _documents,
    "actors": _actors,
    "mentions": _mentions,
    "quotes": _quotes,
    "claims": _claims,
}

EXPORTER = Exporter(
    name="csv",
    title="CSV tables for spreadsheets and statistics",
    write=write,
    gives="documents.csv, actors.csv, mentions.csv, quotes.csv, claims.csv",
    loses=("sections of documents", "where in a list one name ends, if a name has a semicolon"),
)
