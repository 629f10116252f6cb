"""Figures follow from what annotations say, never from ids, and agreement from no side."""

import random
from collections.abc import Iterator

import pytest

from onrecord.model import Article
from onrecord.scoring.agreement import compare as agreement
from onrecord.scoring.breakdown import by_form, by_phenomenon
from onrecord.scoring.differences import differences
from onrecord.scoring.figures import Figures
from onrecord.scoring.figures import figures as agreed
from onrecord.scoring.ordered import Ordered
from onrecord.scoring.score import compare, score

from .articles import add_claim, add_quote, article, corpus
from .renaming import renamed, twinned

SEEDS = range(6)

Named = dict[str, tuple[float | None, ...]]


def sides(seed: int) -> Iterator[tuple[Article, Article]]:
    rng = random.Random(seed)
    for found in sorted(corpus(), key=lambda a: len(a.mentions))[:4]:
        yield twinned(rng, found), twinned(rng, found)


def scored(gold: Article, other: Article) -> Named:
    """Every figure with precision and recall, of the whole and of its parts."""
    compared = compare([gold], {gold.document.id: other})
    parts = {part.name: part.results for part in (*by_form(compared), *by_phenomenon(compared))}
    every = {"": score(compared).results(samples=0), **parts}
    return {
        f"{name} {r.measure.key}": (r.figure, r.precision, r.recall)
        for name, results in every.items()
        for r in results
    }


def leaves(node: Figures, way: str = "") -> Iterator[tuple[str, float | None]]:
    for step, below in node.items():
        if isinstance(below, dict):
            yield from leaves(below, f"{way} {step}")
        else:
            yield f"{way} {step}", below


@pytest.mark.parametrize("seed", SEEDS)
def test_other_ids_give_the_same_score(seed: int) -> None:
    for gold, other in sides(seed):
        rng = random.Random(seed)
        before, after = (
            scored(gold, other),
            scored(renamed(rng, gold), renamed(rng, other)),
        )
        assert before.keys() == after.keys()
        for key, found in before.items():
            assert after[key] == pytest.approx(found, abs=1e-9), key


@pytest.mark.parametrize("seed", SEEDS)
def test_other_ids_give_the_same_agreement(seed: int) -> None:
    for one, other in sides(seed):
        rng = random.Random(seed)
        before = dict(leaves(agreed(agreement(one, other))))
        again = renamed(rng, one), renamed(rng, other)
        assert dict(leaves(agreed(agreement(*again)))) == pytest.approx(before, abs=1e-9)
        told, told_again = differences(one, other), differences(*again)
        assert [d[:4] for d in told] == [d[:4] for d in told_again]


@pytest.mark.parametrize("seed", SEEDS)
def test_agreement_is_the_same_from_both_sides(seed: int) -> None:
    for one, other in sides(seed):
        there, back = agreed(agreement(one, other)), agreed(agreement(other, one))
        for table, row in there.items():
            for name, found in row["measures"].items():
                turned = back[table]["measures"][name]
                assert found["f1"] == pytest.approx(turned["f1"], abs=1e-9), (table, name)
                assert found["precision"] == pytest.approx(turned["recall"], abs=1e-9)
            kappas = {name: pairs["kappa"] for name, pairs in row["labels"].items()}
            turned = {name: pairs["kappa"] for name, pairs in back[table]["labels"].items()}
            assert kappas == pytest.approx(turned, abs=1e-9)


def test_records_on_one_place_are_told_by_what_they_are() -> None:
    made = article("Kim said that Varga said no.")
    outer = add_quote(made, "no", cue=("said",))
    inner = add_quote(made, "no", cue=("said",), within=outer)
    add_claim(made, "no", quote=inner)
    add_claim(made, "no", kind="demand", quote=outer)
    for seed in SEEDS:
        found = Ordered(renamed(random.Random(seed), made))
        assert [quote.within is None for quote in found.quotes] == [True, False]
        assert [claim.kind for claim in found.claims] == ["demand", "fact"]
        assert found.key("claims") == Ordered(made).key("claims")
