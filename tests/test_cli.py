"""The command as a user meets it: what it prints, its exit codes, and what it never does."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]

COMMANDS = (
    "new",
    "import",
    "export",
    "check",
    "explain",
    "fmt",
    "agree",
    "stats",
    "build",
    "publish",
    "docs",
)


@pytest.fixture
def checkout(small: Path) -> Path:
    """One article is enough here."""
    return small


def spoil(checkout: Path) -> Path:
    """Misspell one label of the corpus."""
    mentions = next((checkout / "corpus").glob("train/*/mentions.jsonl"))
    mentions.write_bytes(mentions.read_bytes().replace(b'"metonym"', b'"metonymy"', 1))
    return mentions


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_help_is_given(arguments: list[str], onrecord: Command) -> None:
    done = onrecord(*arguments, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: onrecord")
    assert done.stderr == ""


def test_version(onrecord: Command) -> None:
    assert onrecord("--version").stdout.startswith("onrecord ")


@pytest.mark.parametrize("folder", ["corpus", "corpus/first", "corpus/second"])
def test_the_corpus_is_clean(folder: str, onrecord: Command) -> None:
    done = onrecord("check", "--select", "E", folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_problem_names_file_line_code_and_cure(checkout: Path, onrecord: Command) -> None:
    spoil(checkout)
    done = onrecord("check", cwd=checkout)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("corpus/train/nk-severs-road-rail-links/mentions.jsonl:")
    assert "E204 'metonymy', expected one of name, metonym" in line


def test_check_changes_nothing(checkout: Path, onrecord: Command, tree: Tree) -> None:
    spoil(checkout)
    before = tree(checkout)
    onrecord("check", cwd=checkout)
    assert tree(checkout) == before


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_check_takes_a_file_a_bundle_a_split_a_corpus_a_checkout(
    level: int, checkout: Path, onrecord: Command, tmp_path: Path
) -> None:
    path = spoil(checkout)
    named = [path, *path.parents][level]
    done = onrecord("check", named, cwd=tmp_path.parent)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1


def test_problems_as_json(checkout: Path, onrecord: Command) -> None:
    spoil(checkout)
    (problem,) = json.loads(onrecord("check", "--format", "json", cwd=checkout).stdout)
    assert problem["code"] == "E204"
    assert problem["pointer"] == "/form"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nowhere"],
        ["check", "README.md"],
        ["explain", "E999"],
        ["build", "--corpus", "schema"],
        ["build", "--address", "127.0.0.1:9"],
        ["restore", "nowhere", "--texts", "seeds"],
        ["publish", "no-owner", "--dry-run"],
        ["predict", "--model", "magic"],
        ["stats", "nowhere"],
        ["chekc"],
        [],
    ],
)
def test_misuse_is_one_line_and_exit_2(arguments: list[str], onrecord: Command) -> None:
    done = onrecord(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("onrecord: ")
    assert done.stdout == ""


def test_outside_a_checkout_there_is_no_corpus(onrecord: Command) -> None:
    done = onrecord("check", cwd=Path("/"))
    assert done.returncode == 2
    assert done.stderr == "onrecord: no folder 'corpus' in '/' or above it\n"


@pytest.mark.parametrize("command", ["stats", "docs", "build"])
def test_a_broken_corpus_is_reported_by_every_command(
    command: str, checkout: Path, onrecord: Command, tree: Tree
) -> None:
    spoil(checkout)
    before = tree(checkout)
    done = onrecord(command, cwd=checkout)
    assert done.returncode == 1
    assert ": E204 " in done.stdout
    left = tree(checkout)
    left.pop(".dataset.lock", None)
    assert left == before


def test_explain_prints_a_rule(onrecord: Command) -> None:
    text = onrecord("explain", "e303").stdout
    assert text.startswith("E303: ")
    for part in ("Reason: ", "Usual cause: ", "Cure: "):
        assert part in text


def test_explain_lists_what_begins_so(onrecord: Command) -> None:
    everything = onrecord("explain").stdout.splitlines()
    for name, number in (("E3", 20), ("quote:", 33), ("mentions:", 5)):
        lines = onrecord("explain", name).stdout.splitlines()
        assert len(lines) == number
        assert set(lines) < set(everything)


def test_explain_prints_a_measure(onrecord: Command) -> None:
    text = onrecord("explain", "quotes:speaker", "E303").stdout
    assert text.startswith("quotes:speaker: The content overlaps by half")
    assert "\n\nE303: " in text


def test_explain_prints_a_phenomenon(onrecord: Command) -> None:
    text = onrecord("explain", "quote:nested").stdout
    assert text.startswith("quote:nested: The quote is reported inside another one")
    assert "Example: " in text
    both = onrecord("explain", "nested").stdout
    assert text in both
    assert "mention:nested: " in both


def test_stats_counts_the_corpus(onrecord: Command) -> None:
    assert "- not in train" in onrecord("stats", "corpus/validation", "corpus/train").stdout
    counts = json.loads(onrecord("stats", "--format", "json").stdout)
    lines = list((ROOT / "corpus").glob("train/*/mentions.jsonl"))
    expected = sum(len(path.read_text().splitlines()) for path in lines)
    assert counts["train"]["mentions"] == expected
    assert sum(counts["train"]["labels"]["mentions.form"].values()) == expected
    labelled = counts["train"]["labels"]["mentions.form"]["pronoun"]
    assert counts["train"]["phenomena"]["mention:pronoun"] == labelled > 0
    assert counts["train"]["labels"]["documents.language"] == {"en": counts["train"]["documents"]}


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = subprocess.run(
        "set -o pipefail; python -m onrecord explain | true",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def _environment() -> dict[str, str]:
    import os
    import sys

    folder = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
