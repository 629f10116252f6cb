"""Generated files are up to date, and the documents say what is true."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from onrecord.cli import COMMANDS

from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]


def test_generated_files_are_up_to_date(onrecord: Command) -> None:
    done = onrecord("docs", "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_stale_file_is_named_and_then_written(checkout: Path, onrecord: Command) -> None:
    yaml = checkout / ".huggingface.yaml"
    right = yaml.read_text()
    yaml.write_text(right.replace("int32", "int64"))
    done = onrecord("docs", "--check", cwd=checkout)
    assert done.returncode == 1
    assert ".huggingface.yaml: stale" in done.stdout
    assert "int64" in yaml.read_text()
    assert onrecord("docs", cwd=checkout).returncode == 0
    assert yaml.read_text() == right


def test_a_generated_part_is_written_and_the_rest_kept(checkout: Path, onrecord: Command) -> None:
    page = checkout / "corpus" / "README.md"
    right = page.read_text()
    page.write_text(right.replace("| train | 1 |", "| train | 7 |"))
    assert onrecord("docs", cwd=checkout).returncode == 0
    assert page.read_text() == right


def test_writing_again_changes_nothing(checkout: Path, onrecord: Command, tree: Tree) -> None:
    onrecord("docs", cwd=checkout)
    before = tree(checkout)
    done = onrecord("docs", cwd=checkout)
    assert (done.returncode, done.stdout) == (0, "")
    assert tree(checkout) == before


def test_every_command_is_documented() -> None:
    page = (ROOT / "scripts" / "README.md").read_text()
    for command in COMMANDS:
        assert f"onrecord {command.__name__.rpartition('.')[2]}" in page
