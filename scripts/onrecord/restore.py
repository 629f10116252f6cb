"""Put withheld texts back into a dataset from a user's own copies of them."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from huggingface_hub import DatasetCard

from . import store
from .build import build
from .codec import convert, encode
from .manifest import WITHHELD, Hidden, Options
from .normal import article_text
from .paths import COMPANIONS, SPLITS, Corpus
from .problem import NotFoundError, OnrecordError
from .schema import TABLES, Json, fields

Texts = Mapping[str, str]
_IGNORED = ("E336", "E337")
"""Rules on what a dataset does not keep: the seeds, and the names of the bundles."""


class ForeignTextError(OnrecordError):
    """A text that is not the one that was withheld, or none."""


def restore(dataset: Path, texts: Path, target: Path) -> Path:
    """Build into `target` the dataset that `dataset` would be had nothing been withheld.

    Each withheld text is read from `texts/<document>.txt` and brought into the form of the corpus:
    Unicode normal form C, line ends LF. Notes of annotators are not restored.

    Raises:
        NotFoundError: nothing is withheld in `dataset`.
        ForeignTextError: a text is missing or has another hash; the message names all such.
    """
    hidden = _hidden(dataset)
    found = dict(_texts(hidden, texts))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / _title(dataset)
        root.mkdir()
        for name in COMPANIONS:
            if (dataset / name).is_file():
                (root / name).write_bytes((dataset / name).read_bytes())
        for split in SPLITS:
            _write_split(dataset, split, hidden, found, root / "corpus" / split)
        # Each part becomes one bundle, and a group of that size has one bundle.
        options = Options(size=1, ignored=_IGNORED)
        return build(Corpus(root / "corpus"), target, options)


def _hidden(dataset: Path) -> dict[str, Hidden]:
    """What is withheld, by document."""
    listed = dataset / WITHHELD
    if not listed.is_file():
        raise NotFoundError(f"no {WITHHELD} in {str(dataset)!r}: nothing was withheld there")
    found = msgspec.json.decode(
        b"[" + b",".join(listed.read_bytes().splitlines()) + b"]", type=list[Hidden]
    )
    return {one.doc: one for one in found}


def _title(dataset: Path) -> str:
    """How the dataset is called, which is how the checkout was named that had no citation."""
    card = DatasetCard.load(dataset / "README.md")
    return str(card.data.get("pretty_name", "")).replace("/", "-") or dataset.name


def _texts(hidden: Mapping[str, Hidden], folder: Path) -> Iterator[tuple[str, str]]:
    """Document and text, for each that is withheld; all are proved."""
    wrong = []
    for one in hidden.values():
        path = folder / f"{one.doc}.txt"
        text = _text(path)
        if text is None:
            wrong.append(f"{path.name} is missing or not UTF-8")
        elif store.digest(text.encode()) != one.sha256:
            found = f"{len(text)} characters, expected {one.characters} and another hash"
            wrong.append(f"{path.name} has {found}")
        else:
            yield one.doc, text
    if wrong:
        raise ForeignTextError(f"in {str(folder)!r}: {'; '.join(wrong)}")


def _text(path: Path) -> str | None:
    try:
        return article_text(path.read_bytes())
    except (OSError, UnicodeDecodeError):
        return None


def _write_split(
    dataset: Path, split: str, hidden: Mapping[str, Hidden], texts: Texts, folder: Path
) -> None:
    """Write a bundle for each part of the documents, so that the parts come out the same."""
    import pyarrow.parquet as pq

    parts = sorted((dataset / "data" / "documents").glob(f"{split}-*.parquet"))
    for number, part in enumerate(parts):
        bundle = folder / f"part-{number:05d}"
        bundle.mkdir(parents=True)
        documents = pq.read_table(part, columns=["id"])["id"].to_pylist()
        for table in TABLES:
            key = "id" if table == "documents" else "doc"
            files = sorted((dataset / "data" / table).glob(f"{split}-*.parquet"))
            rows = (
                pq.read_table(files, filters=[(key, "in", documents)]).to_pylist() if files else []
            )
            records = (_record(table, row, row[key], hidden, texts) for row in rows)
            store.write(
                bundle / store.table_file(table), encode(convert(table, r) for r in records)
            )


def _record(
    table: str, row: Json, document: str, hidden: Mapping[str, Hidden], texts: Texts
) -> Json:
    """A row as the record it was made of."""
    record: Json = _present(row)
    if document in texts:
        if table == "documents":
            record["text"] = texts[document]
        elif table == "actors":
            record["name"] = _name(hidden[document], row["id"], texts[document])
        else:
            _fill(record, texts[document])
    return {name: record[name] for name in fields(table) if name in record}


def _name(hidden: Hidden, actor: str, text: str) -> str:
    """The name of an actor; its id where that is not known any more."""
    found = hidden.names.get(actor, actor)
    return found if isinstance(found, str) else text[slice(*found)]


def _fill(node: Any, text: str) -> None:
    """Put the words back into every span, at any depth."""
    if isinstance(node, list):
        for item in node:
            _fill(item, text)
    elif isinstance(node, dict):
        if {"start", "end"} <= node.keys():
            node["exact"] = text[node["start"] : node["end"]]
        for value in node.values():
            _fill(value, text)


def _present(value: Any) -> Any:
    """A value of Arrow as JSON has it: without what is null, dates as text."""
    if isinstance(value, dict):
        return {name: _present(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_present(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
