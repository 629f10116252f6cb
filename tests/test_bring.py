"""Documents come in all or none; nothing that is there is lost or half-written."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord import store, swap
from onrecord.bring import Order, Target, bring, target
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.paths import Corpus
from onrecord.problem import NotFoundError, OccupiedError, UncheckedError
from onrecord.standoff import maps
from onrecord.standoff.format import Found, Importer, Raw, Reading
from onrecord.standoff.graph import Node, Standoff
from onrecord.standoff.scheme import standoff
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
    assert (problem.path, problem.line, problem.message) == ("o", 3, "lost: label animal 'Some'")
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


@pytest.mark.parametrize(
    ("path", "split", "bundle"),
    [
        ("corpus/train", "train", ""),
        ("corpus/train/", "train", ""),
        ("corpus/train/storm", "train", "storm"),
        ("corpus/first/test", "test", ""),
        ("elsewhere/storm", "elsewhere", "storm"),
        ("corpus/train/test", "train", "test"),
    ],
)
def test_where_documents_go(path: str, split: str, bundle: str, tmp_path: Path) -> None:
    found = target(tmp_path / path)
    assert (found.split, found.bundle) == (split, bundle)
    assert found.corpus.folder == (tmp_path / path).parents[bool(bundle)]


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


def test_the_corpus_of_the_tests_is_not_touched() -> None:
    assert not list(ROOT.glob(".onrecord-*"))
    assert Corpus(ROOT / "corpus").folder.is_dir()
