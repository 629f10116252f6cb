"""A small corpus of its own for every test, and helpers to break it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.paths import Corpus, Place

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has caches of its own, so that no stale rows hide a fault."""
    monkeypatch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hf")))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the repository holds as data, to break."""
    for name in ("corpus", "schema", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("README.md", "DATASHEET.md", "LICENSE", "CITATION.cff", ".huggingface.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A small sound bundle in a corpus of its own, to break."""
    corpus = Corpus(tmp_path / "corpus")
    folder = corpus.folder / "train" / "harbour-strike"
    shutil.copytree(DATA / "sound", folder)
    return Place(corpus, "train", folder)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A checkout with one article, for tests that change it."""
    name = "nk-severs-road-rail-links"
    shutil.copytree(ROOT / "corpus" / "train" / name, tmp_path / "corpus" / "train" / name)
    (tmp_path / "seeds").mkdir()
    shutil.copy(ROOT / "seeds" / f"{name}.txt", tmp_path / "seeds")
    shutil.copy(ROOT / "LICENSE", tmp_path)
    return tmp_path


@pytest.fixture
def onrecord() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own, as a user does."""

    def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "onrecord", *map(str, arguments)],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def tree() -> Callable[[Path], dict[str, str]]:
    """The hash of every file below a folder, to see that nothing changed."""

    def hashes(folder: Path) -> dict[str, str]:
        return dict(_hashes(folder))

    return hashes


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield str(path.relative_to(folder)), digest
