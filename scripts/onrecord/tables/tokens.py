"""Tokens with IOB2 labels: for training taggers of actors, quotes and claims.

Row: a paragraph, that is what of one section stands on one line. A sentence would be too short:
a quote may have several. Columns:

- `doc`; `paragraph`: its number in the document, from 0; `role`: the role of its section;
  `start`, `end`: int32 in code points of the document's text
- `tokens`: list of string; `starts`, `ends`: their offsets, int32 in code points of the document's
  text; `sentences`: the number of the sentence in the paragraph that each belongs to, from 0
- `actors` (a label for each kind of actor), `contents` (for each form of quote), `cues`,
  `speakers`, `claims` (for each kind of claim): lists of ClassLabel, one for each token, `O`, `B-`
  and `I-`. Null where the document's `layers` do not hold the layer: absence means nothing there
- `left_out`: for each of these columns the number of spans beginning in the paragraph that the
  row does not show

The outermost span is shown, the parts of a discontinuous one each as a span of its own. Which
spans are nested, crossing, cut by the end of the paragraph or not at the edges of tokens, only
the source tables tell; `left_out` counts them. A speaker of several quotes is one span.

Example: the second row of `nk-severs-road-rail-links` begins with the tokens
`["North", "Korea", "announced", "it"]`, whose `actors` are `[5, 6, 0, 5]`, that is
`["B-gpe", "I-gpe", "O", "B-gpe"]`, and whose `cues` are `[0, 0, 1, 0]`.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from datasets import ClassLabel, Features, List, Value

from ..iob import Labelled, columns
from ..model import Article
from .config import Config
from .features import feature
from .sources import Sources

_NUMBERS = ("paragraph", "start", "end")
_LISTS = ("starts", "ends", "sentences")


def features() -> Features:
    """The place of the paragraph, its tokens, one list of labels a column, and what they miss."""
    return Features(
        {
            "doc": feature("documents", "id"),
            "paragraph": Value("int32"),
            "role": feature("documents", "sections.role"),
            "start": feature("documents", "sections.start"),
            "end": feature("documents", "sections.end"),
            "tokens": List(Value("string")),
            **{name: List(Value("int32")) for name in _LISTS},
            **{column.name: List(ClassLabel(names=column.names)) for column in columns()},
            "left_out": {column.name: Value("int32") for column in columns()},
        }
    )


def rows(sources: Sources) -> pa.Table:
    """One row a paragraph, in the order of the text; documents in their order."""
    batch = _Batch()
    for article, paragraphs in zip(sources.articles, sources.labelled, strict=True):
        for number, paragraph in enumerate(paragraphs):
            batch.add(article, number, paragraph)
    return batch.table().cast(features().arrow_schema)


class _Batch:
    """Rows in the making, column by column: a list is its values and, in `lengths`, its size."""

    def __init__(self) -> None:
        self._strings: dict[str, list[str]] = {"doc": [], "role": [], "tokens": []}
        self._numbers: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._lengths = array("i")
        self._absent: dict[str, array[int]] = {c.name: array("b") for c in columns()}

    def add(self, article: Article, number: int, row: Labelled) -> None:
        """Add one row."""
        text, numbers = article.document.text, self._numbers
        self._strings["doc"].append(article.document.id)
        self._strings["role"].append(row.paragraph.role)
        self._strings["tokens"] += [text[start:end] for start, end in row.tokens]
        places = (number, row.paragraph.start, row.paragraph.end)
        for name, place in zip(_NUMBERS, places, strict=True):
            numbers[name].append(place)
        numbers["starts"].extend([start for start, _ in row.tokens])
        numbers["ends"].extend([end for _, end in row.tokens])
        numbers["sentences"].extend(row.sentences)
        self._lengths.append(len(row.tokens))
        for name, found in row.labels.items():
            self._absent[name].append(found is None)
            numbers[name].extend(found or [])
            numbers[f"left_out.{name}"].append(row.left_out[name].total())

    def table(self) -> pa.Table:
        """The rows, with labels as plain numbers."""
        names = [column.name for column in columns()]
        left = [_int32(self._numbers[f"left_out.{name}"]) for name in names]
        made = {
            **{name: pa.array(self._strings[name], pa.string()) for name in ("doc", "role")},
            **{name: _int32(self._numbers[name]) for name in _NUMBERS},
            "tokens": self._list(pa.array(self._strings["tokens"], pa.string())),
            **{name: self._list(_int32(self._numbers[name])) for name in _LISTS},
            **{n: self._list(_int32(self._numbers[n]), self._absent[n]) for n in names},
            "left_out": pa.StructArray.from_arrays(left, names),
        }
        return pa.table({name: made[name] for name in features()})

    def _list(self, values: pa.Array, absent: Iterable[int] | None = None) -> pa.ListArray:
        """The values cut into rows; `absent` marks rows that are null and have no values."""
        lengths = np.asarray(self._lengths, np.int32)
        mask = None
        if absent is not None:
            gone = np.fromiter(absent, bool, len(lengths))
            lengths, mask = np.where(gone, 0, lengths), pa.array(gone)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values, mask=mask)


def _int32(values: "array[int]") -> pa.Array:
    return pa.array(np.asarray(values, np.int32))


TOKENS = Config(
    "tokens",
    "A paragraph as tokens with IOB2 labels of actors, quotes and claims.",
    features,
    rows,
    words=("tokens",),
)
