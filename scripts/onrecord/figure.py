"""A picture of the labels of a dataset: how often each stands in each split, as SVG.

One panel for each field with declared labels, one bar for each label and split. Splits differ in
colour, in lightness and by their order; on a dark page the picture turns dark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from .schema import labels, table_schema
from .stats import LABELS, Counts

_TEMPLATE = Path(__file__).with_name("figure.svg.jinja")

# All lengths are pixels.
_WIDTH, _MARGIN, _TOP, _COLUMN = 880, 24, 100, 400
_LABEL, _PLOT = 96, 228
_HEAD, _GAP = 36, 24
_BAR, _SPACE, _LINE = 5, 10, 20


@dataclass(frozen=True, slots=True)
class Row:
    """One label: how often it stands in all splits, and its share in each; 1 is all."""

    value: str
    number: int
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """The labels of one field that are used."""

    table: str
    field: str
    rows: list[Row]


def figure(counts: Mapping[str, Counts]) -> str:
    """The picture as an SVG document; the same counts give the same bytes."""
    drawn = [name for name in LABELS if "enum" in table_schema(name[0])["properties"][name[1]]]
    panels = [panel for name in drawn if (panel := _panel(*name, counts)).rows]
    row = max(_BAR * len(counts) + _SPACE, _LINE)
    heights = [_HEAD + row * len(panel.rows) + _GAP for panel in panels]
    cut = _cut(heights)
    left = [_MARGIN] * cut + [_WIDTH - _MARGIN - _COLUMN] * (len(panels) - cut)
    top = [_TOP + sum(heights[cut * (i >= cut) : i]) for i in range(len(panels))]
    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), autoescape=True)
    text: str = template.render(
        placed=list(zip(left, top, panels, strict=True)),
        splits=_legend(counts),
        bars={split: _BAR * i - _BAR * len(counts) // 2 for i, split in enumerate(counts)},
        width=_WIDTH,
        height=_TOP + max(sum(heights[:cut]), sum(heights[cut:])) - _GAP + _MARGIN,
        margin=_MARGIN,
        column=_COLUMN,
        label=_LABEL,
        plot=_PLOT,
        head=_HEAD,
        row=row,
        bar=_BAR - 1,
    )
    return text


def _panel(table: str, name: str, counts: Mapping[str, Counts]) -> Panel:
    found = {split: c.labels[f"{table}.{name}"] for split, c in counts.items()}
    rows = []
    for value in labels(table, name):
        number = sum(numbers[value] for numbers in found.values())
        if number:
            shares = {split: n[value] / max(n.total(), 1) for split, n in found.items()}
            rows.append(Row(value, number, shares))
    return Panel(table, name, rows)


def _cut(heights: list[int]) -> int:
    """How many panels the first column holds, so that the longer one is as short as can be."""
    return min(range(len(heights) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))


def _legend(counts: Mapping[str, Counts]) -> list[tuple[str, int]]:
    """Each split and how far from the first its name stands."""
    widths = [44 + 7 * len(split) for split in counts]
    return [(split, sum(widths[:i])) for i, split in enumerate(counts)]
