"""Measures of coreference: whether the mentions of an actor are kept together."""

from ..comparison import Comparison
from ..coreference import b_cubed as _b_cubed
from ..coreference import ceaf_e as _ceaf_e
from ..coreference import ceaf_m as _ceaf_m
from ..coreference import lea as _lea
from ..coreference import muc as _muc
from ..measure import Measure, by_document, mean
from ..tally import Tally


@by_document("coreference")
def muc(c: Comparison) -> Tally:
    """Links between the mentions of an actor, as few as hold them together (Vilain et al. 1995)."""
    return _muc(*c.clusters)


@by_document("coreference")
def b_cubed(c: Comparison) -> Tally:
    """For each mention, how much its two actors share (Bagga and Baldwin 1998)."""
    return _b_cubed(*c.clusters)


@by_document("coreference")
def ceaf_e(c: Comparison) -> Tally:
    """How much actors share that are paired one to one, each weighing the same (Luo 2005)."""
    return _ceaf_e(*c.clusters)


@by_document("coreference")
def ceaf_m(c: Comparison) -> Tally:
    """How many mentions actors share that are paired one to one (Luo 2005)."""
    return _ceaf_m(*c.clusters)


@by_document("coreference")
def lea(c: Comparison) -> Tally:
    """All links between the mentions of an actor, weighed by their number (Moosavi, Strube 2016).

    An actor with one mention has a link to itself.
    """
    return _lea(*c.clusters)


@mean("coreference", muc, b_cubed, ceaf_e)
def conll() -> None:
    """The mean of MUC, B-cubed and CEAF-e, as in the shared task of CoNLL 2012."""


COREFERENCE: tuple[Measure, ...] = (conll, muc, b_cubed, ceaf_e, ceaf_m, lea)
