"""Runs of the command, each in a process of its own that has little memory and time.

They are forked from one that has loaded everything, so that hundreds take seconds.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SECONDS = 20
MEMORY = 2 * 2**30


@dataclass(frozen=True)
class Run:
    """Arguments, and the folder that they are given in; no file may grow beyond `disk` bytes."""

    arguments: list[str]
    folder: str
    disk: int = -1
    seconds: int = SECONDS


@dataclass(frozen=True)
class Done:
    """What came of it; `code` is negative for the signal that ended it, `memory` is in MiB."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int


class Runner:
    """Where commands are run, one after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, run: Run) -> Done:
        """Run one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asdict(run)), file=self._process.stdin, flush=True)
        return Done(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def main() -> None:
    """Answer each line of standard input, a run, with what came of it."""
    _load()
    for line in sys.stdin:
        print(json.dumps(asdict(_run(Run(**json.loads(line))))), flush=True)


def _load() -> None:
    import trafilatura
    from spacy.tokens import DocBin

    from onrecord import cli, exporters, importers
    from onrecord.formats.cas import cassis
    from onrecord.standoff import maps

    del cli, trafilatura, DocBin
    cassis()
    for name in importers.NAMES:
        importers.importer(name)
    for name in exporters.NAMES:
        exporters.exporter(name)
    for name in maps.shipped():
        maps.load(name)


def _run(run: Run) -> Done:
    out, err = (Path(run.folder).parent / name for name in ("stdout", "stderr"))
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(run, out, err)
    _, status, used = os.wait4(child, 0)
    took = time.monotonic() - begun
    said = [path.read_text(errors="replace") for path in (out, err)]
    return Done(os.waitstatus_to_exitcode(status), *said, took, used.ru_maxrss // 1024)


def _become(run: Run, out: Path, err: Path) -> None:
    """Run the command in this process, which ends here."""
    from onrecord import cli

    code: Any = 99
    try:
        for stream, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644), stream)
        os.chdir(run.folder)
        signal.alarm(run.seconds)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if run.disk >= 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (run.disk, run.disk))
        code = cli.main(run.arguments)
    except SystemExit as error:
        code = error.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code or 0))


if __name__ == "__main__":
    main()
