"""Spans as IOB2 labels, one for each token: what a flat sequence shows, and what it leaves out.

The tokens of one paragraph make one sequence. Where spans of a column overlap the longest is
shown, of equally long ones the earliest. A span that cannot be shown is counted under a reason:

- `layer`: the document is not annotated exhaustively in the layer, so it has no labels at all
- `paragraph`: it does not end in the paragraph in which it begins
- `token`: it begins or ends inside a token
- `nested`, `crossing`: a longer span covers all of it, or covers a part
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .chains import Chains
from .model import Article, Section
from .schema import labels
from .segment import Stretch, paragraphs, tokens_in


@dataclass(frozen=True, slots=True)
class Column:
    """One sequence of labels: the layer it belongs to, and the types its spans may have."""

    name: str
    layer: str
    types: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The labels: `O`, then `B-` and `I-` of each type; a new type is added at the end."""
        return ["O", *(f"{part}-{name}" for name in self.types for part in "BI")]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The tokens of one paragraph, each with the index of its sentence there, and their labels.

    `labels` holds for each column an index into its names for each token, None where the document
    is not annotated exhaustively in the layer; `left_out` how many spans that begin here are not
    shown, by column and reason.
    """

    paragraph: Section
    tokens: list[Stretch]
    sentences: list[int]
    labels: Mapping[str, list[int] | None]
    left_out: Mapping[str, Counter[str]]


@cache
def columns() -> tuple[Column, ...]:
    """The columns: mentions by kind of actor, the parts of quotes, and claims."""
    return (
        Column("actors", "actors", tuple(labels("actors", "kind"))),
        Column("contents", "quotes", tuple(labels("quotes", "form"))),
        Column("cues", "quotes", ("cue",)),
        Column("speakers", "quotes", ("speaker",)),
        Column("claims", "claims", tuple(labels("claims", "kind"))),
    )


def labelled(
    article: Article,
    sentences: Iterable[Sequence[Stretch]],
    *,
    cut: Callable[[str, int, int], list[Stretch]] = tokens_in,
) -> Iterator[Labelled]:
    """The paragraphs of an article, whose sentences are given, with their labels, in order.

    `cut` gives the tokens of one sentence, as `segment.tokens_in` does.
    """
    text, layers = article.document.text, article.document.layers
    places = paragraphs(article)
    spans = {name: _by_paragraph(found, places) for name, found in _spans(article).items()}
    for number, stretches in enumerate(sentences):
        tokens, indices = _tokens(text, stretches, cut)
        edges = (
            {start: at for at, (start, _) in enumerate(tokens)},
            {end: at + 1 for at, (_, end) in enumerate(tokens)},
        )
        made = {
            column.name: _label(edges, spans[column.name][number], places[number].end)
            if column.layer in layers
            else (None, Counter(layer=len(spans[column.name][number])))
            for column in columns()
        }
        found = {name: found for name, (found, _) in made.items()}
        left = {name: left for name, (_, left) in made.items()}
        yield Labelled(places[number], tokens, indices, found, left)


def left_out(article: Article, rows: Iterable[Labelled]) -> Counter[str]:
    """How many spans the labels of the paragraphs of an article do not show, as `column:reason`.

    Beside them `parted` counts the further parts of discontinuous quotes and claims in the layers
    that are labelled: each part is labelled as a span of its own.
    """
    found: Counter[str] = Counter()
    for paragraph in rows:
        for column, reasons in paragraph.left_out.items():
            found.update({f"{column}:{reason}": n for reason, n in reasons.items() if n})
    parted = {
        "contents": sum(len(quote.content) - 1 for quote in article.quotes),
        "cues": sum(len(quote.cue) - 1 for quote in article.quotes if quote.cue),
        "claims": sum(len(claim.content) - 1 for claim in article.claims),
    }
    asked = {column.name for column in columns() if column.layer in article.document.layers}
    found.update({f"{name}:parted": n for name, n in parted.items() if n and name in asked})
    return found


Typed = tuple[int, int, int]
"""Start and end of a span, and the index of its type."""

Edges = tuple[dict[int, int], dict[int, int]]
"""Which token begins at an offset, and which is the next after one that ends at an offset."""


def _spans(article: Article) -> dict[str, list[Typed]]:
    """Every span of each column; a mention that speaks several quotes is one."""
    chains = Chains(article)
    types = {c.name: {name: at for at, name in enumerate(c.types)} for c in columns()}
    kind = types["actors"]
    speakers = {m.id: m for quote in article.quotes for m in chains.speakers(quote)}
    return {
        "actors": [(m.start, m.end, kind[chains.actor(m).kind]) for m in article.mentions],
        "contents": [
            (span.start, span.end, types["contents"][quote.form])
            for quote in article.quotes
            for span in quote.content
        ],
        "cues": [(span.start, span.end, 0) for quote in article.quotes for span in quote.cue],
        "speakers": [(m.start, m.end, 0) for m in speakers.values()],
        "claims": [
            (span.start, span.end, types["claims"][claim.kind])
            for claim in article.claims
            for span in claim.content
        ],
    }


def _by_paragraph(spans: Iterable[Typed], places: Sequence[Section]) -> list[list[Typed]]:
    """The spans by the paragraph in which they begin."""
    starts = [place.start for place in places]
    grouped: list[list[Typed]] = [[] for _ in places]
    for span in spans:
        grouped[max(0, bisect(starts, span[0]) - 1)].append(span)
    return grouped


def _tokens(
    text: str, sentences: Iterable[Stretch], cut: Callable[[str, int, int], list[Stretch]]
) -> tuple[list[Stretch], list[int]]:
    """The tokens of the sentences, and of which sentence each is."""
    tokens: list[Stretch] = []
    indices: list[int] = []
    for index, (start, end) in enumerate(sentences):
        tokens += cut(text, start, end)
        indices += [index] * (len(tokens) - len(indices))
    return tokens, indices


def _label(edges: Edges, spans: list[Typed], end: int) -> tuple[list[int], Counter[str]]:
    """The label of each token of a paragraph that reaches to `end`; what they leave out."""
    firsts, nexts = edges
    found, left = [0] * len(firsts), Counter[str]()
    owners: list[Typed | None] = [None] * len(firsts)
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        first, past = firsts.get(span[0]), nexts.get(span[1])
        if span[1] > end:
            left["paragraph"] += 1
        elif first is None or past is None:
            left["token"] += 1
        elif len(covering := set(owners[first:past])) > 1:
            left["crossing"] += 1
        elif covering != {None}:
            left["nested"] += 1
        else:
            owners[first:past] = [span] * (past - first)
            found[first:past] = [1 + 2 * span[2]] + [2 + 2 * span[2]] * (past - first - 1)
    return found, left
