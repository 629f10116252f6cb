"""Measures of quotes: what is said, the words that say so, and who says it."""

from collections.abc import Sequence

from ...model import Quote
from ..comparison import Annotation, Comparison
from ..credit import Credits, equal, paired, twice
from ..measure import Measure, accuracy, by_record, macro
from ..spans import bounds, coverage


@by_record("quotes")
def content_strict(c: Comparison) -> Credits:
    """The same content, all its parts."""
    return equal(c.gold.contents, c.predicted.contents)


@by_record("quotes")
def content_proportional(c: Comparison) -> Credits:
    """The share of each content that its partner covers, paired so that overlap is greatest.

    After the intersection-based measures of Johansson and Moschitti (2010), one to one.
    """
    gold, predicted = c.gold.contents, c.predicted.contents
    earned = [coverage(gold[i], predicted[j]) for i, j in c.quotes]
    return paired(c.quotes, [1.0] * len(gold), [1.0] * len(predicted), earned)


@by_record("quotes")
def cue_strict(c: Comparison) -> Credits:
    """The same cue, all its parts, whatever the content; quotes without a cue do not count."""
    gold, predicted = ([bounds(q.cue) or None for q in s.quotes] for s in (c.gold, c.predicted))
    return equal(gold, predicted)


@by_record("quotes")
def speaker(c: Comparison) -> Credits:
    """The content overlaps by half, and the right actor speaks; each speaker of a quote counts.

    The content: intersection over union of characters of 0.5 or more. The right actor: the
    predicted mention overlaps by as much any mention of an actor that speaks the gold quote.
    """
    gold, predicted = c.gold.quotes, c.predicted.quotes
    right = [float(c.right_speakers(gold[i], predicted[j])) for i, j in c.matched_quotes]
    return paired(c.matched_quotes, _speakers(c.gold), _speakers(c.predicted), twice(right))


@accuracy("quotes")
def speaker_accuracy(c: Comparison) -> Sequence[bool]:
    """Of quotes whose contents overlap by half, the share whose speakers are all right."""
    gold, predicted = c.gold.quotes, c.predicted.quotes
    return [c.has_speakers(gold[i], predicted[j]) for i, j in c.matched_quotes]


@by_record("quotes")
def full(c: Comparison) -> Credits:
    """The same offsets of content, cue, speakers and addressees."""
    return equal(
        [_parts(c.gold, quote) for quote in c.gold.quotes],
        [_parts(c.predicted, quote) for quote in c.predicted.quotes],
    )


@macro("quotes", "form")
def form(c: Comparison) -> Sequence[tuple[str, str]]:
    """The form of quotes whose contents overlap by half."""
    gold, predicted = c.gold.quotes, c.predicted.quotes
    return [(gold[i].form, predicted[j].form) for i, j in c.matched_quotes]


@by_record("quotes")
def source_chain(c: Comparison) -> Credits:
    """The contents overlap by half, and the whole chain of sources is right.

    Quotes within quotes alone count. A chain is right where it is as long as the gold one and each
    of its links has the right speakers.
    """
    pairs = [(c.gold.quotes[i], c.predicted.quotes[j]) for i, j in c.matched_quotes]
    right = [
        float(None not in (gold.within, predicted.within) and c.has_chain(gold, predicted))
        for gold, predicted in pairs
    ]
    return paired(c.matched_quotes, _nested(c.gold), _nested(c.predicted), twice(right))


def _nested(side: Annotation) -> list[float]:
    return [float(quote.within is not None) for quote in side.quotes]


def _speakers(side: Annotation) -> list[float]:
    return [float(len(side.spoken(quote))) for quote in side.quotes]


def _parts(side: Annotation, quote: Quote) -> tuple[object, ...]:
    chains = side.view.chains
    spoken, addressed = chains.speakers(quote), chains.addressees(quote)
    people = (tuple(sorted(bounds(mentions))) for mentions in (spoken, addressed))
    return bounds(quote.content), bounds(quote.cue), *people


QUOTES: tuple[Measure, ...] = (
    content_strict,
    content_proportional,
    cue_strict,
    speaker,
    speaker_accuracy,
    full,
    form,
    source_chain,
)
