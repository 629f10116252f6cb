"""Scores of the task `onrecord` of lm-evaluation-harness: F1 over all documents together.

Gold and reply go the same way, from words to offsets by `align`, and are compared by measures of
`onrecord score`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.align import align
from onrecord.answer import Answer, asked_text
from onrecord.model import Annotation, Article, Document, Section
from onrecord.reply import read
from onrecord.scoring.measures import find_measures
from onrecord.scoring.score import compare
from onrecord.scoring.tally import Tally

MEASURES = {
    "mention_f1": "mentions:strict",
    "quote_f1": "quotes:content-strict",
    "speaker_f1": "quotes:speaker",
    "claim_f1": "claims:strict",
}
"""The measure behind each metric of the task."""


def process_results(doc: dict[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """For one document the tally of each metric, and whether its reply holds no answer.

    A layer that the document is not annotated in has an empty tally.
    """
    _, user, assistant = (message["content"] for message in doc["messages"])
    wanted, said = read(assistant), read(results[0])
    if wanted is None:
        raise ValueError(f"the last message of {doc['doc']!r} is no answer")
    document = _document(doc["doc"], asked_text(user), wanted)
    gold = align(wanted, document).article
    found = align(said, document).article if said else Article(document)
    (comparison,) = compare([gold], {document.id: found})
    tallies = {
        metric: measure.tallies(comparison)[0]
        for metric, key in MEASURES.items()
        for measure in find_measures(key)
    }
    return {**tallies, "unusable": float(said is None)}


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
