"""Groups of documents: cut the same way whatever happens elsewhere, and taken over unchanged."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import state, survey
from onrecord.build import build
from onrecord.grouping import groups
from onrecord.manifest import Options
from onrecord.paths import Corpus
from onrecord.problem import UncheckedError

from .bench.synthetic import write_corpus

Tree = Callable[[Path], dict[str, str]]
NAMES = st.lists(st.text("abcdef", min_size=1, max_size=4), unique=True, max_size=60).map(sorted)


@given(st.data(), NAMES, st.integers(1, 12))
def test_groups_are_runs_within_bounds(data: st.DataObject, names: list[str], size: int) -> None:
    bundles = [(name, data.draw(st.integers(0, 3 * size))) for name in names]
    cut = list(groups(bundles, size))
    assert [name for group in cut for name in group] == names
    held = dict(bundles)
    for group in cut:
        total = sum(held[name] for name in group)
        assert total <= 2 * size or len(group) == 1
    for group, following in pairwise(cut):
        total = sum(held[name] for name in group)
        assert 2 * total >= size or total + held[following[0]] > 2 * size


def test_a_new_bundle_changes_few_groups() -> None:
    names = [f"article-{number:05d}" for number in range(4000)]
    before = {tuple(group) for group in groups([(name, 1) for name in names], 100)}
    assert len(before) == pytest.approx(40, rel=0.4)
    changed = []
    for number in range(0, 4000, 97):
        grown = sorted([*names, f"article-{number:05d}-more"])
        after = {tuple(group) for group in groups([(name, 1) for name in grown], 100)}
        changed.append(len(after - before))
    assert sum(changed) / len(changed) < 2
    assert max(changed) <= 6


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of 60 bundles with two documents each."""
    folder = tmp_path_factory.mktemp("made")
    write_corpus(folder / "corpus", 120, per_bundle=2)
    return folder


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Corpus:
    shutil.copytree(made / "corpus", tmp_path / "corpus")
    return Corpus(tmp_path / "corpus")


SMALL = Options(size=10)


def edit(corpus: Corpus, bundle: str) -> None:
    """Change one label of one claim."""
    claims = corpus.folder / "train" / bundle / "claims.jsonl"
    claims.write_bytes(claims.read_bytes().replace(b'"certain"', b'"probable"', 1))


@pytest.mark.slow
def test_groups_hold_every_row_in_order(corpus: Corpus, tmp_path: Path) -> None:
    many = build(corpus, tmp_path / "many", SMALL)
    one = build(corpus, tmp_path / "one")
    for folder in sorted((one / "data").iterdir()):
        parts = sorted((many / "data" / folder.name).iterdir())
        assert len(parts) > 5
        rows = [row for part in parts for row in pq.read_table(part).to_pylist()]
        assert rows == pq.read_table(next(folder.iterdir())).to_pylist()


@pytest.mark.slow
def test_an_edit_changes_only_the_files_of_its_group(
    corpus: Corpus, tmp_path: Path, tree: Tree
) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    before, inodes = tree(target), nodes(target)
    edit(corpus, "bundle-00030")
    build(corpus, target, SMALL)
    after = tree(target)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    parts = {Path(name).name for name in changed if name.startswith("data/")}
    assert len(parts) == 1
    assert {"README.md", "SHA256SUMS"} <= changed
    same = [n for n in nodes(target) if n.startswith("data/") and Path(n).name not in parts]
    assert all(nodes(target)[name] == inodes[name] for name in same)
    fresh = build(corpus, tmp_path / "fresh", SMALL)
    assert tree(fresh) == after


@pytest.mark.slow
def test_nothing_changed_is_seen_without_a_look_inside(corpus: Corpus, tmp_path: Path) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    before = target.stat().st_ino
    build(corpus, target, SMALL)
    assert target.stat().st_ino == before
    build(corpus, target, Options(size=10, full=True))
    assert target.stat().st_ino != before


LIGHT = """
import sys
from pathlib import Path
from onrecord.build import build
from onrecord.manifest import Options
from onrecord.paths import Corpus
build(Corpus(Path(sys.argv[1])), Path(sys.argv[2]), Options(size=10))
heavy = {"datasets", "pyarrow", "numpy", "huggingface_hub", "sentencex", "syntok", "jinja2"}
sys.exit(len(heavy & set(sys.modules)))
"""


@pytest.mark.slow
def test_nothing_heavy_is_imported_to_see_it(corpus: Corpus, tmp_path: Path) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    command = [sys.executable, "-c", LIGHT, str(corpus.folder), str(target)]
    subprocess.run(command, check=True)
    (target / "README.md").unlink()
    assert subprocess.run(command, check=False).returncode > 1


@pytest.mark.parametrize("change", ["touch", "rewrite"])
def test_a_new_time_alone_changes_nothing(change: str, corpus: Corpus, tmp_path: Path) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    before = target.stat().st_ino
    path = corpus.folder / "train" / "bundle-00030" / "claims.jsonl"
    if change == "touch":
        os.utime(path)
    else:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    build(corpus, target, SMALL)
    assert target.stat().st_ino == before


def test_an_edit_within_one_tick_of_the_clock_is_seen(
    corpus: Corpus, tmp_path: Path, tree: Tree
) -> None:
    path = corpus.folder / "train" / "bundle-00030" / "mentions.jsonl"
    os.utime(path)
    target = build(corpus, tmp_path / "dataset", SMALL)
    before, status = tree(target), path.stat()
    with path.open("r+b") as file:
        data = file.read()
        file.seek(0)
        file.write(data.replace(b'"nominal"', b'"metonym"', 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        status.st_size,
        status.st_mtime_ns,
        status.st_ino,
    )
    build(corpus, target, SMALL)
    assert tree(target) != before


def test_new_times_are_remembered(corpus: Corpus, tmp_path: Path) -> None:
    """So that what was touched, as a checkout touches it, is read once and not at every build."""
    target = build(corpus, tmp_path / "dataset", SMALL)
    path = corpus.folder / "train" / "bundle-00030" / "claims.jsonl"
    os.utime(path, (1e9, 1e9))
    build(corpus, target, SMALL)
    left = state.load(target)
    assert left is not None
    stamps = survey.bundles(corpus)
    assert left.seen.bundles["train/bundle-00030"].stamp == stamps["train/bundle-00030"]


@pytest.mark.slow
@pytest.mark.parametrize("how", ["changed", "missing", "replaced"])
def test_a_damaged_dataset_is_mended(how: str, corpus: Corpus, tmp_path: Path, tree: Tree) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    before = tree(target)
    path = sorted((target / "data" / "claims").iterdir())[2]
    if how == "missing":
        path.unlink()
    elif how == "replaced":
        shutil.copy(sorted((target / "data" / "claims").iterdir())[3], path)
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    build(corpus, target, SMALL)
    assert tree(target) == before


@pytest.mark.slow
def test_bundles_come_and_go(corpus: Corpus, tmp_path: Path, tree: Tree) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    shutil.rmtree(corpus.folder / "train" / "bundle-00007")
    shutil.rmtree(corpus.folder / "train" / "bundle-00059")
    (corpus.folder / "test").mkdir()
    shutil.move(corpus.folder / "train" / "bundle-00011", corpus.folder / "test")
    build(corpus, target, SMALL)
    assert tree(target) == tree(build(corpus, tmp_path / "fresh", SMALL))


@pytest.mark.slow
@pytest.mark.parametrize("field", ["id", "story", "kind", "text"])
def test_a_contradiction_with_an_unchanged_group_is_found(
    field: str, corpus: Corpus, tmp_path: Path, tree: Tree
) -> None:
    target = tmp_path / "dataset"
    if field in ("story", "text"):
        spread(corpus)
    build(corpus, target, SMALL)
    before = tree(target)
    contradict(corpus, field)
    with pytest.raises(UncheckedError) as caught:
        build(corpus, target, SMALL)
    codes = {"id": "E501", "story": "E502", "kind": "E504", "text": "E503"}
    assert {problem.code for problem in caught.value.problems} == {codes[field]}
    assert tree(target) == before


def spread(corpus: Corpus) -> None:
    """Give one document a story, and the last bundle to another split."""
    (corpus.folder / "test").mkdir()
    shutil.move(corpus.folder / "train" / "bundle-00059", corpus.folder / "test")
    amend(corpus.folder / "train" / "bundle-00000" / "documents.jsonl", "story", "strait")


def contradict(corpus: Corpus, field: str) -> None:
    """Make the last bundle contradict the first."""
    first, last = (corpus.folder / "train" / f"bundle-000{n}" for n in ("00", "58"))
    if field == "id":
        shutil.rmtree(last)
        shutil.copytree(first, last)
    elif field == "story":
        amend(corpus.folder / "test" / "bundle-00059" / "documents.jsonl", "story", "strait")
    elif field == "text":
        copy = corpus.folder / "test" / "bundle-00060"
        shutil.copytree(first, copy)
        for table in copy.iterdir():
            table.write_bytes(table.read_bytes().replace(b'"doc-0', b'"doc-9'))
        amend(copy / "documents.jsonl", "story", "another")
    else:
        path = last / "actors.jsonl"
        path.write_bytes(path.read_bytes().replace(b'"kind":"gpe"', b'"kind":"organization"'))


def amend(path: Path, field: str, value: str) -> None:
    """Set a field of the first record."""
    first, *rest = path.read_bytes().splitlines(keepends=True)
    record = json.loads(first)
    keys = list(record)
    keys.insert(keys.index("origin") + 1, field)
    line = json.dumps(
        {key: {**record, field: value}[key] for key in keys},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    path.write_bytes(line.encode() + b"\n" + b"".join(rest))


def nodes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["empty", "cut", "foreign", "other settings"])
def test_what_a_build_remembers_may_be_of_no_use(
    damage: str, corpus: Corpus, tmp_path: Path, tree: Tree
) -> None:
    target = build(corpus, tmp_path / "dataset", SMALL)
    before, path = tree(target), tmp_path / ".dataset.state"
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(path.read_bytes()[:-100])
        case "foreign":
            path.write_bytes(b'{"a": 1}')
        case _:
            left = state.load(target)
            assert left is not None
            seen = msgspec.structs.replace(left.seen, settings="of another version")
            packed = msgspec.Raw(msgspec.msgpack.encode(["of", "another", "form"]))
            path.write_bytes(msgspec.msgpack.encode(state.State(seen, packed)))
    build(corpus, target, SMALL)
    assert tree(target) == before
