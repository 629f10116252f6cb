"""A picture of the labels of a dataset: how often each stands in each split, as SVG.

One panel for each label field: a bar for the share of a label in the whole dataset, on it one mark
for the share in each split. Splits differ in colour and in shape; a dark page gets dark colours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from .schema import labels
from .stats import LABELS, Counts

_TEMPLATE = Path(__file__).with_name("figure.svg.jinja")

_WIDTH, _MARGIN, _TOP = 880, 24, 92
_COLUMN = 400
_LABEL, _PLOT = 96, 236
"""Widths of the words before a plot and of the plot itself, of those of a column."""
_HEAD, _ROW, _GAP = 30, 20, 22


@dataclass(frozen=True, slots=True)
class Row:
    """One label: its number in all splits, its share there, and in each split; 1 is all."""

    value: str
    number: int
    share: float
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """The labels of one field that are used, and how many records there are."""

    table: str
    field: str
    records: int
    rows: list[Row]

    @property
    def height(self) -> int:
        """In pixels, with the space below."""
        return _HEAD + _ROW * len(self.rows) + _GAP


def figure(counts: Mapping[str, Counts]) -> str:
    """The picture as an SVG document; the same counts give the same bytes."""
    panels = [panel for name in LABELS if (panel := _panel(*name, counts)).rows]
    columns = _columns(panels)
    heights = [sum(panel.height for panel in column) for column in columns]
    template = jinja2.Template(_TEMPLATE.read_text(encoding="utf-8"), autoescape=True)
    return template.render(
        placed=[spot for number, column in enumerate(columns) for spot in _placed(number, column)],
        splits=list(counts) if len(counts) > 1 else [],
        documents=sum(c.documents for c in counts.values()),
        words=sum(c.words for c in counts.values()),
        width=_WIDTH,
        height=_TOP + max(heights) - _GAP + _MARGIN,
        margin=_MARGIN,
        column=_COLUMN,
        label=_LABEL,
        plot=_PLOT,
        head=_HEAD,
        row=_ROW,
    )


def _panel(table: str, name: str, counts: Mapping[str, Counts]) -> Panel:
    found = {split: c.labels[f"{table}.{name}"] for split, c in counts.items()}
    totals = {split: sum(numbers.values()) for split, numbers in found.items()}
    records = sum(totals.values())
    rows = []
    for value in labels(table, name):
        number = sum(numbers[value] for numbers in found.values())
        if number:
            shares = {split: found[split][value] / n for split, n in totals.items() if n}
            rows.append(Row(value, number, number / records, shares))
    return Panel(table, name, records, rows)


def _columns(panels: list[Panel]) -> list[list[Panel]]:
    """The panels in two columns, in order, so that the longer one is as short as can be."""

    def longer(cut: int) -> int:
        return max(sum(panel.height for panel in part) for part in (panels[:cut], panels[cut:]))

    cut = min(range(len(panels) + 1), key=longer)
    return [panels[:cut], panels[cut:]]


def _placed(number: int, column: list[Panel]) -> list[tuple[int, int, Panel]]:
    """Each panel of a column with the place of its upper left corner."""
    left = _MARGIN if number == 0 else _WIDTH - _MARGIN - _COLUMN
    tops = [_TOP + sum(panel.height for panel in column[:i]) for i in range(len(column))]
    return [(left, top, panel) for top, panel in zip(tops, column, strict=True)]
