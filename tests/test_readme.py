"""The README holds: its Python runs, its set-up commands are those that CI runs."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord as package
from onrecord.build import build
from onrecord.paths import Corpus

from .conftest import ROOT

README = (ROOT / "README.md").read_text()
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def run(code: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_its_python_runs(checkout: Path) -> None:
    build(Corpus(checkout / "corpus"), checkout / "dataset")
    load, own, parquet = (run(code, checkout) for code in blocks("python"))
    quotes = package.load("quotes", "train")
    assert load == quotes[0]["content"][0]["exact"] + "\n"
    assert own.startswith("['")
    assert "kadresh" in parquet


@pytest.mark.slow
def test_the_python_of_the_commands_page_runs(checkout: Path) -> None:
    build(Corpus(checkout / "corpus"), checkout / "dataset")
    snippets = blocks("python", (ROOT / "scripts" / "README.md").read_text())
    found = {code.split()[1]: run(code, checkout) for code in snippets if "torch" not in code}
    assert set(found) == {"onrecord", "pandas", "polars", "duckdb", "spacy"}
    assert "[5 rows x 3 columns]" in found["pandas"]
    assert "indirect" in found["polars"]
    assert "claims" in found["duckdb"]
    assert "organization" in found["spacy"]


@pytest.mark.slow
def test_its_commands_run(onrecord: Command, checkout: Path) -> None:
    _, *used = blocks("console")
    for line in "".join(used).splitlines():
        program, *arguments = line.split()
        assert program == "onrecord"
        assert onrecord(*arguments, cwd=checkout).returncode == 0


def test_ci_runs_its_test_command() -> None:
    commands = blocks("console")[0].splitlines()
    assert commands[1] in (ROOT / ".ci" / "run").read_text()


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 150


def test_its_links_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob(".github/*.md")):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            assert "://" in link or (page.parent / link).exists(), f"{page.name}: {link}"
