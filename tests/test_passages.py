"""Every two-way format brings the corpus, and what is hard to carry, back byte for byte."""

from collections import Counter
from pathlib import Path

import pytest

from onrecord import exporters, importers, store
from onrecord.bring import Order, bring
from onrecord.codec import encode
from onrecord.losses import Losses
from onrecord.model import Article, articles
from onrecord.paths import Corpus, Place
from onrecord.schema import ANNOTATIONS, TABLES
from onrecord.standoff import maps
from onrecord.standoff.format import Exporter, Importer, Reading
from onrecord.take import take, write_into
from onrecord.target import target

from . import nasty
from .articles import SEED, corpus, few, seed

WAYS_IN = {name: importers.importer(name) for name in importers.NAMES}
WAYS_OUT = {name: exporters.exporter(name) for name in exporters.NAMES}
BOTH = [name for name in exporters.NAMES if name in importers.NAMES]


def bundles(folder: Path, found: list[Article]) -> list[Place]:
    """Some articles as a corpus of their own."""
    to = Corpus(folder / "corpus")
    for article in found:
        place = to.folder / "train" / article.document.id
        place.mkdir(parents=True)
        for table in TABLES:
            rows = [article.document] if table == "documents" else article.table(table)
            (place / store.table_file(table)).write_bytes(encode(rows))
    return list(to.places())


def passed(
    exporter: Exporter, importer: Importer, places: list[Place], folder: Path
) -> tuple[Losses, list[Place]]:
    """The bundles that come of an export and an import, and all that was lost on the way."""
    losses = Losses()
    # Neither seeds nor the rules above the structure are of interest here.
    read = (article for _, article in store.read_articles(places))
    files = exporter.write(read, losses)
    write_into(folder / "out", files, losses, strict=False, over=False)
    to = target(folder / "back" / "corpus" / "train")
    by = maps.load(importer.map) if importer.map else None
    texts = folder / "texts"
    texts.mkdir()
    for document in (d for place in places for d in store.read_documents(place.folder)):
        (texts / f"{document.id}.txt").write_bytes(document.text.encode())
    # Only the interlinear form keeps the text elsewhere.
    reading = Reading(losses, [], text=texts if importer.name == "interlinear" else None)
    brought = bring(importer, folder / "out", to, Order(map=by), reading)
    return losses, brought.places


def whole(places: list[Place]) -> dict[str, dict[str, bytes]]:
    """The bytes of every table, by document and table."""
    return {
        article.document.id: {
            "documents": encode([article.document]),
            **{table: encode(article.table(table)) for table in ANNOTATIONS},
        }
        for place in places
        for article in articles(store.read_records(place.folder))
    }


def assert_comes_back(name: str, found: list[Article], folder: Path) -> None:
    places = bundles(folder, found)
    losses, back = passed(WAYS_OUT[name], WAYS_IN[name], places, folder)
    assert [(what, kind, count) for what, kind, count, _ in losses] == []
    before, after = whole(places), whole(back)
    assert before.keys() == after.keys()
    for document, tables in before.items():
        for table, data in tables.items():
            assert after[document][table] == data, (document, table)


def test_a_module_is_called_like_its_format() -> None:
    assert [way.name for way in WAYS_IN.values()] == list(importers.NAMES)
    assert [way.name for way in WAYS_OUT.values()] == list(exporters.NAMES)


@pytest.mark.parametrize("name", BOTH)
def test_what_is_hard_to_carry_comes_back(name: str, tmp_path: Path) -> None:
    assert_comes_back(name, nasty.articles(), tmp_path)


@pytest.mark.parametrize("name", BOTH)
def test_real_articles_come_back(name: str, tmp_path: Path) -> None:
    assert_comes_back(name, few(), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_the_whole_corpus_comes_back(name: str, tmp_path: Path) -> None:
    assert_comes_back(name, list(corpus()), tmp_path)


@pytest.mark.parametrize("exporter", WAYS_OUT.values(), ids=WAYS_OUT)
def test_exports_are_the_same_bytes_every_time(exporter: Exporter) -> None:
    found = [*nasty.articles()[:2], corpus()[0]]
    once, again = (dict(exporter.write(found, Losses())) for _ in range(2))
    assert once == again
    assert once
    for name in once:
        assert not Path(name).is_absolute()
        assert ".." not in Path(name).parts


@pytest.mark.parametrize("exporter", WAYS_OUT.values(), ids=WAYS_OUT)
def test_an_export_counts_what_it_loses_by_a_kind_it_announces(exporter: Exporter) -> None:
    losses = Losses()
    for _ in exporter.write(nasty.articles(), losses):
        pass
    if losses:
        assert exporter.loses


def test_taking_counts_records(tmp_path: Path) -> None:
    places = bundles(tmp_path, [seed()])
    (tmp_path / "seeds").mkdir()
    source = Corpus(Path(__file__).parent.parent / "corpus").seed(SEED)
    (tmp_path / "seeds" / f"{SEED}.txt").write_bytes(source.read_bytes())
    counts = Counter[str]()
    list(take(WAYS_OUT["interlinear"], places, Losses(), counts))
    assert counts == {"documents": 1, "actors": 16, "mentions": 72, "quotes": 14, "claims": 20}
