"""Generated files are up to date, and the documents say what is true."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli import COMMANDS, command_name

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]


def test_generated_files_are_up_to_date(onrecord: Command) -> None:
    done = onrecord("docs", "--check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_generated_part_is_written_and_the_rest_kept(checkout: Path, onrecord: Command) -> None:
    page = checkout / "corpus" / "README.md"
    right = page.read_text()
    page.write_text(right.replace("| train | 1 |", "| train | 7 |"))
    assert onrecord("docs", cwd=checkout).returncode == 0
    assert page.read_text() == right


@pytest.mark.slow
def test_writing_again_changes_nothing(checkout: Path, onrecord: Command, tree: Tree) -> None:
    onrecord("docs", cwd=checkout)
    before = tree(checkout)
    done = onrecord("docs", cwd=checkout)
    assert (done.returncode, done.stdout) == (0, "")
    assert tree(checkout) == before


@pytest.mark.slow
def test_a_corpus_without_a_document_has_documents_too(tmp_path: Path, onrecord: Command) -> None:
    (tmp_path / "corpus" / "train").mkdir(parents=True)
    (tmp_path / "README.md").write_text("A corpus.\n")
    assert onrecord("docs", cwd=tmp_path).returncode == 0
    (tmp_path / "README.md").write_text("![an article](corpus/article.svg)\n")
    done = onrecord("docs", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("code", ["E204", "E303", "E306", "E312", "E423"])
def test_the_checker_says_what_the_contributors_page_shows(
    code: str, tmp_path: Path, onrecord: Command
) -> None:
    folder = tmp_path / "corpus" / "train" / "harbour-strike"
    shutil.copytree(DATA / "sound", folder)
    for path in (DATA / "broken" / code).iterdir():
        shutil.copy(path, folder)
    shown = onrecord("check", cwd=tmp_path).stdout
    assert code in shown
    assert f"```text\n{shown}```" in (ROOT / ".github" / "CONTRIBUTING.md").read_text()


def test_every_command_is_documented() -> None:
    page = (ROOT / "scripts" / "README.md").read_text()
    for command in COMMANDS:
        assert f"onrecord {command_name(command)}" in page
