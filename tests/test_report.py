"""Problems in every form they are reported in, and which of them are reported."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sarif.loader import load_sarif_file

from onrecord import report
from onrecord.problem import Problem

from .conftest import DATA

Command = Callable[..., "subprocess.CompletedProcess[str]"]
BROKEN = ("E204", "E303", "W421")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Three bundles: a wrong label, a wrong span, a hedge on a certain claim."""
    for code in BROKEN:
        folder = tmp_path / "corpus" / "train" / f"bundle-{code.lower()}"
        shutil.copytree(DATA / "sound", folder)
        for path in (DATA / "broken" / code).iterdir():
            shutil.copy(path, folder)
        for path in folder.iterdir():
            text = path.read_text().replace("harbour-strike", folder.name)
            path.write_text(text)
    return tmp_path


def codes(output: str) -> list[str]:
    return re.findall(r"\b[EW]\d{3}\b", output)


def test_text_shows_the_words_under_carets(broken: Path, onrecord: Command) -> None:
    lines = onrecord("check", cwd=broken).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if ": E303 " in line)
    assert re.match(r"corpus/train/bundle-e303/mentions\.jsonl:5:1: E303 ", lines[at])
    start = lines[at + 2].index("^")
    assert lines[at + 1][start : start + len("Radio Hasat")] == "Radio Hasat"


def test_a_line_format_has_one_line_each(broken: Path, onrecord: Command) -> None:
    lines = onrecord("check", "--format", "line", cwd=broken).stdout.splitlines()
    assert codes("\n".join(lines)) == list(BROKEN)
    assert len(lines) == len(BROKEN)


def test_json_has_every_problem(broken: Path, onrecord: Command) -> None:
    problems = json.loads(onrecord("check", "--format", "json", "--most", 1, cwd=broken).stdout)
    assert [problem["code"] for problem in problems] == list(BROKEN)
    assert problems[0]["pointer"] == "/form"
    line = (broken / problems[0]["path"]).read_text().splitlines()[problems[0]["line"] - 1]
    assert line[problems[0]["column"] - 1 :].startswith('"Pronoun"')


def test_sarif_is_read_by_sarif_tools(broken: Path, onrecord: Command, tmp_path: Path) -> None:
    log = tmp_path / "log.sarif"
    log.write_text(onrecord("check", "--format", "sarif", cwd=broken).stdout)
    records = load_sarif_file(str(log)).get_records()
    found = {(record["Code"], record["Severity"], record["Line"]) for record in records}
    assert {code for code, _, _ in found} == set(BROKEN)
    assert ("W421", "warning", 2) in found
    assert {record["Location"] for record in records} >= {"corpus/train/bundle-e303/mentions.jsonl"}


def test_github_annotations_are_escaped() -> None:
    problem = Problem("a,b:c.jsonl", 3, 7, "E303", "50% off\nnext: 'x'", "", "so, so")
    assert report.github(problem) == (
        "::error file=a%2Cb%3Ac.jsonl,line=3,col=7,title=E303::50%25 off%0Anext: 'x' (so, so)"
    )


def test_github_warnings_are_warnings(broken: Path, onrecord: Command) -> None:
    lines = onrecord("check", "--format", "github", cwd=broken).stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "E"], ["E204", "E303"]),
        (["--select", "E3,w"], ["E303", "W421"]),
        (["--ignore", "E"], ["W421"]),
        (["--select", "E", "--ignore", "E2"], ["E303"]),
        (["--level", "2"], ["E204"]),
        (["--level", "3"], ["E204", "E303"]),
    ],
)
def test_what_is_reported_can_be_chosen(
    options: list[str], expected: list[str], broken: Path, onrecord: Command
) -> None:
    done = onrecord("check", "--format", "line", *options, cwd=broken)
    assert codes(done.stdout) == expected
    assert done.returncode == int(any(code.startswith("E") for code in expected))


def test_warnings_can_be_made_to_fail(broken: Path, onrecord: Command) -> None:
    assert onrecord("check", "--ignore", "E", cwd=broken).returncode == 0
    assert onrecord("check", "--ignore", "E", "--fail-on", "W", cwd=broken).returncode == 1


def test_an_unknown_code_is_misuse(broken: Path, onrecord: Command) -> None:
    done = onrecord("check", "--select", "X1", cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no code begins with 'X1'" in done.stderr


def test_many_problems_of_a_code_are_counted(broken: Path, onrecord: Command) -> None:
    path = broken / "corpus/train/bundle-e204/mentions.jsonl"
    path.write_text(path.read_text().replace('"name"', '"nome"'))
    done = onrecord("check", "--format", "line", "--most", 2, "--select", "E204", cwd=broken)
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert re.fullmatch(r"E204: \d more", lines[-1])
    assert re.search(r"3 bundles: \d problems \(E204 \d\)", done.stderr)


@pytest.mark.slow
def test_processes_find_the_same(broken: Path, onrecord: Command) -> None:
    one = onrecord("check", cwd=broken)
    two = onrecord("check", "--jobs", 2, cwd=broken)
    assert one.stdout == two.stdout
