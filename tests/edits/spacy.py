"""A script with spaCy: spans are made anew, and documents saved with the usual attributes.

Attributes and links are in `doc.user_data`, where the script changes them.
"""

from pathlib import Path
from typing import Any

from .tool import CUE, CannotError

_GROUPS = {"quote": "quotes", "cue": "cues", "claim": "claims"}


class Spacy:
    def __init__(self, folder: Path, name: str) -> None:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        self._path = folder / "corpus.spacy"
        (self._doc,) = DocBin().from_disk(self._path).get_docs(Vocab())
        told: dict[str, Any] = self._doc.user_data["onrecord"]
        self._told = {**told, "edges": [tuple(edge) for edge in told["edges"]]}
        self._new = 0

    def add(self, label: str, start: int, end: int) -> str:
        self._new += 1
        key = f"new-{self._new}"
        group = _GROUPS.get(label, "mentions")
        shown = {"quotes": "unspecified", "claims": "unspecified"}.get(group, label)
        self._put(group, [*self._doc.spans[group], self._span(start, end, shown, key)])
        self._told["attributes"][key] = {}
        return key

    def delete(self, name: str) -> None:
        group = self._group(name)
        self._put(group, [span for span in self._doc.spans[group] if span.id_ != name])
        self._told["edges"] = [edge for edge in self._told["edges"] if name not in edge[1:]]

    def move(self, name: str, end: int) -> None:
        group = self._group(name)
        spans = list(self._doc.spans[group])
        at = max(n for n, span in enumerate(spans) if span.id_ == name)
        spans[at] = self._span(spans[at].start_char, end, spans[at].label_, name)
        self._put(group, spans)

    def add_part(self, name: str, start: int, end: int) -> None:
        group = self._group(name)
        spans = list(self._doc.spans[group])
        label = next(span.label_ for span in spans if span.id_ == name)
        self._put(group, [*spans, self._span(start, end, label, name)])

    def relabel(self, name: str, label: str) -> None:
        group = self._group(name)
        made = [
            self._span(span.start_char, span.end_char, label, name) if span.id_ == name else span
            for span in self._doc.spans[group]
        ]
        self._put(group, made)

    def set(self, name: str, attribute: str, value: str) -> None:
        if (self._group(name), attribute) in (("quotes", "form"), ("claims", "kind")):
            self.relabel(name, value)
        else:
            self._told["attributes"][name][attribute] = value

    def link(self, label: str, source: str, target: str) -> None:
        self._told["edges"].append((label, source, target))

    def unlink(self, label: str, source: str, target: str) -> None:
        self._told["edges"].remove((label, source, target))

    def save(self) -> None:
        from spacy.tokens import DocBin

        self._doc.user_data["onrecord"] = self._told
        DocBin(docs=[self._doc], store_user_data=True).to_disk(self._path)

    def _span(self, start: int, end: int, label: str, key: str) -> Any:
        span = self._doc.char_span(start, end, label=label, span_id=key)
        if span is None:
            raise CannotError
        return span

    def _put(self, group: str, spans: list[Any]) -> None:
        self._doc.spans[group] = spans

    def _group(self, name: str) -> str:
        if name.endswith(CUE):
            return "cues"
        return next(g for g, spans in self._doc.spans.items() if any(s.id_ == name for s in spans))
