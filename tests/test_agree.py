"""Agreement: what counts as the same, worked by hand, and what must always hold."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from onrecord import codec
from onrecord.model import Article, Mention, articles
from onrecord.schema import TABLES
from onrecord.scoring.agreement import Count, compare
from onrecord.scoring.match import overlap, pairs

from .conftest import DATA, ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def article() -> Article:
    tables = {t: codec.decode(t, (DATA / "sound" / f"{t}.jsonl").read_bytes()) for t in TABLES}
    (found,) = articles({name: rows or [] for name, rows in tables.items()})
    return found


def test_an_annotation_agrees_with_itself(article: Article) -> None:
    counts, differences = compare(article, article)
    assert {count.f1 for count in counts.values()} == {1.0}
    assert differences == []


def test_slugs_and_order_do_not_matter(article: Article) -> None:
    renamed = [msgspec.structs.replace(m, actor=f"x-{m.actor}") for m in article.mentions]
    random.Random(3).shuffle(renamed)
    quotes, claims = list(reversed(article.quotes)), list(reversed(article.claims))
    other = replace(article, mentions=renamed, quotes=quotes, claims=claims)
    counts, differences = compare(article, other)
    assert {count.f1 for count in counts.values()} == {1.0}
    assert differences == []


def test_counts_worked_by_hand(article: Article) -> None:
    """12 mentions against 11, of which one has another form and one another actor."""
    mentions = [m for m in article.mentions if m.exact != "Kadresh"]
    mentions[0] = msgspec.structs.replace(mentions[0], form="metonym")
    mentions[7] = msgspec.structs.replace(mentions[7], actor="gharat")
    claims = [msgspec.structs.replace(c, kind="prediction") for c in article.claims[:3]]
    other = replace(article, mentions=mentions, claims=[*claims, *article.claims[3:]])
    counts, differences = compare(article, other)
    assert counts["mentions"] == Count(12, 11, 11)
    assert counts["mentions"].f1 == pytest.approx(22 / 23)
    assert counts["mentions+form"] == Count(12, 11, 10)
    assert counts["mentions+actor"] == Count(12, 11, 10)
    assert counts["claims"] == Count(7, 7, 7)
    assert counts["claims+labels"] == Count(7, 7, 4)
    told = [(d.layer, d.words) for d in differences]
    assert told.count(("mentions", "Kadresh")) == 1
    assert len([layer for layer, _ in told if layer == "claims"]) == 3


def test_both_sides_empty_have_no_figure(article: Article) -> None:
    bare = replace(article, quotes=[], claims=[])
    counts, _ = compare(bare, bare)
    assert counts["quotes"].f1 is None
    counts, differences = compare(article, bare)
    assert counts["quotes"].f1 == 0
    assert all(difference.other == "-" for difference in differences)


def test_it_is_the_same_from_both_sides(article: Article) -> None:
    other = replace(article, quotes=article.quotes[1:], claims=article.claims[::2])
    there, back = compare(article, other)[0], compare(other, article)[0]
    assert {name: c.f1 for name, c in there.items()} == {name: c.f1 for name, c in back.items()}


def test_overlap_is_intersection_over_union() -> None:
    one = codec.convert("claims", _claim(0, 10)).content  # type: ignore[union-attr]
    other = codec.convert("claims", _claim(5, 15)).content  # type: ignore[union-attr]
    assert overlap(one, other) == pytest.approx(5 / 15)


def _claim(start: int, end: int) -> dict[str, object]:
    content = [{"start": start, "end": end, "exact": "x"}]
    labels = {"kind": "fact", "certainty": "certain", "polarity": "positive"}
    return {"doc": "d", "id": "c-0000", **labels, "content": content}


def test_pairing_is_optimal_not_greedy() -> None:
    weights = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.8}
    found = pairs(["a", "b"], ["x", "y"], lambda a, b: weights.get((a, b), 0))
    assert sorted(found) == [(0, 1), (1, 0)]


def test_different_texts_are_not_compared(article: Article) -> None:
    text = article.document.text + " More."
    other = replace(article, document=msgspec.structs.replace(article.document, text=text))
    with pytest.raises(ValueError, match="two different texts"):
        compare(article, other)


def test_the_command_lists_disagreements(tmp_path: Path, onrecord: Command) -> None:
    for name in ("one", "two"):
        shutil.copytree(DATA / "sound", tmp_path / name / "train" / "harbour-strike")
    path = tmp_path / "two" / "train" / "harbour-strike" / "claims.jsonl"
    path.write_text(path.read_text().replace('"evaluation"', '"fact"'))
    done = onrecord("agree", tmp_path / "one", tmp_path / "two")
    assert done.returncode == 0
    assert "| harbour-strike | 1.000 | 1.000 | 1.000 | 1.000 |" in done.stdout
    assert "A: kind 'evaluation'\n    B: kind 'fact'" in done.stdout
    figures = json.loads(
        onrecord("agree", tmp_path / "one", tmp_path / "two", "--format", "json").stdout
    )
    assert figures["all"]["claims+labels"] == {"f1": 6 / 7, "one": 7, "other": 7, "both": 6}
    assert isinstance(figures["differences"], list)


def test_nothing_in_common_is_misuse(tmp_path: Path, onrecord: Command) -> None:
    shutil.copytree(DATA / "sound", tmp_path / "one" / "train" / "harbour-strike")
    done = onrecord("agree", tmp_path / "one", ROOT / "corpus")
    assert (done.returncode, done.stdout) == (2, "")


def test_mentions_are_what_they_seem(article: Article) -> None:
    assert all(isinstance(mention, Mention) for mention in article.mentions)
