"""Pictures of what is counted in a dataset: labels, and phenomena, as SVG.

One panel for each field with declared labels or each layer, one bar for each label or phenomenon
and split. Splits differ in colour, in lightness and by their order; on a dark page the pictures
turn dark.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from .phenomena import LAYERS
from .schema import labels, table_schema
from .stats import LABELS, Counts

_TEMPLATE = Path(__file__).with_name("figure.svg.jinja")

# All lengths are pixels.
_WIDTH, _MARGIN, _TOP, _COLUMN = 880, 24, 100, 400
_ACROSS = 324  # names and bars of a panel together
_HEAD, _GAP = 36, 24
_BAR, _SPACE, _LINE = 5, 10, 20


@dataclass(frozen=True, slots=True)
class Row:
    """One label or phenomenon: how often it stands in all splits, its share in each; 1 is all."""

    value: str
    number: int
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """The labels of one field that are used, or the phenomena of one layer that show."""

    table: str
    field: str
    rows: list[Row]


def figure(counts: Mapping[str, Counts]) -> str:
    """How often each label stands, as an SVG document; the same counts give the same bytes."""
    drawn = [name for name in LABELS if "enum" in table_schema(name[0])["properties"][name[1]]]
    return _drawn("label", [_of_labels(*name, counts) for name in drawn], counts, width=96)


def phenomena_figure(counts: Mapping[str, Counts]) -> str:
    """How often each phenomenon of a layer shows, likewise."""
    layers = [layer for layer in LAYERS if layer != "document"]
    panels = [_of_phenomena(layer, counts) for layer in layers]
    return _drawn("phenomenon", panels, counts, width=136)


def _drawn(what: str, found: list[Panel], counts: Mapping[str, Counts], width: int) -> str:
    """The picture of all panels that have a row, their names `width` pixels wide."""
    panels = [panel for panel in found if panel.rows]
    row = max(_BAR * len(counts) + _SPACE, _LINE)
    heights = [_HEAD + row * len(panel.rows) + _GAP for panel in panels]
    cut = _cut(heights)
    left = [_MARGIN] * cut + [_WIDTH - _MARGIN - _COLUMN] * (len(panels) - cut)
    top = [_TOP + sum(heights[cut * (i >= cut) : i]) for i in range(len(panels))]
    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), autoescape=True)
    text: str = template.render(
        what=what,
        placed=list(zip(left, top, panels, strict=True)),
        splits=_legend(counts),
        bars={split: _BAR * i - _BAR * len(counts) // 2 for i, split in enumerate(counts)},
        width=_WIDTH,
        height=_TOP + max(sum(heights[:cut]), sum(heights[cut:])) - _GAP + _MARGIN,
        margin=_MARGIN,
        column=_COLUMN,
        label=width,
        plot=_ACROSS - width,
        head=_HEAD,
        row=row,
        bar=_BAR - 1,
    )
    return text


def _of_labels(table: str, name: str, counts: Mapping[str, Counts]) -> Panel:
    found = {split: c.labels[f"{table}.{name}"] for split, c in counts.items()}
    totals = {split: numbers.total() for split, numbers in found.items()}
    rows = _rows(labels(table, name), lambda split, value: found[split][value], totals)
    return Panel(table, name, rows)


def _of_phenomena(layer: str, counts: Mapping[str, Counts]) -> Panel:
    totals = {split: c.sizes()[f"{layer}s"] for split, c in counts.items()}
    names = [phenomenon.name for phenomenon in LAYERS[layer]]
    rows = _rows(names, lambda split, name: counts[split].phenomena[f"{layer}:{name}"], totals)
    return Panel(f"{layer}s", "", rows)


def _rows(
    values: Iterable[str], count: Callable[[str, str], int], totals: Mapping[str, int]
) -> list[Row]:
    """A row for each value that stands somewhere; `count` takes split and value."""
    rows = []
    for value in values:
        numbers = {split: count(split, value) for split in totals}
        if any(numbers.values()):
            shares = {split: n / max(totals[split], 1) for split, n in numbers.items()}
            rows.append(Row(value, sum(numbers.values()), shares))
    return rows


def _cut(heights: list[int]) -> int:
    """How many panels the first column holds, so that the longer one is as short as can be."""
    return min(range(len(heights) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))


def _legend(counts: Mapping[str, Counts]) -> list[tuple[str, int]]:
    """Each split and how far from the first its name stands."""
    widths = [44 + 7 * len(split) for split in counts]
    return [(split, sum(widths[:i])) for i, split in enumerate(counts)]
