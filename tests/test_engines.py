"""The same dataset, byte for byte, however many processes or machines make it."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from onrecord.build import build
from onrecord.engines import WorkerError, pool
from onrecord.manifest import Options
from onrecord.paths import Corpus

from .bench.synthetic import write_corpus

pytestmark = pytest.mark.slow

Tree = Callable[[Path], dict[str, str]]
SMALL = Options(size=10)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("made") / "corpus"
    write_corpus(folder, 120, per_bundle=5)
    return Corpus(folder)


def test_two_processes_make_the_same(corpus: Corpus, tmp_path: Path, tree: Tree) -> None:
    one = build(corpus, tmp_path / "one", SMALL)
    two = build(corpus, tmp_path / "two", SMALL, engine=pool(2))
    assert tree(one) == tree(two)


def test_a_dead_worker_process_is_told(tmp_path: Path) -> None:
    tasks: Sequence[int] = [9, 9]
    with pytest.raises(WorkerError):
        list(pool(2)(os._exit, tasks))


ON_RAY = """
import os, signal, sys, time
from pathlib import Path
from ray.cluster_utils import Cluster
from onrecord import cli
from onrecord.build import build
from onrecord.engines import ray_cluster
from onrecord.manifest import Options
from onrecord.paths import Corpus

def workers():
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if status.read_bytes().startswith(b"ray::make"):
                yield int(status.parent.name)
        except OSError:
            pass

def kill_one():
    limit = time.monotonic() + 5
    while time.monotonic() < limit:
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
            print("killed", flush=True)
            return

def killing(results, total):
    for number, result in enumerate(results):
        if number in (0, 3):
            kill_one()
        yield result

if __name__ == "__main__":
    corpus, folder = Corpus(Path(sys.argv[1])), Path(sys.argv[2])
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=1)
    options = Options(size=10)
    engine = ray_cluster(cluster.address)
    build(corpus, folder / "killed", options, engine=engine, progress=killing)
    command = f"build --corpus {corpus.folder} --to {folder / 'command'} --group-size 10"
    code = cli.main([*command.split(), "--engine", "ray", "--address", cluster.address])
    cluster.shutdown()
    sys.exit(code)
"""


def test_ray_makes_the_same_though_workers_die(corpus: Corpus, tmp_path: Path, tree: Tree) -> None:
    """Two nodes on this machine, each with a processor of its own."""
    expected = tree(build(corpus, tmp_path / "serial", SMALL))
    done = subprocess.run(
        [sys.executable, "-c", ON_RAY, str(corpus.folder), str(tmp_path)],
        env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "killed" in done.stdout
    assert tree(tmp_path / "killed") == expected
    assert tree(tmp_path / "command") == expected


def test_a_cluster_that_is_not_there_is_one_line(corpus: Corpus, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "onrecord", "build", "--engine", "ray"),
            *("--address", "127.0.0.1:9", "--corpus", str(corpus.folder)),
            *("--to", str(tmp_path / "dataset")),
        ],
        env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[-1].startswith("onrecord: ray at '127.0.0.1:9'")
    assert "Traceback" not in done.stderr
