"""Articles as documents of spaCy, in the binary form that `spacy train` reads.

Each of the groups `mentions`, `quotes`, `cues` and `claims` of `doc.spans` has all its spans, also
those that overlap, labelled with the kind of actor, the form of quote, `cue`, and the kind of
claim. `doc.ents` has the mentions that no longer one overlaps, with the Wikidata ids of their
actors; in a document whose actors were not all looked for the other words are missing values.
Words are cut at the edges of spans, and sentences begin where the corpus has them begin.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from ..formats.spacy.groups import KEY, Carried, groups, spacy
from ..formats.words import sentences
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter
from ..standoff.graph import Node, Standoff, Stretch
from ..standoff.scheme import standoff

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

BATCH = 500
"""Documents of one file."""

_Words = tuple[list[str], list[bool], list[bool | int | None]]

_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "SENT_START")


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """`corpus.spacy`, and `corpus-2.spacy` and so on with 500 documents each."""
    del losses
    waiting = iter(articles)
    number = 1
    while some := list(islice(waiting, BATCH)):
        name = "corpus" if number == 1 else f"corpus-{number}"
        yield f"{name}.spacy", _bin(some).to_bytes()
        number += 1


def _bin(articles: Iterable[Article]) -> "DocBin":
    spacy()
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    made = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
    vocab = Vocab()
    for article in articles:
        made.add(_doc(article, vocab))
    return made


def _doc(article: Article, vocab: "Vocab") -> "Doc":
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    graph = standoff(article)
    words, spaces, starts = _words(article, graph)
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    for name, spans in _spans(doc, graph).items():
        doc.spans[name] = spans
    known = "actors" in article.document.layers
    doc.set_ents(filter_spans(doc.spans["mentions"]), default="outside" if known else "missing")
    doc.user_data[KEY] = _carried(graph)
    return doc


def _words(article: Article, graph: Standoff) -> _Words:
    """The words, whether a space follows each, and whether a sentence begins with it.

    White space that is more than one space between words is a word, as spaCy has it.
    """
    text, words, spaces = graph.text, list[str](), list[bool]()
    opening: list[bool | int | None] = []
    starts, ends = _edges(graph)
    edges = starts | ends
    for start, end, opens in _pieces(article):
        # A space that a span begins or ends with has to be a word.
        kept = text[start] != " " or start in starts or start + 1 in ends
        if words and not kept:
            spaces[-1] = True
        for one, other in _cut(start if kept or not words else start + 1, end, edges):
            words.append(text[one:other])
            spaces.append(False)
            opening.append(opens or len(words) == 1)
    return words, spaces, opening


def _edges(graph: Standoff) -> tuple[set[int], set[int]]:
    spans = [span for node in graph.nodes for span in node.spans]
    return {start for start, _ in spans}, {end for _, end in spans}


def _pieces(article: Article) -> Iterator[tuple[int, int, bool]]:
    """Words and what is between them: start, end, whether a sentence begins there."""
    at, last = 0, len(article.document.text)
    for paragraph in sentences(article):
        for sentence in paragraph:
            for number, (start, end) in enumerate(sentence):
                if at < start:
                    yield at, start, False
                yield start, end, number == 0
                at = end
    if at < last:
        yield at, last, False


def _cut(start: int, end: int, edges: set[int]) -> Iterator[Stretch]:
    points = [start, *(at for at in range(start + 1, end) if at in edges), end]
    return ((one, other) for one, other in pairwise(points) if one < other)


def _spans(doc: "Doc", graph: Standoff) -> dict[str, list["Span"]]:
    """The spans of each group; the parts of a node have its id, in order."""
    from spacy.tokens import Span

    first = {token.idx: token.i for token in doc}
    past = {token.idx + len(token): token.i + 1 for token in doc}
    known = _known(graph)
    found: dict[str, list[Span]] = {name: [] for name in groups()}
    for node in graph.nodes:
        name, label = _group(node)
        found[name] += [
            Span(
                doc, first[start], past[end], label=label, span_id=node.key,
                kb_id=known.get(node.attributes.get("actor.id", ""), ""),
            )
            for start, end in node.spans
        ]  # fmt: skip
    return found


def _known(graph: Standoff) -> dict[str, str]:
    """Wikidata ids of actors."""
    of_actors = [node.attributes for node in graph.nodes if "actor.wikidata" in node.attributes]
    return {told["actor.id"]: told["actor.wikidata"] for told in of_actors}


def _group(node: Node) -> tuple[str, str]:
    """The group of a node, and the label of its spans there."""
    for name, group in groups().items():
        if group.node == node.label:
            return name, node.attributes[group.field] if group.field else node.label
    return "mentions", node.label


def _carried(graph: Standoff) -> Any:
    labelled = {group.node: group.field for group in groups().values()}
    carried = Carried(
        document=dict(graph.document),
        attributes={
            node.key: {k: v for k, v in node.attributes.items() if k != labelled.get(node.label)}
            for node in graph.nodes
        },
        edges=[(edge.label, edge.source, edge.target) for edge in graph.edges],
        absent={node.key: node.label for node in graph.nodes if not node.spans},
    )
    return msgspec.to_builtins(carried)


EXPORTER = Exporter(
    name="spacy",
    title="spaCy, documents in a DocBin",
    write=write,
    gives="corpus.spacy, corpus-2.spacy and so on, with 500 documents each",
    extra="spacy",
)
