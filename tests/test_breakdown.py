"""Scores of parts: each judges its own records, and together they are the whole."""

import random
from dataclasses import replace

import msgspec
import pytest

from onrecord.model import Article
from onrecord.scoring.breakdown import by_document, by_form, by_phenomenon
from onrecord.scoring.score import compare, score

from .articles import corpus
from .scored import damaged, told


def test_parts_by_form_sum_to_the_whole() -> None:
    rng = random.Random(10)
    gold = list(corpus())
    compared = compare(gold, {a.document.id: damaged(rng, a) for a in gold})
    whole = {r.measure.key: r for r in score(compared).results(samples=0)}
    parts = [part for part in by_form(compared) if part.name.startswith("mentions:")]
    strict = [r for part in parts for r in part.results if r.measure.key == "mentions:strict"]
    assert sum(r.gold or 0 for r in strict) == whole["mentions:strict"].gold
    found = sum((r.recall or 0) * (r.gold or 0) for r in strict)
    assert found == pytest.approx((whole["mentions:strict"].recall or 0) * len_of(gold))


def test_parts_hold_their_own_records_and_layers_alone() -> None:
    parts = by_form(compare([told()], {"a": told()}))
    assert {part.name.partition(":")[0] for part in parts} == {"mentions", "quotes"}
    for part in parts:
        assert {r.measure.group for r in part.results} == {part.name.partition(":")[0]}
    partly = msgspec.structs.replace(told().document, layers=("quotes",))
    parts = by_form(compare([replace(told(), document=partly)], {"a": told()}))
    assert {part.name for part in parts} == {"quotes:indirect"}


def len_of(articles: list[Article]) -> int:
    return sum(len(a.mentions) for a in articles)


def test_parts_by_phenomenon_judge_records_that_show_it() -> None:
    gold, other = told(), told()
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0001",))
    parts = {part.name: part for part in by_phenomenon(compare([gold], {"a": other}))}
    pronoun = {r.measure.name: r for r in parts["quote:pronoun-speaker"].results}
    assert (pronoun["speaker"].gold, pronoun["speaker"].predicted) == (1, 0)
    assert pronoun["speaker"].figure == 0.0
    assert pronoun["content-strict"].recall == 1.0
    names = {r.measure.name: r for r in parts["quote:name-speaker"].results}
    assert (names["speaker"].gold, names["speaker"].predicted) == (2, 3)
    assert names["speaker"].precision == pytest.approx(2 / 3)
    assert "document:constructed" in parts


def test_parts_by_document_are_scores_of_their_own() -> None:
    gold = list(corpus())[:2]
    parts = by_document(score(compare(gold, {gold[0].document.id: gold[0]})))
    by_name = {part.name: part.results[0].figure for part in parts}
    assert by_name == {gold[0].document.id: 1.0, gold[1].document.id: 0.0}
