"""The corpus loads: from a bare clone, from the build, from the wheel, and in other readers."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasets
import duckdb
import pandas as pd
import polars as pl
import pytest

import onrecord as package
from onrecord.build import build
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError, UncheckedError
from onrecord.schema import TABLES

from .conftest import ROOT

CONFIGS = ("articles", *TABLES, "attributions", "claim_detection", "tokens", "chat")
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def listed(*arguments: str) -> list[str]:
    """The files of the checkout that git lists."""
    command = ["git", "ls-files", "-z", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return [name for name in done.stdout.split("\0") if name]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `git clone` will give: the files git tracks or may soon, and no built dataset."""
    folder = tmp_path / "clone"
    # Untracked files elsewhere are none of ours, such as a virtual environment of any name.
    for name in [*listed("--cached"), *listed("--others", "--exclude-standard", "--", "corpus")]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture
def dataset(checkout: Path) -> Path:
    return build(Corpus(checkout / "corpus"), checkout / "dataset")


def load(path: Path, config: str, cache: Path, **options: Any) -> Any:
    return datasets.load_dataset(str(path), config, cache_dir=str(cache), **options)


@pytest.mark.parametrize("table", TABLES)
def test_a_bare_clone_loads_and_equals_the_build(
    table: str, clone: Path, dataset: Path, tmp_path: Path
) -> None:
    raw = load(clone, table, tmp_path / "raw")
    built = load(dataset, table, tmp_path / "built")
    assert list(raw) == list(built)
    for split in raw:
        assert raw[split].features == built[split].features
        assert raw[split].to_list() == built[split].to_list()


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_streams(config: str, dataset: Path, tmp_path: Path) -> None:
    rows = load(dataset, config, tmp_path / "cache")["train"].to_list()
    stream = load(dataset, config, tmp_path / "cache", split="train", streaming=True)
    assert list(stream) == rows


def test_articles_are_the_default(dataset: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(dataset), cache_dir=str(tmp_path / "cache"))
    assert "mentions" in loaded["train"].column_names


def test_a_rebuild_is_seen_with_a_warm_cache(small: Path, tmp_path: Path) -> None:
    target = build(Corpus(small / "corpus"), small / "dataset")
    before = load(target, "claims", tmp_path / "cache")["train"]["certainty"]
    assert "probable" not in before
    claims = next((small / "corpus").glob("train/*/claims.jsonl"))
    claims.write_bytes(claims.read_bytes().replace(b'"possible"', b'"probable"', 1))
    build(Corpus(small / "corpus"), target)
    assert "probable" in load(target, "claims", tmp_path / "cache")["train"]["certainty"]


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS)
def test_the_package_loads_what_the_build_holds(config: str, dataset: Path, tmp_path: Path) -> None:
    built = load(dataset, config, tmp_path / "cache")
    own = package.load(config)
    assert list(own) == list(built)
    for split in own:
        assert own[split].features == built[split].features
        assert own[split].to_list() == built[split].to_list()
        assert list(package.load(config, split, streaming=True)) == own[split].to_list()


def test_the_package_reads_files_as_they_are_now(small: Path) -> None:
    assert len(package.load("actors", "train", corpus=small)) > 0
    actors = next((small / "corpus").glob("train/*/actors.jsonl"))
    actors.write_bytes(b"")
    assert len(package.load("actors", "train", corpus=small)) == 0


def test_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no config 'verbs', expected one of articles"):
        package.load("verbs")
    with pytest.raises(NotFoundError, match="no split 'dev'"):
        package.load("quotes", "dev")
    with pytest.raises(NotFoundError):
        package.load("quotes", corpus=tmp_path)


def test_a_broken_table_is_refused(checkout: Path) -> None:
    claims = next((checkout / "corpus").glob("train/*/claims.jsonl"))
    claims.write_bytes(claims.read_bytes().replace(b'"kind"', b'"sort"', 1))
    with pytest.raises(UncheckedError, match="onrecord check"):
        package.load("claims", corpus=checkout)


def test_other_readers_read_the_parquet(dataset: Path) -> None:
    path = str(dataset / "data/mentions/train-00000-of-00001.parquet")
    expected = package.load("mentions", "train")["exact"][:]
    assert list(pd.read_parquet(path)["exact"]) == expected
    assert pl.read_parquet(path)["exact"].to_list() == expected
    connection = duckdb.connect()
    rows = connection.execute(f"select exact from '{path}'").fetchall()
    assert [row[0] for row in rows] == expected
    articles = str(dataset / "data/articles/train-00000-of-00001.parquet")
    counted = connection.execute(f"select sum(len(mentions)) from '{articles}'").fetchall()
    assert counted == [(len(expected),)]


@pytest.mark.slow
def test_the_wheel_loads_from_another_directory(tmp_path: Path) -> None:
    """Installed into a folder of its own, without the checkout on the path."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--quiet",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "import onrecord, pathlib\n"
        f"assert pathlib.Path(onrecord.__file__).is_relative_to({str(site)!r}), onrecord.__file__\n"
        "print(len(onrecord.load('mentions', 'train')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == len(package.load("mentions", "train"))
