"""What the world does to files: scripts, languages, limits, links, full disks."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from onrecord.paths import Place
from onrecord.validate import check_bundle

Tree = Callable[[Path], dict[str, str]]
Json = dict[str, Any]


def with_text(place: Place, text: str, start: int, end: int, language: str = "und") -> list[str]:
    """Codes for a document with this text and one mention in it."""
    document = json.loads((place.folder / "documents.jsonl").read_text())
    document |= {"text": text, "language": language, "layers": []}
    document["sections"] = [{"role": "body", "start": 0, "end": len(text)}]
    actor = {"doc": "harbour-strike", "id": "x", "name": "X", "kind": "person"}
    mention = {"doc": "harbour-strike", "id": "m-0001", "actor": "x", "form": "name"}
    span = {"start": start, "end": end, "exact": text[start:end]}
    rows: dict[str, list[Json]] = {"documents": [document], "actors": [actor]}
    rows |= {"mentions": [mention | span], "quotes": [], "claims": []}
    for name, records in rows.items():
        lines = b"".join(orjson.dumps(record) + b"\n" for record in records)
        (place.folder / f"{name}.jsonl").write_bytes(lines)
    return [problem.code for problem in check_bundle(place).problems]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("据陈静说价格上涨", "陈静"),
        ("ตำรวจสมชายบอกว่า", "สมชาย"),
        ("김정은이 말했다", "김정은"),
        ("وقال محمد إن", "قال"),
        ("田中さんは言った", "田中"),
        ("Ilse Varga said", "Varga"),
        ("Юлия Щёкина сказала", "Щёкина"),
        ("5km from Gharat", "5"),
        ("l’Oruvie a dit", "Oruvie"),
        ("the 👩‍🚒 left", "👩‍🚒"),
    ],
)
def test_words_end_where_their_script_says(text: str, words: str, place: Place) -> None:
    start = text.index(words)
    assert with_text(place, text, start, start + len(words)) == []


@pytest.mark.parametrize(
    ("text", "start", "end", "code"),
    [
        ("Юлия Щёкина сказала", 5, 9, "E306"),
        ("Δέσποινα Ρούσσου", 9, 12, "E306"),
        ("Հայաստան ասաց", 0, 4, "E306"),
        ("the 👩‍🚒 left", 4, 5, "E305"),
        ("हिन्दी में", 0, 3, "E305"),
        ("🇩🇪 won", 0, 1, "E305"),
        ("A\u2028B C", 0, 2, "E304"),
        ("\ufeffVarga said", 0, 6, "E304"),
    ],
)
def test_spans_that_cut_are_found(text: str, start: int, end: int, code: str, place: Place) -> None:
    assert with_text(place, text, start, end) == [code]


def test_english_rules_are_for_english(place: Place) -> None:
    text = "He left. Varga's ship"
    assert with_text(place, text, 9, 16, language="en") == ["W404"]
    assert with_text(place, text, 9, 16, language="en-GB") == ["W404"]
    assert with_text(place, text, 9, 16, language="de") == []


def test_a_folder_in_place_of_a_file(place: Place) -> None:
    (place.folder / "claims.jsonl").unlink()
    (place.folder / "claims.jsonl").mkdir()
    assert [problem.code for problem in check_bundle(place).problems] == ["E103", "W412", "W412"][
        :1
    ]


def test_a_link_out_of_the_corpus_is_not_followed(place: Place, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text("not yours\n")
    (place.folder / "claims.jsonl").unlink()
    (place.folder / "claims.jsonl").symlink_to(secret)
    problems = check_bundle(place).problems
    assert [problem.code for problem in problems if problem.is_error] == ["E103"]
    assert "not yours" not in str(problems)


def limited(arguments: list[str], cwd: Path, size: int) -> "subprocess.CompletedProcess[str]":
    """Run the command where no file can grow beyond `size` bytes, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_a_full_disk_leaves_what_fmt_would_change(place: Place, tree: Tree) -> None:
    for name in ("mentions", "claims"):
        path = place.folder / f"{name}.jsonl"
        lines = path.read_text().splitlines()
        path.write_text("\n".join(reversed(lines)) + "\n")
    before = tree(place.corpus.root)
    done = limited(["fmt"], place.corpus.root, size=1000)
    assert done.returncode == 2
    assert done.stderr.startswith("onrecord: ")
    assert len(done.stderr.splitlines()) == 1
    assert tree(place.corpus.root) == before


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_dataset(small: Path, tree: Tree) -> None:
    assert limited(["build"], small, size=10**9).returncode == 0
    before = tree(small)
    done = limited(["build", "--full"], small, size=3000)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert tree(small) == before
