"""A raw article comes into the corpus once, byte for byte, and passes the checks."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.create import changes
from onrecord.ids import slug
from onrecord.normal import article_text
from onrecord.sections import propose_sections

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Tree = Callable[[Path], dict[str, str]]

WIRE = """Ferry service resumes
TESMAR, March 4 (Merrowby) - Ferries sailed again on Tuesday.
Nobody was hurt.
(Reporting by Rhea Sandoway)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "train").mkdir(parents=True)
    (tmp_path / "Ferry service.txt").write_text(WIRE)
    return tmp_path


def test_the_source_is_kept_and_the_bundle_passes(root: Path, onrecord: Command) -> None:
    done = onrecord("new", "Ferry service.txt", "--split", "train", "--constructed", cwd=root)
    assert (done.returncode, done.stdout) == (0, "corpus/train/ferry-service\n")
    assert (root / "seeds" / "ferry-service.txt").read_text() == WIRE
    document = json.loads((root / "corpus/train/ferry-service/documents.jsonl").read_text())
    assert document["text"] == WIRE.rstrip("\n")
    assert document["origin"] == "constructed"
    assert document["layers"] == []
    checked = onrecord("check", "--fail-on", "W", cwd=root)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "next: " in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "By now the clock had stopped.",
        "By noon he was gone. «Write that.»",
        "By the time that the harbour opened, which was " + "late, " * 20 + "all had left",
    ],
)
def test_a_paragraph_that_begins_like_a_byline_is_none(line: str) -> None:
    roles = [section.role for section in propose_sections(f"Harbour opens\nBy Ann Bo\n{line}")]
    assert roles == ["headline", "byline", "body"]


def test_sections_are_proposed() -> None:
    text = article_text(WIRE.encode())
    told = [(s.role, text[s.start : s.end]) for s in propose_sections(text)]
    assert told == [
        ("headline", "Ferry service resumes"),
        ("dateline", "TESMAR, March 4 (Merrowby) -"),
        ("body", "Ferries sailed again on Tuesday.\nNobody was hurt."),
        ("byline", "(Reporting by Rhea Sandoway)"),
    ]


def test_what_changed_is_reported() -> None:
    source = "\ufeffZu\u0308rich \r\nText.\r\n\r\n".encode()
    text = article_text(source)
    assert text == "Zürich\nText."
    assert changes(source, text) == [
        "byte order mark dropped",
        "line ends made LF",
        "white space at line ends taken away",
        "characters brought to normal form C",
        "blank lines at the ends taken away",
    ]
    assert changes(WIRE.encode(), article_text(WIRE.encode())) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("again.txt", WIRE.upper(), "has this text already, as 'ferry-service'"),
        (
            "Ferry service.txt",
            "Another text.",
            "'ferry-service' is in corpus/train/ferry-service already",
        ),
        ("été.txt", "\xff", ""),
        ("陈静.txt", "Some other text.", "is no slug"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(  # noqa: PLR0917
    name: str, content: str, message: str, root: Path, onrecord: Command, tree: Tree
) -> None:
    onrecord("new", "Ferry service.txt", "--split", "train", cwd=root)
    (root / name).write_bytes(content.encode("latin-1" if content == "\xff" else "utf-8"))
    before = tree(root)
    done = onrecord("new", name, "--split", "test", cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert tree(root) == before


def test_an_unsound_text_is_refused_with_its_problem(root: Path, onrecord: Command) -> None:
    (root / "bell.txt").write_text("A bell\nIt rang\x07 twice.")
    done = onrecord("new", "bell.txt", "--split", "train", cwd=root)
    assert done.returncode == 1
    assert "E332" in done.stdout
    assert not (root / "seeds").exists()


def test_slugs() -> None:
    assert slug("Señor Núñez, 2nd – “Quoted”") == "senor-nunez-2nd-quoted"
    assert slug("陈静") == ""
