"""Scoring as a user does it: predictions in folders, sound and broken."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.paths import SPLITS

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TEST = ROOT / "corpus" / "test"
NAME = "the-framework-leaked"
OTHER = "government-clarifies-working-paper"
TABLES = ("actors", "mentions", "quotes", "claims")


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process, which spares starting one and importing all for each run."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        try:
            code: object = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        assert isinstance(code, int)
        told = capsys.readouterr()
        return subprocess.CompletedProcess("onrecord", code, told.out, told.err)

    return run


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents of the test split, as few as need a warning."""
    for name in (NAME, OTHER):
        shutil.copytree(TEST / name, tmp_path / "gold" / "test" / name)
    return tmp_path / "gold" / "test"


@pytest.fixture
def predictions(gold: Path, tmp_path: Path) -> Path:
    """The gold annotation of both as predictions: tables of annotations in folders."""
    for place in gold.iterdir():
        folder = tmp_path / "predictions" / place.name
        folder.mkdir(parents=True)
        for table in TABLES:
            shutil.copy(place / f"{table}.jsonl", folder)
    return tmp_path / "predictions"


def records(split: Path, table: str) -> int:
    """How many records of a table the bundles of a split hold."""
    return sum(len(path.read_text().splitlines()) for path in split.glob(f"*/{table}.jsonl"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_tables_and_json(gold: Path, onrecord: Command, predictions: Path) -> None:
    done = onrecord("score", gold, predictions)
    assert done.returncode == 0
    assert "intervals from 2 documents are too narrow" in done.stderr
    mentions = records(gold, "mentions")
    strict = next(line for line in done.stdout.splitlines() if line.startswith("| strict"))
    assert [cell.strip() for cell in strict.split("|")[2:7]] == [
        str(mentions),
        str(mentions),
        *["1.000"] * 3,
    ]
    found = json.loads(onrecord("score", gold, predictions, "--json", "--samples", 20).stdout)
    assert found["documents"] == sorted(place.name for place in gold.iterdir())
    assert found["measures"]["mentions:strict"] == {
        "kind": "F1", "gold": mentions, "predicted": mentions,
        "precision": 1, "recall": 1, "figure": 1, "low": 1, "high": 1,
    }  # fmt: skip


def test_numbers_that_a_measure_does_not_have_are_null(
    gold: Path, onrecord: Command, predictions: Path
) -> None:
    done = onrecord("score", gold, predictions, "--json", "--samples", 0)
    measures = json.loads(done.stdout)["measures"]
    for key, found in measures.items():
        has_shares = {found["precision"] is not None, found["recall"] is not None}
        assert has_shares == {found["kind"] == "F1"}, key
    conll = measures["coreference:conll"]
    assert (conll["gold"], conll["predicted"]) == (None, None)
    assert measures["quotes:speaker-accuracy"]["gold"] == records(gold, "quotes")


def test_a_gold_document_that_is_there_twice(onrecord: Command, tmp_path: Path) -> None:
    for split in ("train", "test"):
        shutil.copytree(DATA / "sound", tmp_path / split / "harbour-strike")
    done = onrecord("score", tmp_path, DATA / "sound")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: 'harbour-strike' is in ")


def test_one_document_has_no_intervals_to_warn_of(
    gold: Path, onrecord: Command, predictions: Path
) -> None:
    shutil.rmtree(predictions / OTHER)
    done = onrecord("score", gold / NAME, predictions, "--samples", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert " to " not in done.stdout


def test_one_folder_may_hold_all_and_json_as_python_writes_it(
    gold: Path, onrecord: Command, predictions: Path, tmp_path: Path
) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    for table in TABLES:
        lines = [
            json.dumps(json.loads(line), sort_keys=True)
            for place in sorted(predictions.iterdir(), reverse=True)
            for line in reversed((place / f"{table}.jsonl").read_text().splitlines())
        ]
        (flat / f"{table}.jsonl").write_text("\n".join(lines))
    (flat / "train.log").write_text("loss 0.1")
    done = onrecord("score", gold, flat, "--json")
    assert done.returncode == 0, done.stdout
    figures = [measure["figure"] for measure in json.loads(done.stdout)["measures"].values()]
    assert set(figures) <= {1.0, None}
    assert "problems" not in done.stderr


def test_what_is_missing_scores_as_empty(gold: Path, onrecord: Command, predictions: Path) -> None:
    shutil.rmtree(predictions / NAME)
    for table in ("quotes", "claims"):
        (predictions / OTHER / f"{table}.jsonl").unlink()
    done = onrecord("score", gold, predictions, "--json")
    assert "no predictions for 1 of 2 documents" in done.stderr
    measures = json.loads(done.stdout)["measures"]
    assert measures["mentions:strict"]["precision"] == 1
    assert 0 < measures["mentions:strict"]["recall"] < 1
    assert measures["quotes:content-strict"]["figure"] == 0


@pytest.mark.parametrize(
    "case",
    [
        ("quotes", (f'"doc":"{NAME}"', '"doc":"elsewhere"'), "E314"),
        ("quotes", ('"form":"direct"', '"form":"dialogue"'), "E204"),
        ("mentions", ('"exact":"', '"exact":"x'), "E303"),
        ("mentions", ('"actor":"', '"actor":"no-such-'), "E312"),
        ("claims", ('{"doc"', "{doc"), "E117"),
    ],
)
def test_what_cannot_be_compared_is_told(
    onrecord: Command, gold: Path, predictions: Path, case: tuple[str, tuple[str, str], str]
) -> None:
    table, change, code = case
    edit(predictions / NAME / f"{table}.jsonl", *change)
    done = onrecord("score", gold, predictions)
    assert done.returncode == 1
    assert code in done.stdout
    assert f"{table}.jsonl:" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("onrecord: the predictions have ")


def test_one_problem_a_document_that_is_not_asked_for(
    gold: Path, onrecord: Command, predictions: Path
) -> None:
    done = onrecord("score", gold / NAME, predictions)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()[:1]
    assert f"E314 {OTHER!r} is none of the documents" in line
    assert done.stdout.count("E314") == 1


def test_a_breach_of_a_guideline_is_scored_and_told(
    gold: Path, onrecord: Command, predictions: Path
) -> None:
    path = predictions / NAME / "mentions.jsonl"
    first = json.loads(path.read_text().splitlines()[0])
    moved = {**first, "end": first["end"] + 1, "exact": first["exact"] + " "}
    edit(path, json.dumps(first, ensure_ascii=False, separators=(",", ":")), json.dumps(moved))
    done = onrecord("score", gold, predictions, "--json")
    assert done.returncode == 0, done.stdout
    assert "1 problem (E304 1), which do not keep it from being scored" in done.stderr
    assert json.loads(done.stdout)["measures"]["mentions:strict"]["figure"] < 1


def test_a_table_that_others_need(gold: Path, onrecord: Command, predictions: Path) -> None:
    (predictions / NAME / "actors.jsonl").unlink()
    (predictions / NAME / "mentions.jsonl").rename(predictions / NAME / "mentions.json")
    done = onrecord("score", gold, predictions)
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert [line.rpartition("/")[2] for line in told] == [
        "actors.jsonl: E101 missing, but claims.jsonl refers to it",
        "mentions.jsonl: E101 missing, but quotes.jsonl refers to it",
    ]


def test_other_splits_are_passed_over(onrecord: Command, gold: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "validation", tmp_path / "all" / "validation")
    shutil.copytree(gold, tmp_path / "all" / "test")
    done = onrecord("score", gold, tmp_path / "all", "--json", "--samples", 0)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["measures"]["claims:strict"]["figure"] == 1


def test_a_document_predicted_twice(gold: Path, onrecord: Command, predictions: Path) -> None:
    shutil.copytree(predictions / NAME, predictions / "again")
    done = onrecord("score", gold, predictions)
    assert done.returncode == 1
    assert f"E501 {NAME!r} is predicted twice" in done.stdout


def test_bundles_with_documents_are_predictions_too(onrecord: Command) -> None:
    done = onrecord("score", ROOT / "corpus", ROOT / "corpus", "--samples", 0, "--json")
    assert done.returncode == 0
    splits = (ROOT / "corpus" / split for split in SPLITS)
    names = sorted(place.name for split in splits for place in split.iterdir())
    assert json.loads(done.stdout)["documents"] == names


def test_parts_and_another_system(
    gold: Path, onrecord: Command, predictions: Path, tmp_path: Path
) -> None:
    worse = tmp_path / "worse"
    shutil.copytree(predictions, worse)
    (worse / NAME / "claims.jsonl").write_text("")
    arguments = ("score", gold, predictions, "--against", worse, "--samples", 50)
    done = onrecord(*arguments, "--by", "phenomenon")
    assert done.returncode == 0
    assert "| claims by part" in done.stdout
    assert "quote:discontinuous" in done.stdout
    assert "| OTHER | difference |" in done.stdout
    found = json.loads(onrecord(*arguments, "--by", "document", "--json").stdout)
    assert found["against"]["claims:strict"]["difference"] > 0
    assert found["against"]["claims:strict"]["p"] <= 1
    assert set(found["parts"]) == {NAME, OTHER}
    forms = json.loads(onrecord(*arguments, "--by", "form", "--json").stdout)["parts"]
    assert "quotes:mixed" in forms


def test_layers_that_gold_lacks_are_told(gold: Path, onrecord: Command, tmp_path: Path) -> None:
    """A copy of one split, without seeds beside it."""
    shutil.copytree(gold, tmp_path / "test")
    for path in tmp_path.rglob("documents.jsonl"):
        edit(path, '"layers":["actors","quotes","claims"]', '"layers":["quotes"]')
    done = onrecord("score", tmp_path / "test", gold, "--json", "--samples", 0)
    assert done.returncode == 0, done.stdout
    told = "are not scored: no document has them among its `layers`"
    assert done.stderr == f"onrecord: actors {told}\nonrecord: claims {told}\n"
    measures = json.loads(done.stdout)["measures"]
    assert measures["mentions:strict"]["figure"] is None
    assert measures["quotes:full"]["figure"] == 1


def test_bad_use(gold: Path, onrecord: Command, predictions: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments in (
        (gold, tmp_path / "nowhere"),
        (tmp_path / "nowhere", predictions),
        (gold, tmp_path / "empty"),
        (gold, predictions, "--by", "colour"),
        (gold, predictions, "--samples", "-1"),
    ):
        done = onrecord("score", *arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
