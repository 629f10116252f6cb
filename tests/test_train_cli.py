"""`onrecord train`: where models come from, and where they go."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from onrecord.model import Article
from onrecord.paths import places_at
from onrecord.problem import OccupiedError
from onrecord.train import train

from .articles import SEED
from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]


def test_a_crf_is_trained_from_the_train_split(small: Path, onrecord: Command) -> None:
    name = next((ROOT / "corpus" / "test").iterdir()).name
    shutil.copytree(ROOT / "corpus" / "test" / name, small / "corpus" / "test" / name)
    done = onrecord("train", "crf", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    columns = "actors, contents, cues, speakers, claims"
    assert done.stdout == f"models/crf: {columns} learnt from 1 bundle\n"
    assert json.loads((small / "models/crf/crf.json").read_bytes())["documents"] == 1


@pytest.mark.parametrize("path", ["corpus", "corpus/test", f"corpus/validation/{SEED}"])
def test_nothing_is_learnt_from_held_out_splits(path: str, small: Path, onrecord: Command) -> None:
    for split in ("validation", "test"):
        shutil.copytree(small / "corpus/train", small / "corpus" / split)
    done = onrecord("train", "crf", path, cwd=small)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (small / "models").exists()


def test_held_out_splits_are_learnt_from_if_asked(small: Path, onrecord: Command) -> None:
    (small / "corpus/train").rename(small / "corpus/test")
    done = onrecord("train", "crf", "corpus/test", "--any-split", "--to", "m", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert (small / "m/crf.json").is_file()


@pytest.mark.slow
def test_a_model_is_replaced_only_if_asked(small: Path, onrecord: Command, tree: Tree) -> None:
    target = small / "m"
    assert onrecord("train", "crf", "--to", target, cwd=small).returncode == 0
    shutil.copy(target / "cues.crfsuite", target / "claims.crfsuite")
    before = tree(target)
    again = onrecord("train", "crf", "--to", target, cwd=small)
    assert (again.returncode, tree(target)) == (2, before)
    assert onrecord("train", "crf", "--to", target, "--replace", cwd=small).returncode == 0
    assert tree(target) != before


def test_what_is_no_model_is_never_replaced(small: Path, onrecord: Command) -> None:
    before = sorted(small.rglob("*"))
    done = onrecord("train", "crf", "--to", small, "--replace", cwd=small)
    assert done.returncode == 2
    assert sorted(small.rglob("*")) == before


def test_a_failure_leaves_the_old_model(place_list_target: tuple[Path, Path], tree: Tree) -> None:
    bundle, target = place_list_target
    (target / "crf.json").write_text("old")
    before = tree(target)

    def fail(articles: Iterable[Article], folder: Path) -> list[str]:
        (folder / "crf.json").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(places_at(bundle), target, fail, replace=True)
    assert tree(target) == before


def test_a_stray_file_is_told(place_list_target: tuple[Path, Path]) -> None:
    bundle, target = place_list_target
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(OccupiedError, match=r"thesis\.txt"):
        train(places_at(bundle), target, lambda *_: [], replace=True)


@pytest.fixture
def place_list_target(small: Path) -> tuple[Path, Path]:
    """A bundle, and an empty folder for a model."""
    target = small / "models" / "crf"
    target.mkdir(parents=True)
    return small / "corpus/train" / SEED, target


def test_a_broken_corpus_is_not_learnt_from(small: Path, onrecord: Command) -> None:
    (small / "corpus/train" / SEED / "quotes.jsonl").write_text("{\n")
    done = onrecord("train", "crf", cwd=small)
    assert done.returncode == 1
    assert "E117" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [["hf"], ["crf", "--base", "x"], ["hf", "--base", "x", "--columns", "nods"], ["svm"]],
)
def test_misuse_is_exit_2(arguments: list[str], small: Path, onrecord: Command) -> None:
    done = onrecord("train", *arguments, cwd=small)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (small / "models").exists()


@pytest.mark.slow
@pytest.mark.parametrize("link", [False, True])
def test_neither_a_file_nor_a_link_is_replaced(
    small: Path, onrecord: Command, tree: Tree, *, link: bool
) -> None:
    target = small / "target"
    if link:
        (small / "elsewhere").mkdir()
        target.symlink_to(small / "elsewhere")
    else:
        target.write_text("mine")
    before = tree(small)
    for arguments in ((), ("--replace",)):
        done = onrecord("train", "crf", "--to", target, *arguments, cwd=small)
        assert done.returncode == 2
        assert "is not a folder" in done.stderr
    assert tree(small) == before
