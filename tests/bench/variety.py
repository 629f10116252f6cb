"""How much the articles of a corpus are alike: word sequences, openings, rhythm, build, cues.

    python -m tests.bench.variety [CORPUS] [--texts DIR] [--by-document]

Reads the bundles of a corpus, or the plain texts of a folder, for which there are no cues. Prints
medians and the ends of each measure, cue words of all articles together, and with --by-document
a line for each text.
"""

import argparse
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import sentencex

from onrecord import marks
from onrecord.markdown import table
from onrecord.model import Article
from onrecord.normal import article_text
from onrecord.paths import places_at
from onrecord.store import read_articles

from ..conftest import ROOT

LENGTH = 5
"""Words of a sequence."""

VERSIONS = 0.3
"""Two texts that share more of their sequences than this are versions of one, told apart."""

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")

Sequences = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Form:
    """What is measured of one text, as shares of 1, words or paragraphs.

    `recurring` is the share of its sequences that stand in another text too; `the` and `again` the
    shares of its sentences that begin with "the", and with the word the sentence before began with.
    """

    words: int
    recurring: float
    the: float
    again: float
    sentence: float
    spread: float
    paragraphs: int
    marked: float


MEASURES: Mapping[str, str] = {
    "words": "words",
    "recurring": f"sequences of {LENGTH} words that stand in another article, %",
    "the": "sentences that begin with “the”, %",
    "again": "sentences that begin like the one before, %",
    "sentence": "words of a sentence, mean",
    "spread": "words of a sentence, standard deviation",
    "paragraphs": "paragraphs",
    "marked": "paragraphs with quotation marks, %",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--by-document", action="store_true")
    arguments = parser.parse_args()
    articles = []
    if arguments.texts:
        texts = {path.stem: path.read_bytes() for path in sorted(arguments.texts.glob("*.txt"))}
        forms = measured({name: article_text(source) for name, source in texts.items()})
    else:
        articles = [article for _, article in read_articles(places_at(arguments.corpus))]
        forms = measured({a.document.id: a.document.text for a in articles})
    if arguments.by_document:
        rows = [
            [name, *(_shown(m, getattr(form, m)) for m in MEASURES)] for name, form in forms.items()
        ]
        print(table(["document", *MEASURES], rows), end="\n\n")
    print(summary(forms))
    if articles:
        print(f"\n{cues(articles)}")


def measured(texts: Mapping[str, str]) -> dict[str, Form]:
    """The form of each text, by name."""
    words = {name: [w.lower() for w in _WORD.findall(text)] for name, text in texts.items()}
    sequences = {name: _sequences(found) for name, found in words.items()}
    return {
        name: _form(text, len(words[name]), _recurring(name, sequences))
        for name, text in texts.items()
    }


def summary(forms: Mapping[str, Form]) -> str:
    """Median, least and most of each measure, with the documents at the ends."""
    rows = []
    for measure, meaning in MEASURES.items():
        values = {name: _shown(measure, getattr(form, measure)) for name, form in forms.items()}
        low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
        middle = f"{statistics.median(values.values()):g}"
        rows.append([meaning, middle, f"{values[low]:g} `{low}`", f"{values[high]:g} `{high}`"])
    return table(["", "median", "least", "most"], rows, texts=4)


def cues(articles: Iterable[Article], most: int = 12) -> str:
    """The commonest cues of all quotes that have one, "said" with its other forms."""
    found: Counter[str] = Counter()
    for article in articles:
        for quote in article.quotes:
            if quote.cue:
                found[_cue(" ".join(span.exact for span in quote.cue).lower())] += 1
    total = found.total()
    rows = [[cue, n, f"{100 * n / total:.1f}"] for cue, n in found.most_common(most)]
    head = f"{total:,} quotes with a cue, {len(found):,} different cues.\n\n"
    return head + table(["cue", "quotes", "%"], rows)


def _cue(words: str) -> str:
    return "said" if words in ("say", "says", "saying") else words


def _form(text: str, words: int, recurring: float) -> Form:
    paragraphs = text.split("\n")
    sentences = [s for p in paragraphs for s in sentencex.segment("en", p) if _WORD.search(s)]
    lengths = [len(_WORD.findall(sentence)) for sentence in sentences]
    firsts = [_WORD.findall(sentence)[0].lower() for sentence in sentences]
    return Form(
        words=words,
        recurring=recurring,
        the=sum(first == "the" for first in firsts) / len(firsts),
        again=sum(a == b for a, b in pairwise(firsts)) / max(1, len(firsts) - 1),
        sentence=statistics.mean(lengths),
        spread=statistics.pstdev(lengths),
        paragraphs=len(paragraphs),
        marked=sum(any(marks.enclosed(p)) for p in paragraphs) / len(paragraphs),
    )


def _sequences(words: list[str]) -> Sequences:
    return Counter(zip(*(words[i:] for i in range(LENGTH)), strict=False))


def _recurring(name: str, sequences: Mapping[str, Sequences]) -> float:
    own = sequences[name]
    shared: set[tuple[str, ...]] = set()
    for other, theirs in sequences.items():
        both = own.keys() & theirs.keys()
        if other != name and len(both) <= VERSIONS * min(len(own), len(theirs)):
            shared |= both
    return sum(n for sequence, n in own.items() if sequence in shared) / max(1, own.total())


def _shown(measure: str, value: float) -> float:
    """A figure as it is printed: shares in per cent."""
    shares = ("recurring", "the", "again", "marked")
    return round(100 * value if measure in shares else value, 1)


if __name__ == "__main__":
    main()
