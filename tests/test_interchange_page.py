"""The page on import and export holds: its commands run in turn, its map can be read."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.standoff import maps

from .conftest import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]
PAGE = (ROOT / "scripts" / "INTERCHANGE.md").read_text()


@pytest.mark.slow
def test_every_command_of_the_page_runs_in_turn(
    onrecord: Command, checkout: Path, tree: Tree
) -> None:
    before = tree(checkout / "corpus")
    run = 0
    for code in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in code.splitlines():
            program, *arguments = shlex.split(line)
            done = onrecord(*arguments, cwd=checkout)
            assert (program, done.returncode) == ("onrecord", 0), done.stderr
            run += 1
    assert run >= 8
    # What goes out to brat and comes back is the same, byte for byte.
    assert tree(checkout / "corpus") == before


def test_the_map_of_the_page_can_be_read(tmp_path: Path) -> None:
    (code,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "map.toml"
    path.write_text(code)
    assert maps.load(str(path)).edges["Contains"].reverse
