"""`onrecord predict`: what is written, and what is never written over."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import load
from onrecord.paths import Corpus
from onrecord.predict import predict
from onrecord.predictors import open_predictor
from onrecord.predictors.rules import Rules
from onrecord.problem import NotFoundError, OccupiedError
from onrecord.store import read_articles
from onrecord.validate import check_places

from .conftest import ROOT
from .server import serving

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]


@pytest.mark.slow
def test_the_corpus_is_predicted_without_errors(tmp_path: Path) -> None:
    places = list(Corpus(ROOT / "corpus").places())
    number = predict(places, Rules(), tmp_path / "rules")
    corpus = Corpus(tmp_path / "rules")
    problems = check_places(list(corpus.places()), whole=corpus)
    assert [problem for problem in problems if problem.is_error] == []
    found = [article.document for _, article in read_articles(corpus.places())]
    assert len(found) == number == len(places)
    assert {(d.annotation.method, d.annotation.passes, d.seed) for d in found} == {
        ("model", 1, None)
    }
    assert {d.layers for d in found} == {("actors", "quotes", "claims")}


def test_bundles_of_many_documents_and_any_order(tmp_path: Path, tree: Tree) -> None:
    places = list(Corpus(ROOT / "corpus").split("train"))[:3]
    folder = tmp_path / "corpus" / "train" / "all"
    folder.mkdir(parents=True)
    for path in places[0].folder.iterdir():
        parts = [(place.folder / path.name).read_bytes() for place in places]
        (folder / path.name).write_bytes(b"".join(parts))
    corpus = Corpus(tmp_path / "corpus")
    predict(list(corpus.places()), Rules(), tmp_path / "joined")
    predict(places, Rules(), tmp_path / "one")
    predict(places[::-1], Rules(), tmp_path / "other")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")
    for name in ("mentions", "quotes"):
        parts = [
            (tmp_path / "one" / "train" / place.name / f"{name}.jsonl").read_bytes()
            for place in places
        ]
        joined = (tmp_path / "joined" / "train" / "all" / f"{name}.jsonl").read_bytes()
        assert joined == b"".join(parts)


def test_what_is_there_is_replaced_only_on_demand(tmp_path: Path, tree: Tree) -> None:
    places = list(Corpus(ROOT / "corpus").split("train"))[:2]
    predict(places, Rules(), tmp_path / "out")
    before = tree(tmp_path / "out")
    with pytest.raises(OccupiedError):
        predict(places[:1], Rules(), tmp_path / "out")
    (tmp_path / "out" / "train" / places[0].name / "quotes.jsonl").write_bytes(b"")
    predict(places[:1], Rules(), tmp_path / "out", over=True)
    assert tree(tmp_path / "out") == before


def test_annotations_of_people_are_never_replaced(small: Path, tree: Tree) -> None:
    before = tree(small)
    with pytest.raises(OccupiedError):
        predict(list(Corpus(small / "corpus").places()), Rules(), small / "corpus", over=True)
    assert tree(small) == before


@pytest.mark.parametrize("name", ["notes.txt", "extra.jsonl"])
def test_other_files_are_never_touched(name: str, tmp_path: Path) -> None:
    places = list(Corpus(ROOT / "corpus").split("train"))[:1]
    folder = tmp_path / "out" / "train" / places[0].name
    folder.mkdir(parents=True)
    (folder / name).write_text("mine")
    with pytest.raises(OccupiedError):
        predict(places, Rules(), tmp_path / "out", over=True)
    assert [path.name for path in folder.iterdir()] == [name]


def test_two_bundles_for_one_place_are_refused(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small / "corpus", tmp_path / "copy")
    places = [*Corpus(small / "corpus").places(), *Corpus(tmp_path / "copy").places()]
    with pytest.raises(OccupiedError):
        predict(places, Rules(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("spec", ["magic", "rules:x", "hf", "hf:", "llm", "crf:", ""])
def test_unknown_models_are_told(spec: str) -> None:
    with pytest.raises(NotFoundError):
        open_predictor(spec)


def test_only_served_models_have_a_name() -> None:
    with pytest.raises(NotFoundError):
        open_predictor("rules", name="x")


@pytest.mark.slow
def test_the_command_says_where(small: Path, onrecord: Command) -> None:
    done = onrecord("predict", "--model", "rules", cwd=small)
    assert (done.returncode, done.stdout) == (0, "predictions/rules: 1 document\n")
    assert done.stderr == ""
    done = onrecord("check", "predictions/rules", "--select", "E", cwd=small)
    assert done.returncode == 0, done.stdout
    done = onrecord("predict", "--model", "rules", cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    done = onrecord("predict", "--model", "magic", cwd=small)
    assert done.returncode == 2


@pytest.mark.slow
def test_a_language_model_predicts_and_is_scored(onrecord: Command, tmp_path: Path) -> None:
    """It answers as gold does, so all is right but which mention of the right actor speaks."""
    golds = {r["messages"][1]["content"]: r["messages"][2]["content"] for r in load("chat", "test")}
    test = ROOT / "corpus" / "test"
    with serving(lambda request: golds[request["messages"][-1]["content"]]) as stub:
        done = onrecord("predict", test, "--model", f"llm:{stub.url}", "--to", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert f"{len(golds)} documents" in done.stdout
    scored = onrecord("score", test, tmp_path / "out", "--json", "--samples", 0)
    figures = {key: m["figure"] for key, m in json.loads(scored.stdout)["measures"].items()}
    for key in ("mentions:strict", "mentions:form", "coreference:lea"):
        assert figures[key] > 0.99
    assert {figures[key] for key in ("quotes:speaker", "quotes:content-strict")} == {1}
    assert {figures[key] for key in ("claims:strict", "claims:claimant", "claims:kind")} == {1}


@pytest.mark.parametrize(
    "target", ["corpus/test", "corpus/test/the-framework-leaked/x", "README.md"]
)
def test_nothing_is_written_into_a_split_or_over_a_file(
    checkout: Path, tree: Tree, target: str
) -> None:
    before = tree(checkout)
    with pytest.raises(OccupiedError):
        predict(list(Corpus(checkout / "corpus").split("test")), Rules(), checkout / target)
    assert tree(checkout) == before


@pytest.mark.slow
def test_documents_that_a_model_could_not_annotate_are_told(
    onrecord: Command, tmp_path: Path
) -> None:
    test = ROOT / "corpus" / "validation"
    number = len(list(test.iterdir()))
    with serving(lambda _: "I would rather not.") as stub:
        done = onrecord("predict", test, "--model", f"llm:{stub.url}", "--to", tmp_path / "out")
    assert done.returncode == 1
    assert f"{number} of {number} documents have no usable reply" in done.stderr
    assert f"{number} documents" in done.stdout


@pytest.mark.slow
def test_predictions_beside_the_corpus_answer_for_no_seeds(
    onrecord: Command, checkout: Path
) -> None:
    assert onrecord("predict", "corpus/test", "--model", "rules", "--to", "p", cwd=checkout)
    done = onrecord("check", "p", "--select", "E", cwd=checkout)
    assert (done.returncode, done.stdout) == (0, "")
    shutil.rmtree(checkout / "corpus" / "second" / "train")
    assert onrecord("check", "corpus/second", "--select", "E", cwd=checkout).returncode == 0
