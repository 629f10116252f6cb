"""The measures of the scorer; adding one is one function and one name in its module."""

from ..measure import Measure
from .claims import CLAIMS
from .clusters import COREFERENCE
from .mentions import MENTIONS
from .quotes import QUOTES

MEASURES: tuple[Measure, ...] = (*MENTIONS, *COREFERENCE, *QUOTES, *CLAIMS)
"""Every measure; those of one group stand together."""


def find_measures(name: str) -> list[Measure]:
    """Those called `name`, which is `mentions:strict` or, in any group, `strict`; else none."""
    return [m for m in MEASURES if name.lower() in (m.key, m.name)]
