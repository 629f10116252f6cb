"""Publishing: by the real client of the Hub, to a stand-in for the Hub."""

import io
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

from .checkouts import DOCUMENTS, commit, git, make_checkout, put, set_version
from .hub import TOKEN, Hub, Repository

pytestmark = pytest.mark.slow

NAME = "newsroom/harbour-news"

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
        "no_proxy": "127.0.0.1,localhost",
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
        "HF_UPDATE_DOWNLOAD_COUNTS": "0",
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
    assert sorted(set(standing.unknown)) == []


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


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout with a small corpus that may be passed on."""
    return make_checkout(tmp_path / "häuser 🏘", monkeypatch)


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


def test_each_version_has_its_tag(run: Run, checkout: Path, hub: Hub) -> None:
    run()
    first = hub.repositories[NAME].head.oid
    set_version(checkout, "1.11")
    assert run().code == 0
    published = hub.repositories[NAME]
    assert published.tags == {"v1.10": first, "v1.11": published.head.oid}


LOAD = """
import json, sys
from datasets import load_dataset
name, tag = sys.argv[1:3]
found = {}
for config, split in (("articles", "train"), ("quotes", "train"), ("mentions", "test")):
    found[f"{config}/{split}"] = list(load_dataset(name, config, split=split))
    streamed = load_dataset(name, config, split=split, streaming=True)
    found[f"{config}/{split} streamed"] = list(streamed)
found["default"] = sorted(load_dataset(name))
found["tagged"] = list(load_dataset(name, "documents", split="train", revision=tag))
print(json.dumps(found, default=str))
"""


def loaded(hub: Hub, home: Path, tag: str = "v1.10") -> dict[str, Any]:
    """What `load_dataset` gives of the published dataset, in a process that has no cache."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, NAME, tag],
        env={**environment(hub, home), "HF_TOKEN": TOKEN},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows(folder: Path, config: str, split: str) -> Any:
    """The rows of a built dataset, as they come out of JSON."""
    (path,) = (folder / "data" / config).glob(f"{split}-*.parquet")
    return json.loads(json.dumps(pq.read_table(path).to_pylist(), default=str))


def test_the_published_dataset_loads(run: Run, checkout: Path, hub: Hub, tmp_path: Path) -> None:
    run()
    dataset = checkout / "dataset"
    first = rows(dataset, "documents", "train")
    found = loaded(hub, tmp_path)
    for config, split in (("articles", "train"), ("quotes", "train"), ("mentions", "test")):
        expected = rows(dataset, config, split)
        assert expected
        assert found[f"{config}/{split}"] == expected
        assert found[f"{config}/{split} streamed"] == expected
    assert found["default"] == ["test", "train"]
    assert found["tagged"] == first

    put(checkout, "train", "the-wave-at-el-lavadero")
    set_version(checkout, "2.0")
    run()
    found = loaded(hub, tmp_path)
    assert len(found["articles/train"]) == 2
    assert found["articles/train"] == rows(dataset, "articles", "train")
    assert found["tagged"] == first


def test_a_private_dataset(run: Run, hub: Hub) -> None:
    assert run(NAME, "--private").code == 0
    assert hub.repositories[NAME].private
    assert run(NAME, "--private").code == 0


def refused(done: Done, *words: str) -> bool:
    """Whether a command was refused in one line that holds `words`."""
    (line,) = done.err.splitlines()
    assert line.startswith("onrecord: ")
    assert done.out == ""
    assert "Traceback" not in line
    for word in words:
        assert word in line
    return done.code == 2


def test_a_dry_run_asks_nobody(run: Run, checkout: Path, hub: Hub) -> None:
    done = run(NAME, "--dry-run", token="")
    assert done.code == 0
    assert hub.asked == []
    *files, total, tag, message = done.out.splitlines()
    sizes = {name: len(data) for name, data in local(checkout / "dataset").items()}
    assert [line.split() for line in files] == [[f"{sizes[n]:,}", n] for n in sorted(sizes)]
    assert total.split() == [
        f"{sum(sizes.values()):,}",
        *f"bytes in {len(sizes)} files to {NAME}".split(),
    ]
    assert tag == "tag: v1.10"
    assert message == f"message: v1.10 from commit {git(checkout, 'rev-parse', 'HEAD')}"


def test_no_token(run: Run, hub: Hub) -> None:
    assert refused(run(token=""), "HF_TOKEN", "hf auth login")
    assert hub.asked == []


def test_a_wrong_token(run: Run, hub: Hub) -> None:
    assert refused(run(token="hf_wrong"), "401", "HF_TOKEN")
    assert hub.repositories == {}


@pytest.mark.parametrize("name", ["harbour", "a/b/c", "news/häfen", "news/", ".../...", ""])
def test_a_name_that_is_none(name: str, run: Run, hub: Hub) -> None:
    assert refused(run(name), repr(name), "OWNER/NAME")
    assert hub.asked == []


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("create", 403),
        ("tree", 404),
        ("upload", 403),
        ("commit", 412),
        ("commit", 413),
        ("tag", 409),
    ],
)
def test_what_the_hub_refuses_is_one_line(step: str, status: int, run: Run, hub: Hub) -> None:
    hub.upset[step] = status
    assert refused(run(), NAME, str(status), "zu viel Ärger im Hafen", hub.address)
    hub.upset.clear()
    assert run().code == 0
    assert len(hub.repositories[NAME].commits) == 2
    assert len(hub.repositories[NAME].tags) == 1


def test_a_hub_that_is_silent(run: Run, hub: Hub) -> None:
    hub.upset["create"] = "stall"
    assert refused(run(), hub.address, "timed out")


def test_a_hub_that_is_away(
    checkout: Path, onrecord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    done = onrecord("publish", NAME, cwd=checkout)
    assert refused(Done(done.returncode, done.stdout, done.stderr), "http://127.0.0.1:9", "refused")


def test_an_upload_that_breaks_once_is_taken_up_again(run: Run, hub: Hub) -> None:
    hub.upset["upload"] = "hiccup"
    assert run().code == 0
    assert len(hub.repositories[NAME].commits) == 2


@pytest.mark.parametrize("way", ["break", "lose"])
def test_a_connection_that_breaks_at_the_commit(way: str, run: Run, hub: Hub) -> None:
    hub.upset["commit"] = way
    assert refused(run(), hub.address)
    assert hub.repositories[NAME].tags == {}
    hub.upset.clear()
    assert run().code == 0
    published = hub.repositories[NAME]
    assert len(published.commits) == 2
    assert published.tags == {"v1.10": published.head.oid}


def test_a_connection_that_breaks_at_the_tag(run: Run, checkout: Path, hub: Hub) -> None:
    hub.upset["tag"] = "break"
    assert refused(run(), hub.address)
    hub.upset.clear()
    assert run().code == 0
    assert (hub.called("commit"), len(hub.repositories[NAME].tags)) == (1, 1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_upload_publishes_nothing_and_is_finished_by_the_next(
    how: signal.Signals, run: Run, checkout: Path, hub: Hub, tmp_path: Path
) -> None:
    hub.upset["upload"] = "stall"
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "publish", NAME],
        cwd=checkout,
        env={**environment(hub, tmp_path), "HF_TOKEN": TOKEN},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert hub.stalled.wait(20)
        process.send_signal(how)
        try:
            _, err = process.communicate(timeout=5)
        finally:
            process.kill()
    assert process.returncode == -how
    assert "Traceback" not in err
    assert len(hub.repositories[NAME].commits) == 1
    hub.upset.clear()
    assert run().code == 0
    assert len(hub.repositories[NAME].commits) == 2
    assert remote(hub) == local(checkout / "dataset")


def test_a_version_is_published_once(run: Run, checkout: Path, hub: Hub) -> None:
    run()
    before = hub.repositories[NAME].commits[:]
    put(checkout, "train", "the-wave-at-el-lavadero")
    commit(checkout)
    hub.asked.clear()
    assert refused(run(), "v1.10", NAME, "CITATION.cff")
    assert hub.repositories[NAME].commits == before
    assert {"preupload", "batch", "upload", "commit", "tag"}.isdisjoint(hub.asked)


def test_a_version_that_is_no_longer_the_newest(run: Run, checkout: Path, hub: Hub) -> None:
    run()
    hub.repositories[NAME].add("by hand", dict(hub.repositories[NAME].head.files))
    assert refused(run(), "v1.10")


def test_a_dataset_of_another_making_is_left_alone(run: Run, hub: Hub) -> None:
    run()
    repository = hub.repositories[NAME]
    repository.tags.clear()
    repository.add("by hand", {"README.md": b"", "train.csv": b"a,b\n"})
    assert refused(run(), "'train.csv'", NAME)
    assert repository.head.message == "by hand"


def test_a_public_dataset_is_not_taken_for_a_private_one(run: Run, hub: Hub) -> None:
    run()
    assert refused(run(NAME, "--private"), NAME, "public")


def test_a_file_that_did_not_arrive_is_noticed(
    run: Run, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Hub.repository

    def forgetful(self: Hub, name: str) -> Repository:
        whole(self, name).head.files.pop("LICENSE", None)
        return whole(self, name)

    monkeypatch.setattr(Hub, "repository", forgetful)
    assert refused(run(), "'LICENSE'")
    assert hub.repositories[NAME].tags == {}


def test_a_file_that_changes_during_the_upload_is_noticed(
    run: Run, checkout: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Hub.repository

    def meddling(self: Hub, name: str) -> Repository:
        (checkout / "dataset" / "README.md").write_text("something else")
        return whole(self, name)

    monkeypatch.setattr(Hub, "repository", meddling)
    assert refused(run(), "'README.md'")
    assert hub.repositories[NAME].tags == {}


def test_a_corpus_with_errors(run: Run, checkout: Path, hub: Hub) -> None:
    mentions = next(checkout.glob("corpus/train/*/mentions.jsonl"))
    mentions.write_bytes(mentions.read_bytes().replace(b'"name"', b'"nmae"', 1))
    commit(checkout)
    done = run()
    assert done.code == 1
    assert ": E204 " in done.out
    assert hub.asked == []


@pytest.mark.parametrize("licence", ["NOASSERTION", "LicenseRef-Tidningen OR proprietary"])
def test_text_that_may_not_be_passed_on(licence: str, run: Run, checkout: Path, hub: Hub) -> None:
    path = next(checkout.glob("corpus/train/*/documents.jsonl"))
    path.write_bytes(path.read_bytes().replace(b'"CC-BY-4.0"', f'"{licence}"'.encode()))
    commit(checkout)
    assert refused(run(), "1 document ", "'oriel-hazand'", f"--withhold-text {licence}")
    assert refused(run(NAME, "--dry-run"), "'oriel-hazand'")
    assert hub.asked == []
    assert run(NAME, "--withhold-text", licence).code == 0
    documents = io.BytesIO(remote(hub)["data/documents/train-00000-of-00001.parquet"])
    assert pq.read_table(documents)["text"].to_pylist() == [None]


def test_a_licence_that_no_document_has(run: Run, hub: Hub) -> None:
    assert refused(run(NAME, "--withhold-text", "CC-BY-5.0"), "'CC-BY-5.0'", "CC-BY-4.0")
    assert hub.asked == []


def test_uncommitted_work_is_not_published(run: Run, checkout: Path, hub: Hub) -> None:
    (checkout / "överblivet.txt").touch()
    assert refused(run(), "'", "överblivet.txt")
    assert hub.asked == []
    assert not (checkout / "dataset").exists()
