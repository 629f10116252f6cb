"""What is true of the documents of a dataset, as facts and as sentences for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .citation import Citation
from .licences import UNSTATED
from .provenance import Provenance, by
from .schema import labels, table_schema
from .stats import Counts

_DESCRIPTION = (
    "News articles annotated with who is in them (actors and every mention of them), who said what"
    " (quotes with cue and speakers) and what is asserted, by whom and how firmly (claims)."
)


_FEW = 50
"""Below so many documents a split is called small."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a card and a description tell of a dataset, beside its files.

    `counts` are those of every split that has documents. `withheld` are the licences of documents
    whose words are left out; `left_out` says how many spans the config `tokens` does not show as
    they are, by `column:reason`.
    """

    citation: Citation
    counts: Mapping[str, Counts]
    provenance: Mapping[Provenance, int]
    withheld: frozenset[str] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=Counter)

    @property
    def description(self) -> str:
        """What the dataset is: the abstract of the work, else what every such dataset is."""
        return self.citation.abstract or _DESCRIPTION

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

    def biases(self) -> list[str]:
        """In what the documents were not drawn at random, one sentence each."""
        constructed = self.where(origin="constructed")
        languages = f"Documents are in {', '.join(self.languages)} only."
        chosen = "What constructed documents tell, and how often what stands in them, was chosen."
        return [languages, chosen] if constructed else [languages]

    def people(self) -> list[str]:
        """What is said of living people, one sentence each."""
        published = self.where(origin="published")
        named = any(counts.labels["actors.kind"]["person"] for counts in self.counts.values())
        text = f"{_some(published)} published by an outlet may name people and what is said of them"
        return [f"{text}; nothing of it was verified."] if published and named else []

    def limits(self) -> list[str]:
        """What the dataset cannot be used for, as far as its counts tell, one sentence each."""
        asserted = "Claims are recorded as made, not as true: one labelled certain is asserted by"
        told = [*self._text_limits(), *self._annotation_limits(), *self._gaps()]
        return [f"{asserted} its source without a hedge.", *(text for n, text in told if n)]

    def _text_limits(self) -> Iterator[tuple[int, str]]:
        """For each limit that lies in the texts, how many documents it concerns."""
        constructed = self.where(origin="constructed")
        yield (
            constructed,
            f"{_documents(constructed)} constructed and no sample of real news: what holds on them"
            " need not hold on newsroom text.",
        )
        withheld = sum(n for licence, n in self.licences.items() if licence in self.withheld)
        yield (
            withheld,
            f"{_documents(withheld)} without words: offsets, ids and labels stand, every column"
            " that would hold words of the article is empty.",
        )
        for split, counts in self.counts.items():
            few = counts.documents if len(self.counts) > 1 and counts.documents < _FEW else 0
            yield few, f"{_some(few)} in {split}: scores depend much on which these are."

    def _annotation_limits(self) -> Iterator[tuple[int, str]]:
        """The same for what lies in the annotation."""
        model = self.where(method="model")
        yield (
            model,
            f"{_documents(model)} annotated by a language model and revised by no person; its"
            " errors are likely to be alike.",
        )
        single = self.where(passes=1)
        yield (
            single,
            f"{_documents(single)} annotated once, so agreement on them is not known.",
        )

    def _gaps(self) -> list[tuple[int, str]]:
        """For each layer how many documents there are in which it is not exhaustive."""
        layers = by(self.provenance, "layers")
        missing = {
            layer: sum(n for (own,), n in layers.items() if layer not in own)
            for layer in table_schema("documents")["properties"]["layers"]["items"]["enum"]
        }
        return [
            (n, f"{_documents(n)} not annotated exhaustively for {layer}: absence says nothing.")
            for layer, n in missing.items()
        ]


def _some(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"


def _documents(number: int) -> str:
    return f"{_some(number)} {'is' if number == 1 else 'are'}"


def _passes(number: int, settled: bool) -> str:
    times = {1: "once", 2: "twice independently"}.get(number, f"{number} times independently")
    return f"{times}, differences settled one by one" if settled else times


def _note(licence: str, *, withheld: bool) -> str:
    unstated = "; the text belongs to its publisher" if licence == UNSTATED else ""
    return unstated + ("; its words are withheld here" if withheld else "")


def _methods() -> dict[str, str]:
    declared = table_schema("documents")["properties"]["annotation"]["properties"]["method"]
    return dict(zip(declared["enum"], declared["enumDescriptions"], strict=True))
