"""Publishing: by the real client of the Hub, to a stand-in for the Hub; and what is refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from onrecord.build import build
from onrecord.checkout import clean_checkout
from onrecord.licences import passable
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError, OccupiedError, RightsError, UncommittedError
from onrecord.release import prepare, read_version, require_rights, verified

from .conftest import ROOT
from .hub import TOKEN, Hub

NAME = "newsroom/harbour-news"
DOCUMENTS = {"train": "oriel-hazand", "test": "the-framework-leaked"}
CLOSED = "nk-severs-road-rail-links"

WORKER = """
import contextlib, io, json, os, sys
from onrecord import publish
from onrecord.cli import main
publish.TIMEOUT = 1.0
for line in sys.stdin:
    arguments, folder, token = json.loads(line)
    os.chdir(folder)
    os.environ.pop("HF_TOKEN", None)
    if token:
        os.environ["HF_TOKEN"] = token
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["publish", *arguments])
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""

Run = Callable[..., "Done"]


class Done(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def environment(hub: Hub, home: Path) -> dict[str, str]:
    """Settings under which the Hub is the stand-in, as is every other host."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), hub.address)
    return {
        **{name: value for name, value in kept.items() if not name.lower().endswith("_proxy")},
        **proxies,
        "no_proxy": "127.0.0.1",
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
    }


@pytest.fixture(scope="module")
def standing() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def worker(
    standing: Hub, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process that has the Hub's client loaded, for one run after the other."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(standing, tmp_path_factory.mktemp("home")),
    )
    with process:
        yield process


@pytest.fixture
def hub(standing: Hub) -> Iterator[Hub]:
    """The stand-in, empty; in the end nothing was asked that it does not know."""
    standing.reset()
    yield standing
    assert standing.unknown == []


@pytest.fixture
def run(worker: "subprocess.Popen[str]", checkout: Path, hub: Hub) -> Run:
    """Publish as a user does, in the checkout."""

    def publish(*arguments: str, token: str = TOKEN) -> Done:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps([arguments or [NAME], str(checkout), token]) + "\n")
        worker.stdin.flush()
        return Done(*json.loads(worker.stdout.readline()))

    return publish


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "more") -> str:
    """Commit everything; the hash."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is told who commits, and nothing else."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Åsa")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "asa@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def put(checkout: Path, split: str, document: str) -> None:
    """Take one article of the repository's corpus into the checkout."""
    (found,) = (ROOT / "corpus").glob(f"t*/{document}")
    shutil.copytree(found, checkout / "corpus" / split / document)
    (checkout / "seeds").mkdir(exist_ok=True)
    shutil.copy(ROOT / "seeds" / f"{document}.txt", checkout / "seeds")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout with a small corpus that may be passed on."""
    root = tmp_path / "häuser 🏘"
    for split, document in DOCUMENTS.items():
        put(root, split, document)
    shutil.copy(ROOT / "LICENSE", root)
    (root / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 1.10\n")
    git(tmp_path, "init", "--quiet", str(root))
    commit(root)
    return root


def set_version(checkout: Path, version: str) -> str:
    (checkout / "CITATION.cff").write_text(f"cff-version: 1.2.0\nversion: {version}\n")
    return commit(checkout, f"version {version}")


def local(folder: Path) -> dict[str, bytes]:
    """The files of a built dataset."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def remote(hub: Hub) -> dict[str, bytes]:
    """The files of the published dataset, but those that are the Hub's."""
    files = dict(hub.repositories[NAME].head.files)
    assert files.pop(".gitattributes") == b"*.parquet filter=lfs\n"
    return files


def test_a_dataset_is_published_in_one_commit_and_tagged(
    run: Run, checkout: Path, hub: Hub
) -> None:
    done = run()
    assert done == Done(0, f"{hub.address}/datasets/{NAME}\n", done.err)
    published = hub.repositories[NAME]
    assert remote(hub) == local(checkout / "dataset")
    assert len(published.commits) == 2
    assert published.head.message == f"v1.10 from commit {git(checkout, 'rev-parse', 'HEAD')}"
    assert published.tags == {"v1.10": published.head.oid}
    assert not published.private
    assert "v1.10 published" in done.err


def test_the_same_again_changes_nothing(run: Run, hub: Hub) -> None:
    run()
    before = hub.repositories[NAME].commits[:]
    done = run()
    assert done.code == 0
    assert "published already" in done.err
    assert hub.repositories[NAME].commits == before
    assert (hub.called("commit"), hub.called("tag"), hub.called("upload")) == (
        1,
        1,
        len([name for name in remote(hub) if name.endswith(".parquet")]),
    )
    

def test_a_new_version_is_one_more_commit_without_what_is_gone(
    run: Run, checkout: Path, hub: Hub
) -> None:
    run()
    shutil.rmtree(checkout / "corpus" / "test")
    put(checkout, "train", "the-wave-at-el-lavadero")
    (checkout / "seeds" / f"{DOCUMENTS['test']}.txt").unlink()
    set_version(checkout, "2.0.0")
    assert run().code == 0
    published = hub.repositories[NAME]
    assert len(published.commits) == 3
    assert remote(hub) == local(checkout / "dataset")
    assert not any("/test-" in name for name in remote(hub))
    assert any("/test-" in name for name in published.at("v1.10").files)
    assert published.tags["v2.0.0"] == published.head.oid


def test_a_new_version_of_the_same_files_is_a_tag(run: Run, checkout: Path, hub: Hub) -> None:
    run()
    set_version(checkout, "1.11")
    assert run().code == 0
    published = hub.repositories[NAME]
    assert len(published.commits) == 2
    assert published.tags == dict.fromkeys(("v1.10", "v1.11"), published.head.oid)
