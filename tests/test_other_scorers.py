"""The scorer counts as others do: nervaluate and seqeval on flat mentions."""

import random
from collections.abc import Iterator

import pytest
from nervaluate import Evaluator
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support

from onrecord.scoring.score import compare, score

from .flat import KINDS, Flat, flat, mentioning, predicted


def sample(seed: int, number: int = 40) -> Iterator[tuple[list[Flat], list[Flat]]]:
    rng = random.Random(seed)
    for _ in range(number):
        gold = flat(rng)
        yield gold, predicted(rng, gold)


@pytest.mark.parametrize("seed", range(5))
def test_mentions_as_nervaluate_counts_them(seed: int) -> None:
    documents = list(sample(seed))

    def plain(side: int) -> list[list[dict[str, object]]]:
        return [
            # nervaluate counts the end in.
            [{"start": start, "end": end - 1, "label": kind} for start, end, kind in pair[side]]
            for pair in documents
        ]

    theirs = Evaluator(plain(0), plain(1), tags=list(KINDS), loader="dict").evaluate()["overall"]
    gold = [mentioning(pair[0], f"d{n}") for n, pair in enumerate(documents)]
    other = {f"d{n}": mentioning(pair[1], f"d{n}") for n, pair in enumerate(documents)}
    ours = {r.measure.key: r for r in score(compare(gold, other)).results(samples=0)}
    names = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
    for name, their_name in names.items():
        found, expected = ours[f"mentions:{name}"], theirs[their_name]
        assert found.precision == pytest.approx(expected.precision, abs=1e-9)
        assert found.recall == pytest.approx(expected.recall, abs=1e-9)
        assert found.figure == pytest.approx(expected.f1, abs=1e-9)


def iob(spans: list[Flat], length: int) -> list[str]:
    labels = ["O"] * length
    for start, end, kind in spans:
        labels[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return labels


@pytest.mark.parametrize("seed", range(5, 10))
def test_mentions_as_seqeval_counts_them(seed: int) -> None:
    """A character is a token there."""
    documents = list(sample(seed))
    sides: list[list[list[str]]] = [[iob(pair[side], 250) for pair in documents] for side in (0, 1)]
    precision, recall, f1, _ = precision_recall_fscore_support(*sides, average="micro")
    gold = [mentioning(pair[0], f"d{n}") for n, pair in enumerate(documents)]
    other = {f"d{n}": mentioning(pair[1], f"d{n}") for n, pair in enumerate(documents)}
    strict = score(compare(gold, other)).results(samples=0)[0]
    assert strict.precision == pytest.approx(precision, abs=1e-9)
    assert strict.recall == pytest.approx(recall, abs=1e-9)
    assert strict.figure == pytest.approx(f1, abs=1e-9)
