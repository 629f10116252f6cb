"""Conditional random fields learn the corpus, and say what is wrong with a model."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from onrecord.chains import Chains
from onrecord.model import Article, Mention, Span
from onrecord.paths import Corpus
from onrecord.predictors.crf import Crf, open_crf
from onrecord.predictors.labelling.fit import train_crf
from onrecord.problem import ModelError, NotFoundError
from onrecord.store import read_articles

from .articles import LAYERS, article
from .conftest import ROOT
from .test_sequences import NASTY

Tree = Callable[[Path], dict[str, str]]

COLUMNS = ["actors", "contents", "cues", "speakers", "claims"]


@pytest.fixture(scope="module")
def learnt() -> list[Article]:
    """Three articles of the train split."""
    return [each for _, each in read_articles(Corpus(ROOT / "corpus").split("train"))][:3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, learnt: list[Article]) -> Path:
    """A model of these."""
    made = tmp_path_factory.mktemp("crf")
    assert train_crf(learnt, made) == COLUMNS
    return made


@pytest.fixture
def crf(folder: Path) -> Crf:
    return open_crf(str(folder))


def narrowed(of: Article, *layers: str) -> Article:
    """The article as if only these layers were annotated."""
    document = msgspec.structs.replace(of.document, layers=layers)
    return Article(document, of.actors, of.mentions, of.quotes, of.claims)


def test_it_knows_what_it_was_taught(crf: Crf, learnt: list[Article]) -> None:
    for gold, found in zip(learnt, crf.predict(a.document for a in learnt), strict=True):
        mentions = {(m.start, m.end) for m in gold.mentions}
        assert len(mentions & {(m.start, m.end) for m in found.mentions}) > 0.7 * len(mentions)
        contents = {(s.start, s.end) for quote in gold.quotes for s in quote.content}
        again = {(s.start, s.end) for quote in found.quotes for s in quote.content}
        assert len(contents & again) > 0.7 * len(contents)
        assert found.claims


def test_it_annotates_an_article_it_has_not_seen(crf: Crf) -> None:
    text = 'Ana Lund resigned on Monday.\n"It is over," Lund said. She told reporters that it hurt.'
    [found] = crf.predict([article(text).document])
    assert {"Lund", "She"} <= {m.exact for m in found.mentions}
    assert "said" in {span.exact for quote in found.quotes for span in quote.cue}
    assert crf.layers == LAYERS
    assert crf.remarks() == []


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_any_text_is_annotated(text: str, language: str, crf: Crf) -> None:
    [found] = crf.predict([article(text, language=language).document])
    chains = Chains(found)
    spans: list[Span | Mention] = [*found.mentions]
    spans += [span for quote in found.quotes for span in (*quote.content, *quote.cue)]
    spans += [span for claim in found.claims for span in claim.content]
    for span in spans:
        assert text[span.start : span.end] == span.exact != ""
    assert {chains.actor(mention).id for mention in found.mentions} <= chains.actors.keys()
    spoken = {mention.id for quote in found.quotes for mention in chains.speakers(quote)}
    assert spoken <= chains.mentions.keys()


def test_the_same_articles_give_the_same_bytes(
    folder: Path, learnt: list[Article], tmp_path: Path, tree: Tree
) -> None:
    train_crf(learnt, tmp_path)
    assert tree(tmp_path) == tree(folder)


def test_columns_that_are_not_annotated_are_not_learnt(
    learnt: list[Article], tmp_path: Path
) -> None:
    made = [narrowed(learnt[0], "actors"), narrowed(learnt[1])]
    assert train_crf(made, tmp_path) == ["actors"]
    assert open_crf(str(tmp_path)).layers == ("actors",)
    with pytest.raises(ModelError):
        train_crf(made[1:], tmp_path)


def test_an_article_of_another_layer_adds_nothing_to_a_column(
    learnt: list[Article], tmp_path: Path, tree: Tree
) -> None:
    one, both = tmp_path / "one", tmp_path / "both"
    for target, articles in ((one, learnt[:1]), (both, [learnt[0], narrowed(learnt[1], "claims")])):
        target.mkdir()
        train_crf(articles, target)
    before, after = tree(one), tree(both)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"claims.crfsuite", "crf.json"}


def test_no_model_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for where in ("", "elsewhere"):
        with pytest.raises(NotFoundError):
            open_crf(where)


@pytest.mark.parametrize("damage", ["cut", "gone", "features", "types", "column", "no json"])
def test_a_model_that_cannot_be_used_is_told(damage: str, folder: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(folder, spoilt)
    file, about = spoilt / "cues.crfsuite", spoilt / "crf.json"
    said = json.loads(about.read_bytes())
    match damage:
        case "cut":
            file.write_bytes(file.read_bytes()[:500])
        case "gone":
            file.unlink()
        case "features":
            said["features"] += 1
        case "types":
            said["columns"]["cues"].append("nod")
        case "column":
            said["columns"]["nods"] = ["nod"]
    about.write_text("{" if damage == "no json" else json.dumps(said))
    with pytest.raises(ModelError) as raised:
        open_crf(str(spoilt))
    assert "\n" not in str(raised.value)
