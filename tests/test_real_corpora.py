"""Corpora of others come in whole: sound, built, loaded, and scored as equal to themselves."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import datasets
import msgspec
import pytest

from onrecord import store
from onrecord.paths import places_at
from onrecord.schema import TABLES
from onrecord.validate import check_places

from .bench import interchange
from .bench.interchange import CORPORA
from .conftest import ROOT

REAL = os.environ.get("ONRECORD_REAL_DATA", "")
Command = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL, reason="ONRECORD_REAL_DATA is not set"),
]

WHOLE = {
    "german-wikinews": {"documents": 60, "quotes": 273},
    "litbank": {"documents": 20},
    "gum": {"documents": 12, "mentions": 1211},
    "claimpt": {"documents": 20, "claims": 16},
}
"""What is counted in the samples by other means."""


@pytest.mark.parametrize("name", CORPORA)
def test_a_real_corpus_comes_in(name: str, tmp_path: Path, onrecord: Command) -> None:
    report, corpus = tmp_path / "report.json", tmp_path / "corpus"
    source = Path(REAL) / CORPORA[name]
    done = onrecord("import", name, source, "--to", corpus / "train", "--report", report)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    told = msgspec.json.decode(report.read_bytes())
    assert told["unproved"] == 0
    assert {table: told["records"][table] for table in WHOLE[name]} == WHOLE[name]
    places = places_at(corpus)
    assert not [p for p in check_places(places, level=3) if p.is_error]
    for _, article in store.read_articles(places):
        of_quotes = [span for quote in article.quotes for span in (*quote.content, *quote.cue)]
        of_claims = [span for claim in article.claims for span in claim.content]
        text = article.document.text
        for span in [*of_quotes, *of_claims]:
            assert text[span.start : span.end] == span.exact
        for mention in article.mentions:
            assert text[mention.start : mention.end] == mention.exact

    done = onrecord("build", "--corpus", corpus, "--ignore", "E4,E5")
    assert done.returncode == 0, done.stdout
    for table in TABLES:
        if told["records"][table]:
            rows = datasets.load_dataset(
                str(tmp_path / "dataset"), table, split="train", cache_dir=str(tmp_path / "cache")
            )
            assert len(rows) == told["records"][table]

    done = onrecord(
        "score", corpus, corpus, "--json", "--samples", 0, "--ignore", "E4,E5", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    measures = msgspec.json.decode(done.stdout)["measures"].values()
    figures = [measure["figure"] for measure in measures if measure["gold"]]
    assert figures
    assert set(figures) == {1.0}


@pytest.mark.parametrize("name", CORPORA)
def test_the_same_import_gives_the_same_bytes(
    name: str, tmp_path: Path, onrecord: Command, tree: Callable[[Path], dict[str, str]]
) -> None:
    source = Path(REAL) / CORPORA[name]
    trees = []
    for folder in ("one", "other"):
        to = tmp_path / folder / "corpus" / "train"
        assert onrecord("import", name, source, "--to", to).returncode == 0
        trees.append(tree(tmp_path / folder))
    assert trees[0] == trees[1]


def test_the_pages_have_the_figures() -> None:
    """Paste what `python -m tests.bench.interchange --data FOLDER` prints where they have not."""
    summary, losses = interchange.of_corpora(Path(REAL))
    assert summary in (ROOT / "scripts" / "INTERCHANGE.md").read_text(encoding="utf-8")
    assert losses in (ROOT / "tests" / "bench" / "README.md").read_text(encoding="utf-8")
