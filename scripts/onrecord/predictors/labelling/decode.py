"""From the labels of a sequence back to spans."""

from collections.abc import Iterable

from ...segment import Stretch
from ..flat import Typed

_FIRST = frozenset("BSU")
_LATER = frozenset("IELM")


def decode(labels: Iterable[str], places: Iterable[Stretch]) -> list[Typed]:
    """The spans that the labels of words at `places` show, in order.

    Read are IOB2 and its relatives: IOB1, IOBES, BILOU, and types without a letter before them. An
    inside label that continues nothing of its type begins a span, as in the evaluation of
    CoNLL-2000 (Tjong Kim Sang and Buchholz, 2000).
    """
    spans: list[Typed] = []
    last = ""
    for label, (start, end) in zip(labels, places, strict=True):
        part, name = parted(label)
        if name and part not in _FIRST and name == last:
            spans[-1] = spans[-1]._replace(end=end)
        elif name:
            spans.append(Typed(start, end, name))
        last = name
    return spans


def parted(label: str) -> tuple[str, str]:
    """The letter of a label and its type, both empty for `O`; without a letter it is `I`."""
    if label == "O":
        return "", ""
    part, mark, name = label[:1], label[1:2], label[2:]
    if mark in ("-", "_") and name and part in _FIRST | _LATER:
        return part, name
    return "I", label
