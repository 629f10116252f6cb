"""The scorer against examples worked by hand, other scorers, and what must always hold."""

import random
from dataclasses import replace

import msgspec
import pytest

from onrecord.model import Actor, Article, Claim
from onrecord.scoring.measures import MEASURES
from onrecord.scoring.score import compare, score

from .articles import add_actor, add_quote, article, corpus
from .scored import TEXT, damaged, figures, mention, results, told


def test_gold_against_gold_is_one() -> None:
    articles = corpus()
    scored = score(compare(articles, {a.document.id: a for a in articles}))
    for result in scored.results(samples=50):
        assert (result.figure, result.low, result.high) == (1.0, 1.0, 1.0), result.measure.key


def test_nothing_predicted_is_zero_and_nothing_at_all_is_null() -> None:
    gold, empty = told(), article(TEXT)
    missed = {key: value for key, value in figures(gold, empty).items() if "accuracy" not in key}
    judged = {"quotes:form", "claims:kind", "claims:certainty", "claims:polarity"}
    for key, value in missed.items():
        assert value == (None if key in {*judged, "quotes:source-chain"} else 0.0), key
    assert set(figures(empty, empty).values()) == {None}
    assert {figures(empty, gold)[key] for key in ("mentions:strict", "claims:strict")} == {0.0}
    assert score(compare([gold], {})).results(samples=0)[0].figure == 0.0


def test_a_layer_that_is_not_exhaustive_is_not_scored() -> None:
    gold = told()
    partly = replace(gold, document=msgspec.structs.replace(gold.document, layers=("actors",)))
    found = figures(partly, gold)
    assert found["mentions:strict"] == 1.0
    assert found["quotes:speaker"] is None
    assert found["claims:strict"] is None
    claims = replace(gold, document=msgspec.structs.replace(gold.document, layers=("claims",)))
    found = figures(claims, replace(gold, quotes=[], claims=_loose(gold)))
    assert found["claims:strict"] == 1.0
    assert found["claims:claimant"] is found["claims:claimant-accuracy"] is None


def _loose(made: Article) -> list[Claim]:
    return [msgspec.structs.replace(claim, quote=None) for claim in made.claims]


def test_what_one_document_alone_has_has_no_interval() -> None:
    gold = list(corpus())[:3]
    gold[1:] = [
        replace(a, document=msgspec.structs.replace(a.document, layers=("actors",)))
        for a in gold[1:]
    ]
    scored = score(compare(gold, {a.document.id: a for a in gold})).results(samples=50)
    found = {result.measure.key: result for result in scored}
    assert found["claims:strict"].figure == 1.0
    assert found["claims:strict"].low is found["claims:strict"].high is None
    assert found["mentions:strict"].low == 1.0


def test_mentions_worked_by_hand() -> None:
    """Gold: Kim, Varga, he. Predicted: Kim of another kind, Varga with a word more."""
    gold, other = told(), article(TEXT)
    add_actor(other, "kim", "Kim", kind="gpe")
    add_actor(other, "varga", "told Varga")
    found = results(gold, other)
    sums = {key: found[f"mentions:{key}"] for key in ("strict", "exact", "partial", "type")}
    right = {key: round((r.precision or 0) * 2, 9) for key, r in sums.items()}
    assert right == {"strict": 0, "exact": 1, "partial": 1.5, "type": 1}
    assert sums["partial"].recall == pytest.approx(1.5 / 3)


def test_quotes_worked_by_hand() -> None:
    """The first as gold, of the second a part said by the same man by name, the third missed."""
    gold, other = told(), article(TEXT)
    add_actor(other, "someone", "Kim")
    add_quote(other, "the road was closed", cue=("said",), speakers=("m-0000",))
    add_quote(other, "It is shut", cue=("told",), speakers=("m-0000",))
    found = results(gold, other)
    assert found["quotes:content-strict"].figure == pytest.approx(2 * 1 / 5)
    part = len("It is shut") / len("“It is shut,”")
    assert found["quotes:content-proportional"].precision == 1.0
    assert found["quotes:content-proportional"].recall == pytest.approx((1 + part) / 3)
    assert found["quotes:cue-strict"].figure == pytest.approx(2 * 2 / 5)
    assert found["quotes:speaker"].figure == pytest.approx(2 * 2 / 5)
    assert found["quotes:speaker-accuracy"].figure == 1.0
    assert found["quotes:full"].figure == pytest.approx(2 * 1 / 5)


def test_the_speaker_is_right_by_any_mention_and_wrong_by_another_actor() -> None:
    gold, other = told(), told()
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0000",))
    assert figures(gold, other)["quotes:speaker"] == 1.0
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0001",))
    assert figures(gold, other)["quotes:speaker"] == pytest.approx(2 / 3)
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0000", "m-0001"))
    found = results(gold, other)["quotes:speaker"]
    assert (found.precision, found.recall) == (0.75, 1.0)
    assert figures(gold, other)["quotes:speaker-accuracy"] == pytest.approx(2 / 3)


def test_claimants_are_the_article_or_those_who_speak() -> None:
    gold, other = told(), told()
    other.claims[0] = msgspec.structs.replace(other.claims[0], quote=None)
    assert figures(gold, other)["claims:claimant"] == pytest.approx(2 / 3)
    gold.claims[0] = msgspec.structs.replace(gold.claims[0], quote=None)
    assert figures(gold, other)["claims:claimant"] == 1.0


def test_labels_are_averaged_over_those_that_occur() -> None:
    gold, other = told(), told()
    other.claims[0] = msgspec.structs.replace(other.claims[0], kind="prediction")
    # fact: 2 of 2 right, 2 of 3 found; prediction: none.
    assert figures(gold, other)["claims:kind"] == pytest.approx((2 * 2 / 5 + 0) / 2)
    assert figures(gold, other)["claims:polarity"] == 1.0


def test_a_chain_is_right_as_a_whole() -> None:
    def relayed(outer: str, inner: str) -> Article:
        made = told()
        first = add_quote(made, "the road was closed. “It is shut,”", speakers=(outer,))
        add_quote(made, "“It is shut,” he", speakers=(inner,), within=first)
        return made

    gold = relayed("m-0000", "m-0001")
    assert figures(gold, relayed("m-0000", "m-0001"))["quotes:source-chain"] == 1.0
    assert figures(gold, relayed("m-0001", "m-0001"))["quotes:source-chain"] == 0.0
    assert figures(gold, told())["quotes:source-chain"] == 0.0
    assert figures(told(), gold)["quotes:source-chain"] == 0.0


def shuffled(rng: random.Random, found: Article) -> Article:
    return Article(
        found.document,
        rng.sample(found.actors, len(found.actors)),
        rng.sample(found.mentions, len(found.mentions)),
        rng.sample(found.quotes, len(found.quotes)),
        rng.sample(found.claims, len(found.claims)),
    )


@pytest.mark.slow
def test_order_never_matters() -> None:
    rng = random.Random(4)
    gold = list(corpus())
    other = {a.document.id: damaged(rng, a) for a in gold}
    before = score(compare(gold, other)).results(samples=100)
    assert any(result.figure not in (0.0, 1.0) for result in before)
    for _ in range(3):
        mixed = {
            name: shuffled(rng, a) for name, a in rng.sample(sorted(other.items()), len(other))
        }
        again = compare([shuffled(rng, a) for a in rng.sample(gold, len(gold))], mixed)
        assert score(again).results(samples=100) == before


def test_sides_swapped_swap_precision_and_recall() -> None:
    rng = random.Random(5)
    for gold in corpus()[:4]:
        other = damaged(rng, gold)
        there, back = results(gold, other), results(other, gold)
        for key in (
            "mentions:strict",
            "mentions:partial",
            "quotes:content-strict",
            "claims:strict",
        ):
            assert there[key].precision == pytest.approx(back[key].recall), key
            assert there[key].recall == pytest.approx(back[key].precision), key


@pytest.mark.slow
def test_against_another_system() -> None:
    rng = random.Random(9)
    gold = list(corpus())
    perfect = score(compare(gold, {a.document.id: a for a in gold}))
    worse = score(compare(gold, {a.document.id: damaged(rng, a) for a in gold}))
    found = {d.measure.key: d for d in perfect.against(worse, samples=100, swaps=500)}
    strict = found["mentions:strict"]
    assert strict.figure == 1.0
    assert strict.other is not None
    assert strict.difference == pytest.approx(1 - strict.other)
    assert None not in (strict.low, strict.high, strict.p)
    low, high, p = (value or 0.0 for value in (strict.low, strict.high, strict.p))
    assert 0 < low <= 1 - strict.other <= high
    assert p < 0.01
    same = perfect.against(perfect, samples=100, swaps=100)
    assert {(d.difference, d.p) for d in same} == {(0.0, 1.0)}


def test_every_measure_is_documented_and_named_once() -> None:
    keys = [measure.key for measure in MEASURES]
    assert len(set(keys)) == len(keys)
    for measure in MEASURES:
        assert measure.definition.endswith("."), measure.key


def test_two_actors_on_one_span_are_two_mentions() -> None:
    def both(*kinds: str) -> Article:
        made = article("The pair left.")
        for number, kind in enumerate(kinds):
            made.actors.append(Actor(doc="a", id=f"x{number}", name="x", kind=kind))
            mention(made, f"x{number}", "The pair")
        return made

    assert figures(both("person", "gpe"), both("gpe", "person"))["mentions:strict"] == 1.0
    found = results(both("person", "person"), both("person"))["mentions:strict"]
    assert (found.precision, found.recall) == (1.0, 0.5)
