"""Runs of the command, each in a process of its own that has little memory and time.

They are forked from one that has loaded everything, so that hundreds take seconds.
"""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_WARMING = """{"id": 1, "text": "Ann said it.", "language": 3, "relations": [], "entities": [
{"id": 1, "label": "person", "start_offset": 0, "end_offset": 3},
{"id": 2, "label": "claim", "start_offset": 9, "end_offset": 11},
{"id": 3, "label": "quote", "start_offset": 9, "end_offset": 11}]}""".replace("\n", "")
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

    del trafilatura, DocBin
    cassis()
    for name in importers.NAMES:
        importers.importer(name)
    for name in exporters.NAMES:
        exporters.exporter(name)
    for name in maps.shipped():
        maps.load(name)
    with TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        (Path(folder) / "a.jsonl").write_text(_WARMING)
        # Schemas and patterns are understood when they are first needed.
        cli.main(["import", "doccano", f"{folder}/a.jsonl", "--to", f"{folder}/corpus/train"])
    gc.freeze()  # else the first collection of each child copies all of the memory


def _run(run: Run) -> Done:
    """Fork, and wait; what is said goes through pipes, since files may not grow there."""
    pipes = [os.pipe(), os.pipe()]
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(run, [writing for _, writing in pipes])
    for _, writing in pipes:
        os.close(writing)
    with ThreadPoolExecutor() as readers:
        out, err = readers.map(_said, [reading for reading, _ in pipes])
    _, status, used = os.wait4(child, 0)
    took = time.monotonic() - begun
    return Done(os.waitstatus_to_exitcode(status), out, err, took, used.ru_maxrss // 1024)


def _said(reading: int) -> str:
    with open(reading, "rb") as stream:
        return stream.read().decode(errors="replace")


def _become(run: Run, writing: list[int]) -> None:
    """Run the command in this process, which ends here."""
    from onrecord import cli

    code: Any = 99
    try:
        for stream, pipe in zip((1, 2), writing, strict=True):
            os.dup2(pipe, stream)
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
