"""Whatever stops a build, one whole dataset is there, and the next build ends well."""

import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.build import build
from onrecord.manifest import Options
from onrecord.paths import Corpus

from .bench.synthetic import write_corpus

pytestmark = pytest.mark.slow

Tree = Callable[[Path], dict[str, str]]
Command = Callable[..., "subprocess.CompletedProcess[str]"]

MOMENTS = 50
SMALL = Options(size=4)


def two_corpora(folder: Path) -> list[Corpus]:
    """Corpora that share all but one of their groups."""
    one, other = folder / "one" / "corpus", folder / "other" / "corpus"
    write_corpus(one, 16, per_bundle=2)
    shutil.copytree(one, other)
    claims = other / "train" / "bundle-00004" / "claims.jsonl"
    claims.write_bytes(claims.read_bytes().replace(b'"certain"', b'"probable"', 1))
    return [Corpus(one), Corpus(other)]


FOR_EVER = """
from onrecord.build import build
while True:
    for corpus in corpora:
        build(corpus, target, options)
"""
"""Builds one corpus after the other over the same dataset."""


def test_killed_at_any_moment(tmp_path: Path, tree: Tree) -> None:
    corpora = two_corpora(tmp_path)
    target = tmp_path / "dataset"
    whole = [tree(build(corpus, target, SMALL)) for corpus in corpora]
    # Processes are forked from one that has the heavy libraries but never built anything.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["onrecord.assemble"])
    names = {"corpora": corpora, "target": target, "options": SMALL}
    draw = random.Random(5)
    met = set()
    for _ in range(MOMENTS):
        process = context.Process(target=exec, args=(FOR_EVER, dict(names)))
        process.start()
        time.sleep(draw.uniform(0.1, 0.6))
        process.kill()
        process.join()
        found = tree(target)
        assert found in whole
        met.add(whole.index(found))
    assert met == {0, 1}
    for corpus, expected in zip(corpora, whole, strict=True):
        assert tree(build(corpus, target, SMALL)) == expected
    beside = {path.name for path in tmp_path.iterdir()} - {"one", "other"}
    assert beside == {"dataset", ".dataset.lock", ".dataset.state"}


def test_a_full_disk_loses_nothing(tmp_path: Path, tree: Tree) -> None:
    """Files may not grow beyond a limit, which libraries meet as they meet a full disk."""
    one, other = two_corpora(tmp_path)
    target = build(one, tmp_path / "dataset")
    before = tree(target)
    limit = 30_000
    assert max(path.stat().st_size for path in target.rglob("*.parquet")) > limit
    done = subprocess.run(
        [
            *(sys.executable, "-m", "onrecord", "build", "--full"),
            *("--corpus", str(other.folder), "--to", str(target)),
        ],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(target) == before
    assert not (tmp_path / ".dataset.new").exists()
    assert tree(build(other, target)) != before


def test_a_place_that_cannot_be_written_is_one_line(onrecord: Command) -> None:
    done = onrecord("build", "--to", "/proc/dataset")
    assert done.returncode == 2
    assert done.stderr.startswith("onrecord: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written to by root")
def test_a_read_only_folder_is_refused(small: Path, onrecord: Command) -> None:
    place = small / "read-only"
    place.mkdir(mode=0o500)
    done = onrecord("build", "--to", place / "dataset", cwd=small)
    assert done.returncode == 2
    assert done.stderr == f"onrecord: {str(place)!r} cannot be written to\n"
