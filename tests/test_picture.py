"""The picture of an annotated article: nothing of it is missing, nothing lies outside."""

from xml.etree import ElementTree

import pytest

from onrecord.model import Article
from onrecord.paths import places_at
from onrecord.render.picture import picture
from onrecord.store import read_articles

from .conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"
ARTICLES = {a.document.id: a for _, a in read_articles(places_at(ROOT / "corpus"))}


@pytest.fixture
def article() -> Article:
    """One with nested mentions and quotes, and contents over several paragraphs."""
    return ARTICLES["no-shot-was-fired"]


def drawn(article: Article) -> ElementTree.Element:
    return ElementTree.fromstring(picture(article))


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """What is drawn of one layer, without the legend."""
    legend = {node for group in root.iter(f"{SVG}g") if group.get("class") for node in group}
    return [node for node in root.iter() if node.get("class") == name and node not in legend]


def covered(article: Article, spans: list[tuple[int, int]]) -> int:
    """How many letters of a text the spans cover, one for each span, without its line breaks."""
    text = article.document.text
    return sum(end - start - text.count("\n", start, end) for start, end in spans)


@pytest.mark.parametrize("name", ARTICLES)
def test_all_text_stands_there_word_for_word(name: str) -> None:
    lines = [n.text or "" for n in drawn(ARTICLES[name]).iter(f"{SVG}text") if n.get("textLength")]
    assert " ".join(lines).split() == ARTICLES[name].document.text.split()


def test_every_mention_is_underlined_and_numbered_once(article: Article) -> None:
    root = drawn(article)
    strokes = of_class(root, "mention")
    widths = [abs(int(n.attrib["d"].split("H")[1]) - _left(n)) for n in strokes]
    spans = [(m.start, m.end) for m in article.mentions]
    breaks = len(strokes) - len(spans)  # a mention over two lines has two strokes and lost a blank
    assert sum(widths) // 8 in range(covered(article, spans) - breaks, covered(article, spans) + 1)
    numbers = [n.text for n in of_class(root, "number") if n.tag == f"{SVG}text"]
    assert len(numbers) == len(article.mentions)
    assert len(set(numbers)) == len({m.actor for m in article.mentions})


def test_every_quote_is_tinted_and_every_cue_dotted(article: Article) -> None:
    root = drawn(article)
    tints = sum(int(node.attrib["width"]) // 8 for node in of_class(root, "quote"))
    spans = [(s.start, s.end) for q in article.quotes for s in q.content]
    assert covered(article, spans) - 2 * len(spans) <= tints <= covered(article, spans)
    assert len(of_class(root, "cue")) >= sum(len(q.cue) for q in article.quotes)
    assert len(of_class(root, "claim")) >= sum(len(c.content) for c in article.claims)


@pytest.mark.parametrize("name", ["no-shot-was-fired", "nk-severs-road-rail-links"])
def test_nothing_lies_outside(name: str) -> None:
    root = drawn(ARTICLES[name])
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for node in root.iter():
        right = float(node.get("x", 0)) + float(node.get("textLength", 0))
        assert 0 <= right <= width
        assert 0 <= float(node.get("y", 0)) <= height


def test_the_key_names_every_actor_that_is_mentioned(article: Article) -> None:
    keys = ["".join(node.itertext()) for node in drawn(article).iter(f"{SVG}text")]
    numbered = [key.partition(" ")[2].rstrip("…") for key in keys if key[:1].isdigit()]
    names = {actor.id: actor.name for actor in article.actors}
    mentioned = dict.fromkeys(mention.actor for mention in article.mentions)
    named = [names[actor] for actor in mentioned]
    assert all(
        name.startswith(key) for name, key in zip(named, numbered[-len(named) :], strict=True)
    )


def _left(node: ElementTree.Element) -> int:
    return int(node.attrib["d"].split()[0][1:])
