"""`onrecord agree`: what it prints, and what it says of what it cannot compare."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """Two corpora with the same document, in one of which an evaluation is a fact."""
    for name in ("one", "two"):
        shutil.copytree(DATA / "sound", tmp_path / name / "train" / "harbour-strike")
    path = tmp_path / "two" / "train" / "harbour-strike" / "claims.jsonl"
    path.write_text(path.read_text().replace('"evaluation"', '"fact"'))
    return tmp_path / "one", tmp_path / "two"


@pytest.mark.slow
def test_the_command_lists_disagreements(sides: tuple[Path, Path], onrecord: Command) -> None:
    one, two = sides
    done = onrecord("agree", one, two)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "| harbour-strike |  12 |  12 | 1.000 |  1.000 | 1.000 | 1.000 | 1.000 | 1.000 |"
        in done.stdout
    )
    assert f"{one}: kind 'evaluation'\n    {two}: kind 'fact'" in done.stdout
    assert "**all**" not in done.stdout
    assert "kind 'fact'" not in onrecord("agree", one, two, "--no-list").stdout


def test_the_command_gives_everything_as_json(sides: tuple[Path, Path], onrecord: Command) -> None:
    found = json.loads(onrecord("agree", *sides, "--format", "json").stdout)
    assert (found["one"], found["other"]) == tuple(map(str, sides))
    claims = found["all"]["claims"]
    assert (claims["one"], claims["other"]) == (7, 7)
    assert claims["measures"]["half+labels"]["f1"] == pytest.approx(6 / 7)
    assert claims["measures"]["half+labels"]["right"] == 6
    assert claims["labels"]["polarity"] == {"pairs": 7, "kappa": 1.0}
    assert claims["labels"]["certainty"] == {"pairs": 7, "kappa": None}
    assert 0 < claims["tiers"]["claims"]["alpha"] < 1
    assert found["documents"]["harbour-strike"] == found["all"]
    (told,) = found["differences"]
    assert (told["table"], told["one"], told["other"]) == (
        "claims",
        "kind 'evaluation'",
        "kind 'fact'",
    )


def test_documents_of_one_side_are_told(sides: tuple[Path, Path], onrecord: Command) -> None:
    one, two = sides
    shutil.copytree(DATA / "sound", one / "train" / "dock-strike")
    for path in (one / "train" / "dock-strike").iterdir():
        path.write_text(path.read_text().replace('"harbour-strike"', '"dock-strike"'))
    done = onrecord("agree", one, two)
    assert done.returncode == 0
    assert f"1 document that only {one} has" in done.stderr


def test_nothing_in_common_is_misuse(tmp_path: Path, onrecord: Command) -> None:
    shutil.copytree(DATA / "sound", tmp_path / "one" / "train" / "harbour-strike")
    done = onrecord("agree", tmp_path / "one", ROOT / "corpus")
    assert (done.returncode, done.stdout) == (2, "")


def test_no_layer_in_common_is_misuse(sides: tuple[Path, Path], onrecord: Command) -> None:
    for path in sides[1].rglob("documents.jsonl"):
        path.write_text(path.read_text().replace('["actors","quotes","claims"]', "[]"))
    done = onrecord("agree", *sides)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("no layer in common in any document")
