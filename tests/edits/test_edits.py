"""One edit in a tool changes just the lines that it should, in every format that goes both ways."""

import re
import shutil
from functools import cache
from pathlib import Path

import orjson
import pytest

from onrecord.bring import Order, bring
from onrecord.exporters import exporter
from onrecord.importers import importer
from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.schema import TABLES
from onrecord.standoff import maps
from onrecord.standoff.format import Reading
from onrecord.target import target

from ..articles import corpus
from ..conftest import ROOT
from .brat import Brat
from .cas import CasJson, CasXmi
from .doccano import Doccano
from .edits import EDITS
from .label_studio import LabelStudio
from .scene import Expected, Row, Scene, ordered
from .spacy import Spacy
from .tei import Tei
from .tool import CannotError, Tool
from .web_annotation import WebAnnotation

TOOLS: dict[str, type[Tool]] = {
    "brat": Brat,
    "label-studio": LabelStudio,
    "doccano": Doccano,
    "cas-xmi": CasXmi,
    "cas-json": CasJson,
    "web-annotation": WebAnnotation,
    "spacy": Spacy,
    "tei": Tei,
}
QUICK = ("brat", "label-studio")
SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in TOOLS if name not in QUICK]
ARTICLES = (
    "questions-for-the-governor",
    pytest.param("nk-severs-road-rail-links", marks=pytest.mark.slow),
    pytest.param("icons-verdict", marks=pytest.mark.slow),
)

NEW = re.compile(r'"id":"([mqc]-[0-9a-hjkmnp-tv-z]{4,})"')
_MADE = ["attribute created", "attribute creator"]
TOLD_BESIDES = {
    ("doccano", "move_an_end"): ["moved, known by words that it shares"],
    ("web-annotation", "add_a_mention_of_an_actor"): _MADE,
    ("web-annotation", "add_a_mention_of_a_new_actor"): _MADE,
    ("web-annotation", "add_a_quote"): _MADE * 2,
}
"""What some formats tell of edits that others can be sure of."""


@cache
def article(name: str) -> Article:
    return next(one for one in corpus() if one.document.id == name)


def opened(tmp_path: Path, format_: str, name: str) -> Scene:
    folder = tmp_path / "work"
    folder.mkdir()
    for file, data in exporter(format_).write([article(name)], Losses()):
        (folder / file).write_bytes(data)
    return Scene(article(name), TOOLS[format_](folder, name), Expected(stored(name)))


def stored(name: str) -> Path:
    (found,) = ROOT.glob(f"corpus/*/{name}")
    return found


def returned(tmp_path: Path, format_: str, name: str) -> tuple[Path, Losses]:
    """The folder of the bundle after the import, and what was told."""
    bundle = tmp_path / "corpus" / "train" / name
    if not bundle.exists():
        shutil.copytree(stored(name), bundle)
    losses = Losses()
    way = importer(format_)
    order = Order(map=maps.load(way.map), replace=True)
    bring(way, tmp_path / "work", target(bundle.parent), order, Reading(losses, []))
    return bundle, losses


def rows(bundle: Path, table: str, known: set[str]) -> list[Row]:
    """The records of a table, in no order; those whose ids were not there are called `new`."""
    data = (bundle / f"{table}.jsonl").read_text()
    return ordered(orjson.loads(_shown(line, known)) for line in data.split("\n")[:-1])


def _shown(line: str, known: set[str]) -> str:
    return NEW.sub(lambda m: m[0] if m[1] in known else '"id":"new"', line, count=1)


def ids(article: Article) -> set[str]:
    tables = (article.mentions, article.quotes, article.claims)
    return {record.id for table in tables for record in table}


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("format_", [*QUICK, *SLOW])
@pytest.mark.parametrize("made", EDITS)
def test_an_edit_changes_what_it_should(tmp_path: Path, made: str, format_: str, name: str) -> None:
    scene = opened(tmp_path, format_, name)
    try:
        EDITS[made](scene)
    except CannotError:
        pytest.skip("the tool cannot do this")
    except StopIteration:
        pytest.skip("the article has nothing for this")
    scene.tool.save()
    bundle, losses = returned(tmp_path, format_, name)
    for table in TABLES:
        assert rows(bundle, table, ids(scene.article)) == scene.expected.rows(table)
        untouched = scene.expected.untouched(table)
        assert untouched <= set((bundle / f"{table}.jsonl").read_bytes().split(b"\n"))
    kinds = sorted(kind for _, kind, count, _ in losses for _ in range(count))
    assert kinds == sorted([*scene.told, *TOLD_BESIDES.get((format_, made), [])])
