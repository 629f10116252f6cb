"""Scores as tables to read, and as plain data for a program."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from ..markdown import table
from .breakdown import Part
from .score import Difference, Result

_HEADLINES = {
    "mentions": ("strict", "partial"),
    "coreference": ("lea", "conll"),
    "quotes": ("content-strict", "content-proportional", "speaker"),
    "claims": ("strict", "proportional", "claimant"),
}
"""The measures that a table of parts shows; plain data has all."""


Shown = Callable[[float], str | None]


@dataclass(frozen=True, slots=True)
class Tables:
    """What one run of the scorer has to say."""

    results: Sequence[Result]
    documents: Sequence[str]
    parts: Sequence[Part] | None = None
    differences: Sequence[Difference] | None = None

    def markdown(self) -> str:
        """Tables of all measures by group, then of parts, then of differences."""
        blocks = [_of_group(name, list(found)) for name, found in _groups(self.results)]
        if self.differences is not None:
            blocks.append(_of_differences(self.differences))
        if self.parts is not None:
            blocks += _of_parts(self.parts)
        return "\n\n".join(blocks)

    def plain(self) -> dict[str, Any]:
        """The same and more, for JSON."""
        made: dict[str, Any] = {
            "documents": list(self.documents),
            "measures": _plain_results(self.results),
        }
        if self.parts is not None:
            made["parts"] = {part.name: _plain_results(part.results) for part in self.parts}
        if self.differences is not None:
            made["against"] = {d.measure.key: _plain(d) for d in self.differences}
        return made


def _groups(results: Iterable[Result]) -> Iterator[tuple[str, Iterable[Result]]]:
    return groupby(results, key=lambda result: result.measure.group)


def _of_group(name: str, results: Iterable[Result]) -> str:
    head = [name, "gold", "predicted", "P", "R", "F1", "95 % interval"]
    return table(head, [[_titled(result), *_figures(result)] for result in results])


def _figures(result: Result) -> list[object]:
    sizes = ["", ""] if result.gold is None else [result.gold, result.predicted]
    shares = [result.precision, result.recall] if result.measure.kind == "F1" else ["", ""]
    return [*sizes, *shares, result.figure, _interval(result)]


def _titled(result: Result) -> str:
    measure = result.measure
    name = measure.name
    return name if measure.kind == "F1" or measure.kind in name else f"{name} ({measure.kind})"


def _of_differences(differences: Iterable[Difference]) -> str:
    head = ["measure", "PRED", "OTHER", "difference", "95 % interval", "p"]
    rows = [
        [d.measure.key, d.figure, d.other, _signed(d.difference), _interval(d, _signed), d.p]
        for d in differences
    ]
    return table(head, rows)


def _of_parts(parts: Iterable[Part]) -> Iterator[str]:
    """A table for each group of measures, one row a part, with the measures that say most."""
    for group, names in _HEADLINES.items():
        rows = [row for part in parts if (row := _of_part(part, group, names))]
        if rows:
            columns = (column for name in names for column in (name, "95 %"))
            head = [f"{group} by part", "gold", "predicted", *columns]
            kept = [i for i, name in enumerate(head) if name != "95 %" or any(r[i] for r in rows)]
            yield table([head[i] for i in kept], [[row[i] for i in kept] for row in rows])


def _of_part(part: Part, group: str, names: Sequence[str]) -> list[object]:
    found = {r.measure.name: r for r in part.results if r.measure.group == group}
    if not found:
        return []
    first, shown = found[names[0]], [found.get(name) for name in names]
    pairs = ((r.figure, _interval(r)) if r else (None, None) for r in shown)
    return [part.name, first.gold, first.predicted, *(cell for pair in pairs for cell in pair)]


def _plain_results(results: Iterable[Result]) -> dict[str, dict[str, object]]:
    return {result.measure.key: _plain(result) for result in results}


def _plain(found: Result | Difference) -> dict[str, object]:
    """The fields of a figure, the measure said by its kind."""
    values = {f.name: getattr(found, f.name) for f in fields(found) if f.name != "measure"}
    return {"kind": found.measure.kind, **values}


def _interval(found: Result | Difference, shown: Shown = "{:.3f}".format) -> str | None:
    """The interval, None where there is none."""
    if found.low is None or found.high is None:
        return None
    return f"{shown(found.low)} to {shown(found.high)}"


def _signed(value: float | None) -> str | None:
    return None if value is None else f"{value:+.3f}"
