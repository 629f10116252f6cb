"""The built dataset: what is in it, and that it replaces the old one whole or not at all."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.build import build
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError, OccupiedError, UncheckedError
from onrecord.schema import TABLES
from onrecord.swap import replacing

Tree = Callable[[Path], dict[str, str]]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def checkout(small: Path) -> Path:
    """One article is enough here."""
    return small


def built(checkout: Path) -> Path:
    return build(Corpus(checkout / "corpus"), checkout / "dataset")


def test_every_config_has_rows_for_every_record(checkout: Path) -> None:
    dataset = built(checkout)
    for table in TABLES:
        lines = (checkout / "corpus").glob(f"train/*/{table}.jsonl")
        records = [json.loads(line) for path in lines for line in path.read_text().splitlines()]
        rows = pq.read_table(dataset / f"data/{table}/train-00000-of-00001.parquet").to_pylist()
        assert len(rows) == len(records)
        for row, record in zip(rows, records, strict=True):
            assert {k: v for k, v in row.items() if v is not None} == record


def test_articles_nest_the_tables(checkout: Path) -> None:
    dataset = built(checkout)
    read = {
        table: pq.read_table(dataset / f"data/{table}/train-00000-of-00001.parquet").to_pylist()
        for table in ("articles", *TABLES)
    }
    for article in read["articles"]:
        for table in TABLES[1:]:
            own = [{k: v for k, v in r.items() if k != "doc"} for r in read[table]]
            mine = [
                r for r, full in zip(own, read[table], strict=True) if full["doc"] == article["id"]
            ]
            assert article[table] == mine


def test_the_same_input_gives_the_same_bytes(checkout: Path, tree: Tree) -> None:
    first = tree(built(checkout))
    assert tree(built(checkout)) == first


def test_checksums_hold(checkout: Path) -> None:
    dataset = built(checkout)
    sums = (dataset / "SHA256SUMS").read_text().splitlines()
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((dataset / name).read_bytes()).hexdigest() == digest
    files = {str(p.relative_to(dataset)) for p in dataset.rglob("*") if p.is_file()}
    assert {line.split("  ")[1] for line in sums} == files - {"SHA256SUMS"}


def test_a_corpus_with_errors_is_not_built(checkout: Path, onrecord: Command, tree: Tree) -> None:
    before = tree(built(checkout))
    mentions = next((checkout / "corpus").glob("train/*/mentions.jsonl"))
    mentions.write_bytes(mentions.read_bytes().replace(b'"pronoun"', b'"pronuon"', 1))
    with pytest.raises(UncheckedError):
        built(checkout)
    done = onrecord("build", cwd=checkout)
    assert done.returncode == 1
    assert re.search(r"mentions\.jsonl:4:\d+: E204 ", done.stdout)
    assert tree(checkout / "dataset") == before


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "train").mkdir(parents=True)
    with pytest.raises(NotFoundError):
        build(Corpus(tmp_path / "corpus"), tmp_path / "dataset")


def test_a_folder_with_other_files_is_not_replaced(checkout: Path) -> None:
    dataset = built(checkout)
    (dataset / "data" / "mine.txt").write_text("keep me")
    with pytest.raises(OccupiedError, match=r"mine\.txt"):
        built(checkout)
    assert (dataset / "data" / "mine.txt").read_text() == "keep me"


def test_a_file_in_the_way_is_not_replaced(checkout: Path) -> None:
    (checkout / "dataset").write_text("keep me")
    with pytest.raises(OccupiedError):
        built(checkout)
    assert (checkout / "dataset").read_text() == "keep me"


@pytest.mark.parametrize("inside", ["corpus", "corpus/train/dataset", "."])
def test_a_target_in_or_around_the_corpus_is_refused(inside: str, checkout: Path) -> None:
    with pytest.raises(OccupiedError, match="in the corpus or around it"):
        build(Corpus(checkout / "corpus"), checkout / inside)


def test_one_build_at_a_time(checkout: Path) -> None:
    with replacing(checkout / "dataset"), pytest.raises(OccupiedError):
        built(checkout)


def test_a_build_that_raises_changes_nothing(tmp_path: Path, tree: Tree) -> None:
    target = tmp_path / "dataset"
    with replacing(target) as new:
        (new / "old.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as new:
        (new / "half.txt").write_text(str(1 // 0))
    assert list(tree(target)) == ["old.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".dataset.lock", "dataset"]


@pytest.mark.parametrize("steps", [1, 2])
def test_an_interrupted_exchange_is_repaired(tmp_path: Path, steps: int) -> None:
    """Where names cannot be exchanged in one step: after the first or second of its renames."""
    target, old, new = (tmp_path / name for name in ("dataset", ".dataset.old", ".dataset.new"))
    old.mkdir()
    (old / "old.txt").write_text("old")
    if steps == 1:
        new.mkdir()
    else:
        target.mkdir()
        (target / "newer.txt").write_text("newer")
    with pytest.raises(RuntimeError), replacing(target):
        raise RuntimeError
    assert [p.name for p in target.iterdir()] == ["old.txt" if steps == 1 else "newer.txt"]
    assert not old.exists()


KILLED = """
import sys, time, pathlib
from onrecord.swap import replacing
target = pathlib.Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    with replacing(target) as new:
        for part in "abc":
            (new / part).write_text(str(number))
"""


@pytest.mark.slow
def test_a_killed_process_leaves_one_whole_folder(tmp_path: Path) -> None:
    target = tmp_path / "dataset"
    for attempt in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.03 + attempt * 0.007)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        contents = {path.name: path.read_text() for path in target.iterdir()}
        assert sorted(contents) == ["a", "b", "c"]
        assert len(set(contents.values())) == 1
    with replacing(target) as new:
        (new / "last").touch()
    assert [path.name for path in target.iterdir()] == ["last"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".dataset.lock", "dataset"]
