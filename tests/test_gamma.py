"""Gamma: what it gives with the library, and what is said without."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.problem import MissingExtraError
from onrecord.scoring.gamma import gamma, mean
from onrecord.scoring.units import TIERS, Unit

from .conftest import DATA

Command = Callable[..., "subprocess.CompletedProcess[str]"]

ONE = [Unit(0, 10, "a"), Unit(20, 30, "b"), Unit(22, 26, "a"), Unit(50, 70, "a")]
OTHER = [Unit(0, 10, "a"), Unit(21, 30, "b"), Unit(40, 44, "b")]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygamma_agreement", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[gamma\]"):
        gamma(ONE, OTHER)


def test_the_mean_is_over_documents_that_have_one() -> None:
    tiers = dict.fromkeys(TIERS, None)
    found = mean([{**tiers, "quotes": 0.5}, {**tiers, "quotes": 1.0}, tiers])
    assert found == {**tiers, "quotes": 0.75}


@pytest.mark.extras
def test_the_same_units_have_gamma_one() -> None:
    assert gamma(ONE, ONE) == pytest.approx(1)


@pytest.mark.extras
def test_gamma_is_the_same_every_time_and_from_both_sides() -> None:
    found = gamma(ONE, OTHER)
    assert found is not None
    assert 0 < found < 1
    assert gamma(ONE, OTHER) == found
    assert gamma(OTHER, ONE) == pytest.approx(found, abs=0.1)


@pytest.mark.extras
def test_sides_without_units() -> None:
    assert gamma([], []) is None
    assert gamma(ONE, []) == gamma([], ONE) == 0


@pytest.mark.extras
def test_the_command_prints_nothing_but_figures(tmp_path: Path, onrecord: Command) -> None:
    for name in ("one", "two"):
        shutil.copytree(DATA / "sound", tmp_path / name / "train" / "harbour-strike")
    done = onrecord("agree", tmp_path / "one", tmp_path / "two", "--gamma", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    tiers = json.loads(done.stdout)["all"]["quotes"]["tiers"]
    assert tiers["quotes"]["gamma"] == tiers["cues"]["gamma"] == pytest.approx(1)
