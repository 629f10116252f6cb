"""Sentences with the claims they hold: for training classifiers of sentences.

Row: a sentence. A claim belongs to every sentence that its content overlaps. Columns:

- `doc`; `sentence`: its number in the document, from 0; `start`, `end`: int32 in code points of
  the document's text; `text`; `role`: the role of the section it stands in
- `label`: ClassLabel, the kind of the claim that covers most of the sentence, of two that cover
  as much the one that comes first; `none` where there is no claim
- `kinds`: list of ClassLabel, with the numbers of `label`: the kinds of all claims of the
  sentence, each once, in the order of the claims
- `claims`: list of structs in the order of their file: `id`, `kind`, `certainty`, `polarity` and
  `targets` as in the table `claims`; `by`: `article` for what the article itself asserts, else
  `source`; `claimants`: ids of the actors who speak the quote that carries the claim, empty where
  the article asserts it and where the text names no source; `chain`: for that quote and each that
  relays it, innermost first, the ids of the actors who speak it

`label` and `kinds` are null where claims are not among the document's `layers`: absence means
nothing there.

Example: the third sentence of `nk-severs-road-rail-links` ("This move, ... Caliber.Az reports,
citing foreign media.") has the label 1, `fact`, and one claim with `by` `source`, the claimants
`["foreign-media"]` and the chain `[["foreign-media"], ["caliber-az"]]`.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value

from ..chains import Chains
from ..model import Claim
from ..phenomena.view import View
from ..schema import labels
from ..segment import Stretch, paragraphs
from .config import Config
from .features import feature
from .sources import Sources

_COPIED = ("id", "kind", "certainty", "polarity")


def features() -> Features:
    """The place and text of the sentence, its labels, and a struct for each claim."""
    kind = ClassLabel(names=["none", *labels("claims", "kind")])
    actors = feature("claims", "targets")
    claim = {
        **{name: feature("claims", name) for name in _COPIED},
        "targets": actors,
        "by": Value("string"),
        "claimants": actors,
        "chain": List(actors),
    }
    return Features(
        {
            "doc": feature("documents", "id"),
            "sentence": Value("int32"),
            "start": feature("documents", "sections.start"),
            "end": feature("documents", "sections.end"),
            "text": feature("documents", "text"),
            "role": feature("documents", "sections.role"),
            "label": kind,
            "kinds": List(kind),
            "claims": List(claim),
        }
    )


def rows(sources: Sources) -> pa.Table:
    """One row a sentence, in the order of the text; documents in their order."""
    made = features()
    numbers = {name: at for at, name in enumerate(made["label"].names)}
    columns: dict[str, list[Any]] = {name: [] for name in made}
    for view in sources.views:
        for row in _article_rows(view, numbers):
            for name, value in zip(made, row, strict=True):
                columns[name].append(value)
    return pa.table(columns, made.arrow_schema)


def _article_rows(view: View, numbers: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    """The rows of one article, values in the order of the columns."""
    document, chains, claims = view.article.document, view.chains, view.article.claims
    structs = [_struct(claim, chains) for claim in claims]
    kind = [numbers[claim.kind] for claim in claims]
    known = "claims" in document.layers
    sentences = list(_sentences(view))
    covers = _covers(claims, [stretch for _, stretch in sentences])
    for number, ((role, (start, end)), here) in enumerate(zip(sentences, covers, strict=True)):
        label = kind[max(here, key=here.__getitem__)] if here else numbers["none"]
        kinds = [*dict.fromkeys(kind[at] for at in here)]
        place = (document.id, number, start, end, document.text[start:end], role)
        found = (label, kinds) if known else (None, None)
        yield (*place, *found, [structs[at] for at in here])


def _sentences(view: View) -> Iterator[tuple[str, Stretch]]:
    """Every sentence and the role of its section."""
    for paragraph, found in zip(paragraphs(view.article), view.by_paragraph, strict=True):
        for sentence in found:
            yield paragraph.role, sentence


def _covers(claims: list[Claim], sentences: list[Stretch]) -> list[Counter[int]]:
    """For each sentence how many code points of it each claim covers, by index of the claim."""
    ends = [end for _, end in sentences]
    found = [Counter[int]() for _ in sentences]
    for number, claim in enumerate(claims):
        for span in claim.content:
            at = bisect(ends, span.start)
            while at < len(sentences) and sentences[at][0] < span.end:
                start, end = sentences[at]
                found[at][number] += min(end, span.end) - max(start, span.start)
                at += 1
    return found


def _struct(claim: Claim, chains: Chains) -> dict[str, Any]:
    quote = chains.carrier(claim)
    relays = [] if quote is None else chains.chain(quote)
    actors = [[actor.id for actor in chains.sources(relay)] for relay in relays]
    return {
        **{name: getattr(claim, name) for name in _COPIED},
        "targets": list(claim.targets) or None,
        "by": "article" if quote is None else "source",
        "claimants": actors[0] if actors else [],
        "chain": actors,
    }


CLAIM_DETECTION = Config(
    "claim_detection",
    "A sentence with the claims it holds and who makes them.",
    features,
    rows,
    words=("text",),
)
