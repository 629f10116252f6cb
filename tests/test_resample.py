"""Intervals hold what they promise, and the test knows chance from difference."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import t

from onrecord.scoring import resample
from onrecord.scoring.sums import Sums, f1


def figure(rows: Sums) -> Sums:
    return f1(rows.reshape(len(rows), -1, 4))


def documents(rng: np.random.Generator, number: int) -> Sums:
    """Tallies of documents that differ in length and in how hard they are."""
    gold = rng.poisson(rng.gamma(4, 10, size=number)) + 3
    ease = rng.beta(6, 2, size=number)
    right = rng.binomial(gold, ease)
    predicted = right + rng.poisson(gold * (1 - ease) * 0.8)
    return np.stack([right, predicted, right, gold], axis=-1).astype(float)


@pytest.mark.parametrize(("number", "least"), [(100, 0.92), (16, 0.90)])
def test_intervals_cover_the_truth(number: int, least: float) -> None:
    rng = np.random.default_rng(3)
    truth = figure(documents(rng, 500_000).sum(axis=0)[None])[0]
    trials = 500
    held = 0
    for trial in range(trials):
        low, high = resample.interval(documents(rng, number), figure, samples=300, seed=trial)
        held += bool(low[0] <= truth[0] <= high[0])
    assert least <= held / trials <= 0.97


def test_the_same_seed_gives_the_same_interval() -> None:
    rows = documents(np.random.default_rng(1), 20)
    one = resample.interval(rows, figure, samples=200, seed=4)
    other = resample.interval(rows, figure, samples=200, seed=4)
    assert np.array_equal(one, other)
    assert not np.array_equal(one, resample.interval(rows, figure, samples=200, seed=5))


def test_one_document_has_no_interval() -> None:
    low, high = resample.interval(np.array([[3.0, 4, 3, 5]]), figure, samples=100)
    assert np.isnan([low, high]).all()


def test_draws_without_anything_to_score_are_left_out() -> None:
    rows = np.array([[0.0, 0, 0, 0], [0, 0, 0, 0], [2, 4, 2, 4]])
    low, high = resample.interval(rows, figure, samples=200)
    assert low[0] == high[0] == 0.5
    empty = resample.interval(rows[:2], figure, samples=200)
    assert np.isnan(empty).all()


def test_the_test_agrees_with_trying_every_exchange() -> None:
    rng = np.random.default_rng(8)
    one, other = documents(rng, 8), documents(rng, 8)
    other[:, 3] = one[:, 3]
    seen = abs(figure(one.sum(axis=0)[None]) - figure(other.sum(axis=0)[None]))[0]
    as_great = 0
    for swaps in product([False, True], repeat=8):
        swapped = np.array(swaps)[:, None]
        left, right = np.where(swapped, other, one), np.where(swapped, one, other)
        found = abs(figure(left.sum(axis=0)[None]) - figure(right.sum(axis=0)[None]))[0]
        as_great += bool(found[0] >= seen[0] - 1e-12)
    p = resample.randomisation(one, other, figure, samples=20_000)
    assert p[0] == pytest.approx(as_great / 2**8, abs=0.02)


def test_equal_systems_do_not_differ_and_a_better_one_does() -> None:
    one = documents(np.random.default_rng(2), 40)
    assert resample.randomisation(one, one, figure, samples=500)[0] == 1.0
    better = one.copy()
    better[:, 0] = better[:, 2] = np.minimum(one[:, 1], one[:, 3])
    assert resample.randomisation(one, better, figure, samples=5000)[0] < 0.001


def test_chance_is_called_chance() -> None:
    """Of systems that are the same, few seem to differ at 5 %."""
    rng = np.random.default_rng(6)
    found = []
    for trial in range(200):
        hard = documents(rng, 30)
        gold = hard[:, 3]
        right = rng.binomial(gold[None].astype(int), (hard[:, 0] / gold)[None], size=(2, 30))
        one, other = (np.stack([r, gold, r, gold], axis=-1).astype(float) for r in right)
        found.append(resample.randomisation(one, other, figure, samples=200, seed=trial)[0])
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.10


def test_the_interval_of_a_mean_is_that_of_student() -> None:
    """What the expanded percentiles are made for: t times s / sqrt(n), s with n - 1."""
    rows = np.random.default_rng(4).normal(size=(12, 1))
    rows -= rows.mean()
    low, high = resample.interval(rows, lambda sums: sums / 12, samples=40_000)
    expected = t.ppf(0.975, 11) * rows.std(ddof=1) / np.sqrt(12)
    assert (high[0] - low[0]) / 2 == pytest.approx(expected, rel=0.02)


def test_the_sample_that_is_seen_counts_too() -> None:
    """So that p is never 0 and the test never rejects too often (Phipson and Smyth 2010)."""
    one = documents(np.random.default_rng(2), 40)
    better = one.copy()
    better[:, 0] = better[:, 2] = np.minimum(one[:, 1], one[:, 3])
    assert resample.randomisation(one, better, figure, samples=100)[0] == 1 / 101


def test_exchanges_without_a_figure_count_as_great() -> None:
    """Each system has one document; where only one of the two changes sides, one has none."""
    nothing, right, wrong = [0.0, 0, 0, 0], [1.0, 1, 1, 1], [0.0, 1, 0, 1]
    one, other = np.array([right, nothing]), np.array([nothing, wrong])
    assert resample.randomisation(one, other, figure, samples=500)[0] == 1.0


def test_a_difference_that_is_not_defined_has_no_p() -> None:
    nothing = np.zeros((5, 4))
    assert np.isnan(resample.randomisation(nothing, nothing, figure, samples=50)).all()


@pytest.mark.parametrize("samples", [90, 100])
def test_all_samples_are_drawn_however_few_at_once(
    samples: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resample, "_AT_ONCE", 120)
    one = documents(np.random.default_rng(2), 4)
    assert resample.randomisation(one, one, figure, samples=samples)[0] == 1.0
