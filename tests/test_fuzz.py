"""A few mutants of every kind; the long run is `python -m tests.fuzz 100000`."""

from pathlib import Path

import pytest

from onrecord.paths import Corpus
from onrecord.validate import check_bundle

from . import fuzz, fuzz_imports


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_every_mutant_is_answered(seed: int, tmp_path: Path) -> None:
    faults = list(fuzz.run(10 * len(fuzz.MUTATIONS), seed, tmp_path))
    assert faults == []


def test_a_very_long_line_is_answered(tmp_path: Path) -> None:
    _, tables = fuzz.bundles()[-1]
    tables["claims"] = tables["claims"][:-2] + b',"note":"' + b"x" * 100_000_000 + b'"}\n'
    (tmp_path / "corpus").mkdir()
    place = fuzz._write(Corpus(tmp_path / "corpus"), "sound", tables)
    found = check_bundle(place).problems
    assert [problem.code for problem in found if problem.is_error] == ["E116"]


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_every_broken_source_is_answered(seed: int, tmp_path: Path) -> None:
    assert list(fuzz_imports.run(100 if seed == 1 else 1000, seed, tmp_path)) == []
