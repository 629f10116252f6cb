"""The figures of one article, as tests ask for them."""

from onrecord.model import Article
from onrecord.scoring.score import Result, compare, score


def results(gold: Article, other: Article) -> dict[str, Result]:
    """The result of every measure, by its key."""
    found = score(compare([gold], {gold.document.id: other})).results(samples=0)
    return {result.measure.key: result for result in found}


def figures(gold: Article, other: Article) -> dict[str, float | None]:
    """The figure of every measure, by its key."""
    return {key: result.figure for key, result in results(gold, other).items()}
