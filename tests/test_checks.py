"""Every rule: documented, and found alone by a file that breaks it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.checks import CHECKS, RULES, lines
from onrecord.checks.rule import SECTIONS
from onrecord.paths import Corpus, Place
from onrecord.validate import check_bundle

from .conftest import DATA

BROKEN = DATA / "broken"
NOBODY = 65534


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A sound bundle, to break."""
    corpus = Corpus(tmp_path / "corpus")
    folder = corpus.folder / "train" / "harbour-strike"
    shutil.copytree(DATA / "sound", folder)
    return Place(corpus, "train", folder)


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
    return [problem.code for problem in check_bundle(place)]


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


def test_every_rule_has_its_broken_bundle() -> None:
    shown = {path.name for path in BROKEN.iterdir()} | set(BY_HAND)
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
    assert codes(place) == []


def test_all_problems_of_a_bundle_are_found_at_once(place: Place) -> None:
    for code in ("E204", "E312", "E404"):
        for path in (BROKEN / code).iterdir():
            shutil.copy(path, place.folder)
    assert set(codes(place)) == {"E204", "E312", "E404"}
