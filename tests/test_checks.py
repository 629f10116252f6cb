"""Every rule: documented, and found alone by a file that breaks it."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from onrecord.checks import CHECKS, RULES, lines
from onrecord.checks.rule import SECTIONS
from onrecord.paths import Place
from onrecord.validate import check_bundle, check_places

from .conftest import DATA

BROKEN = DATA / "broken"
NOBODY = 65534


@contextmanager
def as_anyone(folder: Path) -> Iterator[None]:
    """Drop the superuser's right to read every file, if the tests run with it."""
    if os.geteuid() != 0:
        yield
        return
    for above in (folder, *folder.parents[:-1]):
        above.chmod(above.stat().st_mode | 0o055)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def codes(place: Place) -> list[str]:
    return [problem.code for problem in check_bundle(place).problems]


def remove_a_file(place: Place) -> None:
    (place.folder / "claims.jsonl").unlink()


def add_a_file(place: Place) -> None:
    (place.folder / "notes.txt").write_text("see page 4")


def link_a_file(place: Place) -> None:
    original = place.folder / "actors.jsonl"
    original.rename(place.corpus.folder / "elsewhere.jsonl")
    original.symlink_to(place.corpus.folder / "elsewhere.jsonl")


def lengthen_a_line(place: Place) -> None:
    path = place.folder / "actors.jsonl"
    note = b',"note":"' + b"x" * lines.LONGEST + b'"}'
    path.write_bytes(path.read_bytes().replace(b"}", note, 1))


def copy_bundle(place: Place, split: str, name: str, **changes: str) -> Path:
    """A second bundle like `place`, with another id if `name` is another, and changed values."""
    folder = place.corpus.folder / split / name
    shutil.copytree(place.folder, folder)
    for path in folder.iterdir():
        text = path.read_text().replace('"harbour-strike"', f'"{name}"')
        for old, new in changes.items():
            text = text.replace(f'"{old}"', f'"{new}"')
        path.write_text(text)
    return folder


def reuse_an_id(place: Place) -> None:
    copy_bundle(place, "test", "harbour-strike", **{"gharat-strike": "gharat-strike-2"})
    reword(place.corpus.folder / "test" / "harbour-strike")


def split_a_story(place: Place) -> None:
    reword(copy_bundle(place, "test", "second-strike"))


def repeat_a_text(place: Place) -> None:
    copy_bundle(place, "test", "second-strike", **{"gharat-strike": "gharat-strike-2"})


def change_an_actor(place: Place) -> None:
    copy_bundle(place, "train", "second-strike", XAA="XAB")


def add_a_seed(place: Place) -> None:
    (place.corpus.root / "seeds").mkdir()
    (place.corpus.root / "seeds" / "harbour-fire.txt").write_text("Fire at the harbour")


def misspell_a_split(place: Place) -> None:
    (place.corpus.folder / "valid").mkdir()


def forget_the_hash(place: Place) -> None:
    (place.corpus.root / "seeds").mkdir()
    (place.corpus.root / "seeds" / "harbour-strike.txt").write_text("Port of Gharat to shut")


def reword(folder: Path) -> None:
    """Make the text another, without annotations."""
    path = folder / "documents.jsonl"
    document = json.loads(path.read_text())
    document |= {"text": "Grain prices fell on Monday, traders said in Tesmar.", "layers": []}
    document["sections"] = [{"role": "body", "start": 0, "end": len(document["text"])}]
    path.write_bytes(orjson.dumps(document) + b"\n")
    for table in ("actors", "mentions", "quotes", "claims"):
        (folder / f"{table}.jsonl").write_bytes(b"")


BETWEEN: dict[str, Callable[[Place], None]] = {
    "E501": reuse_an_id,
    "E502": split_a_story,
    "E503": repeat_a_text,
    "E504": change_an_actor,
    "E505": add_a_seed,
    "E506": misspell_a_split,
    "E507": forget_the_hash,
}
"""Rules about the corpus as a whole."""

BY_HAND: dict[str, Callable[[Place], None]] = {
    "E101": remove_a_file,
    "E102": add_a_file,
    "E103": link_a_file,
    "E104": lambda place: (place.folder / "actors.jsonl").chmod(0),
    "E116": lengthen_a_line,
}
"""Rules that no file in the repository can break."""


def test_the_sound_bundle_has_no_problems(place: Place) -> None:
    assert codes(place) == []


@pytest.mark.parametrize("code", sorted(path.name for path in BROKEN.iterdir()))
def test_a_broken_bundle_gives_its_code_and_no_other(code: str, place: Place) -> None:
    for path in (BROKEN / code).iterdir():
        if path.is_dir():
            shutil.copytree(path, place.corpus.root / path.name)
        else:
            shutil.copy(path, place.folder)
    assert set(codes(place)) == {code}


@pytest.mark.parametrize("code", BY_HAND)
def test_a_damaged_bundle_gives_its_code_and_no_other(code: str, place: Place) -> None:
    BY_HAND[code](place)
    with as_anyone(place.corpus.root):
        assert set(codes(place)) == {code}


@pytest.mark.parametrize("code", BETWEEN)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_contradiction_gives_its_code_and_no_other(code: str, jobs: int, place: Place) -> None:
    BETWEEN[code](place)
    places = list(place.corpus.places())
    found = check_places(places, whole=place.corpus, jobs=jobs)
    assert {problem.code for problem in found} == {code}


def test_a_note_silences_advice(place: Place) -> None:
    for path in (BROKEN / "W421").iterdir():
        shutil.copy(path, place.folder)
    claims = place.folder / "claims.jsonl"
    lines = [json.loads(line) for line in claims.read_text().splitlines()]
    noted = [{**line, "note": "the hedge is the reporter's"} for line in lines]
    claims.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in noted))
    assert codes(place) == []


def test_every_rule_has_its_broken_bundle() -> None:
    shown = {path.name for path in BROKEN.iterdir()} | set(BY_HAND) | set(BETWEEN)
    assert shown == {rule.code() for rule in RULES}


def test_codes_are_unique() -> None:
    assert len({rule.code() for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code())
def test_a_rule_says_reason_cause_and_cure(rule: type) -> None:
    statement, *rest = rule.paragraphs()  # type: ignore[attr-defined]
    assert statement.endswith(".")
    assert [text.split(":")[0] for text in rest] == list(SECTIONS)
    assert re.fullmatch(r"[EW][1-5]\d\d", rule.__name__)


def test_a_check_stays_on_one_level_and_levels_run_in_order() -> None:
    levels = [{rule.level() for rule in check.rules} for check in CHECKS]
    assert all(len(level) == 1 for level in levels)
    assert levels == sorted(levels, key=min)


def test_empty_files_are_sound(place: Place) -> None:
    for table in ("actors", "mentions", "quotes", "claims"):
        (place.folder / f"{table}.jsonl").write_bytes(b"")
    assert [code for code in codes(place) if code.startswith("E")] == []


def test_all_problems_of_a_bundle_are_found_at_once(place: Place) -> None:
    for code in ("E204", "E312", "E404"):
        for path in (BROKEN / code).iterdir():
            shutil.copy(path, place.folder)
    assert set(codes(place)) == {"E204", "E312", "E404"}
