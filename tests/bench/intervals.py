"""How often intervals hold the truth, by how many documents they are drawn from.

    python -m tests.bench.intervals [--trials 2000]

Documents are made at random, long and short, hard and easy ones; the truth is the F1 of very many.
Prints the table of README.md.
"""

import argparse

import numpy as np

from onrecord.markdown import table
from onrecord.scoring import resample

from ..test_resample import documents, figure

NUMBERS = (2, 3, 6, 10, 16, 40, 100)


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=2000)
    trials = parser.parse_args().trials
    rng = np.random.default_rng(0)
    truth = figure(documents(rng, 2_000_000).sum(axis=0)[None])[0][0]
    rows = [(number, coverage(rng, number, truth, trials)) for number in NUMBERS]
    print(table(["documents", "hold the truth"], rows, texts=0))


def coverage(rng: np.random.Generator, number: int, truth: float, trials: int) -> float:
    """The share of intervals of so many documents that hold the truth."""
    held = 0
    for trial in range(trials):
        low, high = resample.interval(documents(rng, number), figure, samples=1000, seed=trial)
        held += bool(low[0] <= truth <= high[0])
    return held / trials


if __name__ == "__main__":
    main()
