"""The measures of variety, by hand, and that the corpus page shows what they give.

After a change of the corpus, paste what `python -m tests.bench.variety` prints into that page.
"""

import pytest

from onrecord.paths import places_at
from onrecord.store import read_articles

from .bench import variety
from .conftest import ROOT


def test_measures_by_hand() -> None:
    one = "The sea is calm. The boat left at noon on Monday.\n“Nobody came,” he said."
    other = (
        "At noon the boat left at noon on Monday. Rain fell. Rain stopped."
        " Then all went home to eat."
    )
    forms = variety.measured({"one": one, "other": other})
    assert forms["one"].words == 15
    assert forms["one"].recurring == pytest.approx(3 / 11)
    assert forms["one"].the == pytest.approx(2 / 3)
    assert forms["one"].again == pytest.approx(1 / 2)
    assert (forms["one"].paragraphs, forms["one"].marked) == (2, 0.5)
    assert forms["one"].sentence == pytest.approx(5)
    assert forms["other"].again == pytest.approx(1 / 3)
    assert forms["other"].the == 0


def test_versions_of_one_text_do_not_count_as_repetition() -> None:
    text = "The wall of the pond gave way on Friday after six days of rain in the hills"
    forms = variety.measured({"first": text, "second": f"{text} and the town"})
    assert forms["first"].recurring == forms["second"].recurring == 0


def test_the_corpus_page_shows_what_is_measured() -> None:
    articles = [article for _, article in read_articles(places_at(ROOT / "corpus"))]
    forms = variety.measured({a.document.id: a.document.text for a in articles})
    page = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert variety.summary(forms) in page
    assert variety.cues(articles) in page
