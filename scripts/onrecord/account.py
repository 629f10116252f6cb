"""What is true of the documents of a dataset, as facts and as sentences for people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .citation import Citation
from .provenance import Provenance, by
from .schema import labels, table_schema
from .stats import Counts

UNSTATED = "NOASSERTION"
"""What a record says where its text has no licence."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a card and a description tell of a dataset, beside its files.

    `counts` are those of every split that has documents. `withheld` are the licences of documents
    whose words are left out; `left_out` says how many spans the config `tokens` does not show, by
    reason.
    """

    citation: Citation
    counts: Mapping[str, Counts]
    provenance: Mapping[Provenance, int]
    withheld: frozenset[str] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=Counter)

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return sum(self.provenance.values())

    @property
    def languages(self) -> list[str]:
        """Languages of the documents, as BCP 47 tags."""
        return [language for (language,) in by(self.provenance, "language")]

    @property
    def licences(self) -> dict[str, int]:
        """How many documents there are under each licence."""
        return {licence: n for (licence,), n in by(self.provenance, "license").items()}

    @property
    def methods(self) -> list[str]:
        """Who annotated, as in the schema."""
        return [method for (method,) in by(self.provenance, "method")]

    def where(self, **values: object) -> int:
        """How many documents have these values."""
        return by(self.provenance, *values).get(tuple(values.values()), 0)

    def origins(self) -> list[str]:
        """Where the documents come from, one sentence each."""
        described = labels("documents", "origin")
        return [
            f"{_documents(n)} {origin}: {described[origin]}."
            for (origin,), n in by(self.provenance, "origin").items()
        ]

    def annotations(self) -> list[str]:
        """How the documents were annotated, one sentence each."""
        described = _methods()
        return [
            f"{_documents(n)} annotated by {described[method]}, {_passes(passes, settled)}."
            for (method, passes, settled), n in by(
                self.provenance, "method", "passes", "adjudicated"
            ).items()
        ]

    def terms(self) -> list[str]:
        """Under which licences the texts are, one sentence each."""
        return [
            f"{_documents(n)} under {licence}{_note(licence, withheld=licence in self.withheld)}."
            for licence, n in self.licences.items()
        ]

    def limits(self) -> list[str]:
        """What the dataset cannot be used for, as far as its counts tell, one sentence each."""
        return [text for number, text in self._limits() if number]

    def _limits(self) -> list[tuple[int, str]]:
        constructed = self.where(origin="constructed")
        model = self.where(method="model")
        single = self.where(passes=1)
        withheld = sum(n for licence, n in self.licences.items() if licence in self.withheld)
        least = min(self.counts, key=lambda split: self.counts[split].documents)
        return [
            (
                1,
                "Claims are recorded as made, not as true: one labelled certain is asserted by its"
                " source without a hedge.",
            ),
            (
                constructed,
                f"{_documents(constructed)} constructed and no sample of real news: what"
                " holds on them need not hold on newsroom text.",
            ),
            (
                model,
                f"{_documents(model)} annotated by a language model and revised by no person;"
                " its errors are likely to be alike.",
            ),
            (single, f"{_documents(single)} annotated once, so agreement on them is not known."),
            *self._gaps(),
            (
                len(self.counts) > 1,
                f"Of the smallest split, {least}, the size in documents is"
                f" {self.counts[least].documents:,}; scores on few documents vary much.",
            ),
            (
                withheld,
                f"{_documents(withheld)} without words: offsets, ids and labels stand, every column"
                " that would hold words of the article is empty.",
            ),
        ]

    def _gaps(self) -> list[tuple[int, str]]:
        """For each layer the documents in which it is not exhaustive."""
        layers = by(self.provenance, "layers")
        missing = {
            layer: sum(n for (own,), n in layers.items() if layer not in own)
            for layer in table_schema("documents")["properties"]["layers"]["items"]["enum"]
        }
        return [
            (n, f"{_documents(n)} not annotated exhaustively for {layer}: absence says nothing.")
            for layer, n in missing.items()
        ]


def _documents(number: int) -> str:
    return "1 document is" if number == 1 else f"{number:,} documents are"


def _passes(number: int, settled: bool) -> str:
    once = "once" if number == 1 else f"{number} times independently"
    return f"{once}, differences settled one by one" if settled else once


def _note(licence: str, *, withheld: bool) -> str:
    unstated = "; the text belongs to its publisher" if licence == UNSTATED else ""
    return unstated + ("; its words are withheld here" if withheld else "")


def _methods() -> dict[str, str]:
    declared = table_schema("documents")["properties"]["annotation"]["properties"]["method"]
    return dict(zip(declared["enum"], declared["enumDescriptions"], strict=True))
