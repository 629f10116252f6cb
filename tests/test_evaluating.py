"""The page on evaluating holds, command by command; the page of results is what comes out."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .bench import baselines
from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = (ROOT / "scripts" / "EVALUATING.md").read_text()


@pytest.mark.slow
def test_every_command_of_the_page_runs_in_turn(onrecord: Command, checkout: Path) -> None:
    run = 0
    for language, code in re.findall(r"```(console|python)\n(.*?)```", PAGE, re.DOTALL):
        if language == "python":
            command = [sys.executable, "-W", "error", "-c", code]
            subprocess.run(command, cwd=checkout, check=True)
            continue
        for line in code.splitlines():
            program, *arguments = shlex.split(line)
            if program == "python":
                assert arguments == ["-m", "pip", "install", "-e", ".[score]"]
            else:
                done = onrecord(*arguments, cwd=checkout)
                assert (program, done.returncode) == ("onrecord", 0), done.stderr
                run += bool(done.stdout)
    assert run >= 6


FIGURE = re.compile(r"(?<![\w.])\d\.\d+")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["RESULTS.md", "results.svg"])
def test_results_are_what_the_baselines_reach(results: Path, name: str) -> None:
    """Run `python -m tests.bench.baselines` where they are not.

    A CRF trained on another processor may differ in the last place.
    """
    kept, made = ((folder / name).read_text() for folder in (ROOT / "scripts", results))
    if name.endswith(".md"):
        assert FIGURE.sub("", kept).split() == FIGURE.sub("", made).split()
        figures = ([float(f) for f in FIGURE.findall(text)] for text in (kept, made))
        assert next(figures) == pytest.approx(next(figures), abs=0.05)
    else:
        assert kept.count("<circle") == made.count("<circle") > 20


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    baselines.write(folder)
    return folder
