"""Documents come in all or none; nothing that is there is lost or half-written."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord import store, swap
from onrecord.bring import Order, bring
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError, OccupiedError, UncheckedError
from onrecord.standoff import maps
from onrecord.standoff.format import Found, Importer, Raw, Reading
from onrecord.standoff.graph import Node, Standoff
from onrecord.standoff.scheme import standoff
from onrecord.target import Target, target
from onrecord.validate import check_bundle

from . import nasty
from .conftest import ROOT

Tree = Callable[[Path], dict[str, str]]


def importer(*found: Found, broken: str = "") -> Importer:
    """A way in that gives these documents, and then tells of a fault if there is one."""

    def read(path: Path, reading: Reading) -> Iterator[Found]:
        yield from found
        if broken:
            reading.wrong(str(path), 7, broken)

    return Importer(name="given", title="given documents", read=read, takes="nothing")


def brought(to: Target, *found: Found, broken: str = "", **order: Any) -> Losses:
    losses = Losses()
    how = Order(map=maps.load("onrecord"), **order)
    reading = Reading(losses, [])
    bring(importer(*found, broken=broken), Path("a"), to, how, reading)
    return losses


@pytest.fixture
def train(tmp_path: Path) -> Target:
    return target(tmp_path / "corpus" / "train")


def articles(to: Target) -> list[Article]:
    return [article for _, article in store.read_articles(to.corpus.split(to.split))]


def test_each_document_gets_a_bundle_that_is_sound(train: Target) -> None:
    losses = brought(train, *map(standoff, nasty.articles()))
    assert not losses
    folder = train.corpus.folder / "train"
    assert store.names(folder) == [article.document.id for article in nasty.articles()]
    for place in train.corpus.places():
        assert not [p for p in check_bundle(place, level=3).problems if p.is_error]
    assert not [name for name in train.corpus.root.iterdir() if name.name != "corpus"]


def test_several_documents_go_into_one_bundle(tmp_path: Path) -> None:
    to = target(tmp_path / "corpus" / "test" / "all")
    brought(to, *map(standoff, nasty.articles()))
    (place,) = to.corpus.places()
    assert (place.split, place.name) == ("test", "all")
    assert len(store.read_documents(place.folder)) == 4
    assert not [p for p in check_bundle(place, level=3).problems if p.is_error]


def test_an_article_without_annotations_gets_a_seed(train: Target) -> None:
    source = b"Ferry sinks\r\nNobody was hurt.  \n"
    told = {"language": "en", "url": "https://e.example/1", "published": "2031-01-02"}
    brought(train, Raw("Ferry sinks!", source, told))
    (article,) = articles(train)
    assert article.document.id == "ferry-sinks"
    assert article.document.url == "https://e.example/1"
    assert (train.corpus.seeds / "ferry-sinks.txt").read_bytes() == source
    (place,) = train.corpus.places()
    assert not [p for p in check_bundle(place).problems if p.is_error]
    with pytest.raises(OccupiedError, match="has this text already"):
        brought(train, Raw("Another name", source, told))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("../../../etc/passwd", "etc-passwd"),
        ("/absolute", "absolute"),
        ("a/b\\c:d*e\0f\ng", "a-b-c-d-e-f-g"),
        ("陈静", "document"),
        ("", "document"),
        (".", "document"),
        ("x" * 400, "x" * 100),
        ("Größe – 26056 (2006-05-01)", "groe-26056-2006-05-01"),
    ],
)
def test_names_of_documents_lead_nowhere_else(name: str, slug: str, train: Target) -> None:
    brought(train, Standoff(name, "Some text"))
    assert store.names(train.corpus.folder / "train") == [slug]


def test_names_that_become_the_same_are_told_apart(train: Target) -> None:
    brought(train, Standoff("A b", "One"), Standoff("a-b", "Two"), Standoff("A.B", "Three"))
    assert store.names(train.corpus.folder / "train") == ["a-b", "a-b-2", "a-b-3"]


def test_an_id_twice_is_an_error(train: Target) -> None:
    one = Standoff("a", "One", document={"id": "same"})
    with pytest.raises(UncheckedError) as raised:
        brought(train, one, Standoff("b", "Two", document={"id": "same"}, path="b.ann"))
    (problem,) = raised.value.problems
    assert (problem.path, "there twice" in problem.message) == ("b.ann", True)


@pytest.mark.parametrize("name", ["../out", "A b", "x" * 300, "."])
def test_an_id_that_is_none_is_an_error(name: str, train: Target, tree: Tree) -> None:
    train.corpus.root.mkdir(exist_ok=True)
    before = tree(train.corpus.root)
    with pytest.raises(UncheckedError):
        brought(train, Standoff("", "One", document={"id": name}))
    assert tree(train.corpus.root) == before


def test_one_fault_keeps_everything_out(train: Target, tree: Tree) -> None:
    train.corpus.root.mkdir(exist_ok=True)
    bad = Standoff("bad", "Some text", (Node("n", "person", ((0, 4),), {}, ("Sume",), 3),))
    with pytest.raises(UncheckedError) as raised:
        brought(train, Standoff("good", "Other text"), bad, broken="no such thing")
    assert {(p.line, p.code) for p in raised.value.problems} == {(3, "source"), (7, "source")}
    assert tree(train.corpus.root) == {}
    assert list(train.corpus.root.iterdir()) == []


def test_strict_lets_no_loss_pass(train: Target) -> None:
    odd = Standoff(
        "odd", "Some text", (Node("n", "animal", ((0, 4),), {}, ("Some",), 3),), path="o"
    )
    with pytest.raises(UncheckedError) as raised:
        brought(train, odd, strict=True)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line, problem.code) == ("o", 3, "lost")
    assert problem.message == "label animal 'Some'"
    assert not train.corpus.folder.exists()
    assert brought(train, odd).lost_kinds == {"label animal": 1}


def test_what_is_there_is_replaced_only_if_asked(train: Target, tree: Tree) -> None:
    brought(train, Standoff("one", "First"), Standoff("two", "Second"))
    before = tree(train.corpus.root)
    with pytest.raises(OccupiedError, match="--replace"):
        brought(train, Standoff("zero", "New"), Standoff("two", "Other"))
    assert tree(train.corpus.root) == before
    brought(train, Standoff("zero", "New"), Standoff("two", "Other"), replace=True)
    assert [a.document.text for a in articles(train)] == ["First", "Other", "New"]


def test_a_document_in_another_split_is_in_the_way(train: Target) -> None:
    brought(train, Standoff("one", "First"))
    with pytest.raises(OccupiedError, match="document 'one' is in"):
        brought(Target(train.corpus, "test"), Standoff("one", "First"), replace=True)


def test_what_cannot_be_moved_is_moved_back(
    train: Target, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(train, Standoff("b", "Old b"), Standoff("c", "Old c"))
    before = tree(train.corpus.root)
    rename, count = Path.rename, 0

    def third_fails(path: Path, to: Path) -> Path:
        nonlocal count
        count += "onrecord-import" in str(path)
        if count == 2:
            count += 1
            raise OSError(28, "No space left on device", str(to))
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", third_fails)
    new = [Standoff(name, f"New {name}") for name in "abcde"]
    with pytest.raises(OSError, match="No space"):
        brought(train, *new, replace=True)
    assert tree(train.corpus.root) == before


def test_without_a_call_to_exchange_names_nothing_is_lost_either(
    train: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    brought(train, Standoff("b", "Old b"))
    brought(train, Standoff("b", "New b"), replace=True)
    assert [a.document.text for a in articles(train)] == ["New b"]


def test_a_text_twice_in_the_source_is_an_error(train: Target, tree: Tree) -> None:
    one, same = Raw("one", b"Ferry sinks.\n"), Raw("two", b"FERRY  sinks.", path="two.txt")
    with pytest.raises(UncheckedError) as raised:
        brought(train, one, same, Raw("three", b"Nobody was hurt."))
    (problem,) = raised.value.problems
    assert (problem.path, problem.message.partition(",")[0]) == ("two.txt", "has the text of 'one'")
    assert not train.corpus.root.exists() or tree(train.corpus.root) == {}


def test_a_corpus_is_read_once_for_many_new_articles(
    train: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(train, *(Raw(f"old {n}", f"Old {n}".encode()) for n in range(4)))
    reads, read = [], store.read_documents

    def counted(folder: Path) -> Any:
        reads.append(folder)
        return read(folder)

    monkeypatch.setattr(store, "read_documents", counted)
    brought(train, *(Raw(f"new {n}", f"New {n}".encode()) for n in range(8)))
    assert len(reads) <= 4 + 8 + 4


def test_a_replaced_bundle_is_checked_beside_its_seed(train: Target) -> None:
    brought(train, Raw("ferry", b"Ferry sinks."))
    (article,) = articles(train)
    reading = Reading(Losses(), [])
    again = importer(standoff(article))
    order = Order(map=maps.load("onrecord"), replace=True)
    assert not bring(again, Path("a"), train, order, reading).problems
    train.corpus.seed("ferry").write_bytes(b"Ferry sunk.")
    changed = bring(again, Path("a"), train, order, reading).problems
    assert {problem.code for problem in changed} == {"E337"}


@pytest.mark.parametrize("name", ["notes.md", ".git", "more"])
def test_only_bundles_are_replaced(name: str, train: Target) -> None:
    brought(train, Standoff("one", "First"))
    kept = train.corpus.folder / "train" / "one" / name
    kept.mkdir()
    with pytest.raises(OccupiedError, match="would be lost"):
        brought(train, Standoff("one", "Other"), replace=True)
    assert kept.is_dir()
    assert [a.document.text for a in articles(train)] == ["First"]


@pytest.mark.parametrize("path", ["corpus", "corpus/devel", "corpus/first", "other/devel", "other"])
def test_what_is_no_split_of_a_corpus_is_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "other" / "train").mkdir(parents=True)
    with pytest.raises(NotFoundError, match="expected one of train, validation, test"):
        target(tmp_path / path)


def test_what_a_killed_run_left_goes_when_it_is_old(train: Target) -> None:
    left = [train.corpus.root / f".onrecord-import-{name}" for name in ("old", "new")]
    for folder in left:
        (folder / "corpus" / "train" / "one").mkdir(parents=True)
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(left[0], (long_ago, long_ago))
    brought(train, Standoff("one", "First"))
    assert [folder.exists() for folder in left] == [False, True]


def test_folders_made_for_nothing_go_again(tmp_path: Path) -> None:
    with pytest.raises(UncheckedError):
        brought(target(tmp_path / "a" / "b" / "corpus" / "train"), broken="no such thing")
    assert not (tmp_path / "a").exists()
    (tmp_path / "a").mkdir()
    with pytest.raises(UncheckedError):
        brought(target(tmp_path / "a" / "b" / "corpus" / "train"), broken="no such thing")
    assert list((tmp_path / "a").iterdir()) == []


@pytest.mark.parametrize(
    ("path", "split", "bundle"),
    [
        ("corpus/train", "train", ""),
        ("corpus/train/", "train", ""),
        ("corpus/train/storm", "train", "storm"),
        ("corpus/first/test", "test", ""),
        ("elsewhere/storm", "elsewhere", "storm"),
        ("corpus/train/test", "train", "test"),
        ("corpus/train/corpus", "train", "corpus"),
        ("corpus/test/../train", "train", ""),
    ],
)
def test_where_documents_go(path: str, split: str, bundle: str, tmp_path: Path) -> None:
    found = target(tmp_path / path)
    assert (found.split, found.bundle) == (split, bundle)
    assert found.corpus.folder == Path(os.path.normpath(tmp_path / path)).parents[bool(bundle)]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "train").symlink_to(tmp_path / "real")
    (tmp_path / "file").touch()
    for name in ("train", "file"):
        with pytest.raises(OccupiedError):
            target(tmp_path / name)


def test_no_document_is_no_import(train: Target) -> None:
    with pytest.raises(NotFoundError, match="no document"):
        brought(train)


def test_the_command_reports(tmp_path: Path, onrecord: Any) -> None:
    notes = tmp_path / "storm.interlinear"
    (tmp_path / "storm.txt").write_text("Storm hits Gharat\nThe mayor fled.")
    notes.write_text(
        "document=storm\n@mayor person - - | the mayor\n---\n¶2\n  m The mayor=mayor\n"
    )
    report = tmp_path / "report.json"
    to = tmp_path / "corpus" / "train"
    done: subprocess.CompletedProcess[str] = onrecord(
        "import", "interlinear", notes, "--to", to, "--report", report, "--license", "CC0-1.0"
    )
    assert (done.returncode, done.stdout) == (0, "The mayor = mayor (nominal)\n")
    assert "1 documents, 1 actors, 1 mentions" in done.stderr
    told = msgspec.json.decode(report.read_bytes())
    assert told["records"]["mentions"] == 1
    (document,) = store.read_documents(to / "storm")
    assert document.license == "CC0-1.0"
    assert onrecord("import", "interlinear", notes, "--to", to).returncode == 2
    done = onrecord("import", "interlinear", tmp_path / "none", "--to", to)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    done = onrecord("import", "interlinear", notes, "--to", to, "--map", "onrecord")
    assert (done.returncode, "expected no --map" in done.stderr) == (2, True)


def test_a_map_that_knows_no_label_is_told(tmp_path: Path, onrecord: Any) -> None:
    source, to = tmp_path / "storm.ann", tmp_path / "corpus" / "train"
    (tmp_path / "storm.txt").write_text("Storm hits Gharat")
    source.write_text("T1\tPlace 11 17\tGharat\n")
    done = onrecord("import", "brat", source, "--to", to)
    assert (done.returncode, "(--map)" in done.stderr) == (0, True)
    source.write_text("T1\tgpe 11 17\tGharat\nT2\tPlace 11 17\tGharat\n")
    done = onrecord("import", "brat", source, "--to", to, "--replace")
    assert (done.returncode, "(--map)" in done.stderr) == (0, False)


def test_where_a_report_goes_is_seen_to_first(tmp_path: Path, onrecord: Any) -> None:
    source, to = tmp_path / "storm.txt", tmp_path / "corpus" / "train"
    source.write_text("Storm hits Gharat")
    assert onrecord("import", "text", source, "--to", to, "--report", tmp_path).returncode == 2
    assert not to.exists()
    report = tmp_path / "new" / "report.json"
    assert onrecord("import", "text", source, "--to", to, "--report", report).returncode == 0
    assert msgspec.json.decode(report.read_bytes())["records"]["documents"] == 1


def test_the_corpus_of_the_tests_is_not_touched() -> None:
    assert not list(ROOT.glob(".onrecord-*"))
    assert Corpus(ROOT / "corpus").folder.is_dir()
