"""Datasets without texts that may not be passed on, and such texts put back."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.build import build
from onrecord.manifest import WITHHELD, Options
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError
from onrecord.restore import ForeignTextError, restore
from onrecord.tables import CONFIGS

from .conftest import ROOT

Tree = Callable[[Path], dict[str, str]]
Command = Callable[..., "subprocess.CompletedProcess[str]"]

RUN = 5
HIDING = Options(withheld=frozenset({"NOASSERTION"}))
SEED = "nk-severs-road-rail-links"


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the whole corpus without the texts of publishers."""
    return build(Corpus(ROOT / "corpus"), tmp_path_factory.mktemp("made") / "dataset", HIDING)


def runs(text: str) -> Iterator[str]:
    """Every run of words, in small letters."""
    words = re.findall(r"[^\W_]+(?:[-.’'][^\W_]+)*", text.lower())
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value at any depth, and lists of texts as one."""
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from texts_in(part)
        case list():
            if any(isinstance(part, str) for part in value):
                yield " ".join(part for part in value if isinstance(part, str))
            for part in value:
                yield from texts_in(part)


def output(dataset: Path) -> Iterator[tuple[str, str]]:
    """Every text of every file of a dataset."""
    for path in sorted(path for path in dataset.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            for row in pq.read_table(path).to_pylist():
                yield from ((path.name, text) for text in texts_in(row))
        elif path.suffix == ".json":
            yield from ((path.name, text) for text in texts_in(json.loads(path.read_bytes())))
        else:
            yield path.name, path.read_text(encoding="utf-8")


def document(split: str = "train", name: str = SEED) -> dict[str, Any]:
    path = ROOT / "corpus" / split / name / "documents.jsonl"
    record: dict[str, Any] = json.loads(path.read_bytes())
    return record


@pytest.mark.slow
def test_no_run_of_five_words_is_given_away(withheld: Path, tmp_path: Path) -> None:
    secret = set(runs(document()["text"]))
    assert len(secret) > 400
    found = {(name, run) for name, text in output(withheld) for run in runs(text) if run in secret}
    assert found == set()
    whole = build(Corpus(ROOT / "corpus"), tmp_path / "whole")
    shown = {run for _, text in output(whole) for run in runs(text) if run in secret}
    assert shown == secret


@pytest.mark.slow
def test_everything_else_stays(withheld: Path, tmp_path: Path) -> None:
    whole = build(Corpus(ROOT / "corpus"), tmp_path / "whole")
    for config in CONFIGS:
        for path in sorted((withheld / "data" / config.name).iterdir()):
            ours = pq.read_table(path)
            theirs = pq.read_table(whole / path.relative_to(withheld))
            assert ours.schema == theirs.schema
            for mine, other in zip(ours.to_pylist(), theirs.to_pylist(), strict=True):
                hidden = mine[config.key] == SEED
                assert mine == (blanked(other, config.words) if hidden else other)


def blanked(value: Any, words: tuple[str, ...], path: str = "") -> Any:
    """A value with what stands under the paths of `words` made null."""
    if path in words:
        return None
    if isinstance(value, dict):
        return {n: blanked(v, words, f"{path}.{n}".lstrip(".")) for n, v in value.items()}
    if isinstance(value, list):
        return [blanked(part, words, path) for part in value]
    return value


def test_offsets_and_hash_stay(withheld: Path) -> None:
    line = json.loads((withheld / WITHHELD).read_bytes())
    text = document()["text"]
    assert (line["doc"], line["license"], line["characters"]) == (SEED, "NOASSERTION", len(text))
    quotes = pq.read_table(withheld / "data/quotes/train-00000-of-00001.parquet").to_pylist()
    spans = [s for quote in quotes if quote["doc"] == SEED for s in quote["content"]]
    assert all(span["exact"] is None and span["end"] > span["start"] for span in spans)


@pytest.fixture
def noteless(checkout: Path) -> Corpus:
    """The corpus without the notes on the withheld document, which nothing can bring back."""
    for path in (checkout / "corpus" / "train" / SEED).glob("*.jsonl"):
        path.write_text(re.sub(r',"note":"(?:[^"\\]|\\.)*"', "", path.read_text()))
    return Corpus(checkout / "corpus")


@pytest.mark.slow
def test_restored_it_is_as_if_nothing_had_been_withheld(
    noteless: Corpus, tmp_path: Path, tree: Tree
) -> None:
    dataset = build(noteless, tmp_path / "dataset", HIDING)
    copies = tmp_path / "copies"
    copies.mkdir()
    text = document()["text"].replace("\n", "\r\n")
    (copies / f"{SEED}.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    restored = tree(restore(dataset, copies, tmp_path / "restored"))
    assert restored == tree(build(noteless, tmp_path / "whole"))


@pytest.mark.slow
def test_restored_in_place_by_the_command(
    noteless: Corpus, tmp_path: Path, onrecord: Command, tree: Tree
) -> None:
    (noteless.root / "CITATION.cff").unlink()
    dataset = build(noteless, tmp_path / "dataset", HIDING)
    done = onrecord("restore", dataset, "--texts", ROOT / "seeds")
    assert done.returncode == 0, done.stderr
    assert tree(dataset) == tree(build(noteless, tmp_path / "whole"))


@pytest.mark.parametrize("text", [None, b"another text\n", b"\xff"])
def test_another_text_is_refused(
    text: bytes | None, withheld: Path, tmp_path: Path, tree: Tree
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    if text is not None:
        (copies / f"{SEED}.txt").write_bytes(text)
    before = tree(withheld)
    with pytest.raises(ForeignTextError, match=SEED):
        restore(withheld, copies, withheld)
    assert tree(withheld) == before


def test_a_whole_dataset_has_nothing_to_restore(small: Path) -> None:
    dataset = build(Corpus(small / "corpus"), small / "dataset")
    with pytest.raises(NotFoundError, match=WITHHELD):
        restore(dataset, small, dataset)


def test_a_licence_that_no_document_has_is_refused(small: Path, tree: Tree) -> None:
    corpus, target = Corpus(small / "corpus"), small / "dataset"
    before = tree(build(corpus, target))
    with pytest.raises(NotFoundError, match="'NOASERTION', expected one of NOASSERTION"):
        build(corpus, target, Options(withheld=frozenset({"NOASERTION"})))
    assert tree(target) == before


def test_withheld_groups_are_not_taken_over(small: Path, tree: Tree) -> None:
    corpus, target = Corpus(small / "corpus"), small / "dataset"
    whole = tree(build(corpus, target))
    hidden = tree(build(corpus, target, HIDING))
    assert hidden != whole
    assert tree(build(corpus, target)) == whole
