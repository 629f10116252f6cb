"""The gamma of Mathet, Widlöcher and Métivier (2015): agreement with alignment, by pygamma."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..model import Article
from ..problem import MissingExtraError
from .units import TIERS, Unit, units


def gamma(one: Sequence[Unit], other: Sequence[Unit]) -> float | None:
    """Gamma of two annotations of one text, whose units may overlap in any way.

    1 - disorder of the best alignment / mean disorder of random annotations, which are drawn with
    a fixed seed until the error is below 5 % (The Unified and Holistic Method Gamma).
    Places and labels weigh the same. None where nobody marks a unit, 0 where only one does.

    Raises:
        MissingExtraError: the library is not installed.
    """
    try:
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError:
        raise MissingExtraError("gamma needs its library; pip install 'onrecord[gamma]'") from None

    if not one or not other:
        return 0.0 if one or other else None
    continuum = Continuum()
    for annotator, marked in (("one", one), ("other", other)):
        for unit in marked:
            continuum.add(annotator, Segment(unit.start, unit.end), unit.label)
    with _quiet(), _seeded():
        found = continuum.compute_gamma(
            CombinedCategoricalDissimilarity(alpha=1, beta=1), precision_level=0.05
        )
    return float(found.gamma)


def gammas(one: Article, other: Article) -> dict[str, float | None]:
    """The gamma of every tier of two annotations of one document.

    Raises:
        MissingExtraError: the library is not installed.
    """
    here, there = units(one), units(other)
    return {tier: gamma(here[tier], there[tier]) for tier in TIERS}


def mean(documents: Iterable[Mapping[str, float | None]]) -> dict[str, float | None]:
    """For each tier the mean over the documents that have a gamma: it is no share to be summed."""
    found = list(documents)
    return {tier: _mean([gammas[tier] for gammas in found]) for tier in TIERS}


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warning, for every alignment anew, that GLPK is taken, and without its log.

    The solver is told to be silent by one thread while another undoes it, and then prints.
    """
    import cvxopt.glpk

    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    cvxopt.glpk.options["msg_lev"] = "GLP_MSG_OFF"
    try:
        yield
    finally:
        del cvxopt.glpk.options["msg_lev"]
        logging.disable(before)


@contextmanager
def _seeded() -> Iterator[None]:
    """The library draws from numpy's global generator."""
    import numpy as np

    before = np.random.get_state()
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(before)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
