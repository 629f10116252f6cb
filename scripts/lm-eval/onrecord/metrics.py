"""Scores of the task `onrecord` of lm-evaluation-harness: F1 over all documents together.

Gold and reply go the same way, from words to offsets by `align`. Right is what has the same
offsets: mentions, and quotes and claims by all parts of their content.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.align import align
from onrecord.answer import Answer, asked_text
from onrecord.model import Annotation, Article, Claim, Document, Quote, Section
from onrecord.reply import read
from onrecord.scoring.match import claim_pairs, mention_pairs, quote_pairs
from onrecord.scoring.tally import Tally

_LAYERS = {"mention_f1": "actors", "quote_f1": "quotes", "claim_f1": "claims"}


def process_results(doc: dict[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """For one document the tally of each layer, and whether its reply holds no answer.

    A layer that the document is not annotated in has an empty tally.
    """
    _, user, assistant = (message["content"] for message in doc["messages"])
    wanted, said = read(assistant), read(results[0])
    if wanted is None:
        raise ValueError(f"the last message of {doc['doc']!r} is no answer")
    document = _document(doc["doc"], asked_text(user), wanted)
    gold = align(wanted, document).article
    found = align(said, document).article if said else Article(document)
    return {**_tallies(gold, found, document.layers), "unusable": float(said is None)}


def f1(tallies: Iterable[Sequence[float]]) -> float:
    """F1 of the sums of all documents; not a number where nothing is to be found."""
    total = Tally()
    for tally in tallies:
        total = total.plus(Tally(*tally))
    return float("nan") if total.f1 is None else total.f1


def _document(name: str, text: str, answer: Answer) -> Document:
    """A document of which only what `align` looks at is known: the text, and the layers."""
    lists = {"actors": answer.mentions, "quotes": answer.quotes, "claims": answer.claims}
    return Document(
        id=name,
        language="und",
        origin="published",
        license="NOASSERTION",
        layers=tuple(layer for layer, given in lists.items() if given is not None),
        annotation=Annotation(method="model", passes=1, adjudicated=False),
        sections=(Section(role="body", start=0, end=len(text)),),
        text=text,
    )


def _tallies(gold: Article, found: Article, layers: tuple[str, ...]) -> dict[str, Tally]:
    mentions = len(mention_pairs(gold, found))
    quotes = _same(quote_pairs(gold, found))
    claims = _same(claim_pairs(gold, found))
    tallies = {
        "actors": Tally(mentions, len(found.mentions), mentions, len(gold.mentions)),
        "quotes": Tally(quotes, len(found.quotes), quotes, len(gold.quotes)),
        "claims": Tally(claims, len(found.claims), claims, len(gold.claims)),
    }
    return {name: tallies[layer] if layer in layers else Tally() for name, layer in _LAYERS.items()}


def _same(pairs: Iterable[tuple[Quote, Quote]] | Iterable[tuple[Claim, Claim]]) -> int:
    """How many pairs have contents with the same offsets."""
    return sum(one.content == other.content for one, other in pairs)
