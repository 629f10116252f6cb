"""The phenomena: each has an example that is true, and shows where it should and only there."""

import json
import random

import msgspec
import pytest

from onrecord import marks
from onrecord.importers import interlinear
from onrecord.model import Article, Claim, Mention, Quote, Record, Span, articles
from onrecord.paths import places_at
from onrecord.phenomena import (
    PHENOMENA,
    claims,
    documents,
    mentions,
    quotes,
    shown,
    speakers,
)
from onrecord.phenomena.phenomenon import Phenomenon
from onrecord.phenomena.view import View
from onrecord.stats import Counts, count
from onrecord.store import read_articles

from .conftest import ROOT

TEXT = """Varga: strait is closed
Radio Hasat reported that the ministry said that 陈静 told it that the port was shut 🐟.
“Who signed?” asked a clerk at the ministry. Both countries denied that ships were fired on.
The Oruvian and Varga told parliament it might rain. The ‘peace train’ left. Nobody came.
The clerk sat down. “If it rains,
the port will close.”
The letter, reportedly, was lost; a paper says so."""

_RAIN = TEXT.index("“If"), TEXT.index("The letter") - 1

CORPUS = {a.document.id: View(a) for _, a in read_articles(places_at(ROOT / "corpus"))}

NOTES = f"""document=shut
@varga person XAA GOV | Ilse Varga | n: Varga
@oruvia gpe XAB - | Oruvia
@radio-hasat organization XAA JRN | Radio Hasat | n: Radio Hasat
@ministry organization XAA GOV | ministry
@chen-jing person - - | Chen Jing | n: 陈静
@clerk person XAA GOV | clerk
@both group - - | both countries
@parliament organization XAA LEG | parliament
@paper artifact - - | paper
---
¶1
  q1 varga | : | strait is closed : fact
¶2
  m the ministry=ministry; it=ministry
  q2 radio-hasat | reported | that the ministry .. shut
  q3<q2 ministry | said | that 陈静 .. shut
  q4<q3 chen-jing > ministry | told | that the port was shut : fact
¶3
  m a clerk at the ministry=clerk; the ministry=ministry; Both countries=both/nominal
  q5 clerk | asked | “Who signed?”
  q6 both | denied | that ships were fired on : fact neg
¶4
  m The Oruvian=oruvia/adjective; parliament=parliament
  c fact | The ‘peace train’ left
  c fact neg | Nobody came
  q7 oruvia, varga > parliament | told | it might rain : prediction possible
¶5
  m The clerk=clerk
  q8 clerk | - | @{_RAIN[0]}-{_RAIN[1]} : prediction conditional
¶7
  m a paper=paper
  q9 - | reportedly | The letter || was lost : fact
  q10/indirect paper | says | so : fact
"""


def made() -> Article:
    tables = interlinear.read(NOTES, TEXT, draw=random.Random(5).choice)
    (article,) = articles(tables)
    actors = [
        msgspec.structs.replace(actor, members=("ministry", "oruvia"))
        if actor.id == "both"
        else actor
        for actor in article.actors
    ]
    return Article(article.document, actors, article.mentions, article.quotes, article.claims)


def without_quotes() -> Article:
    """The same text with its annotations withheld, as a flash without a headline."""
    document = made().document
    body = (msgspec.structs.replace(document.sections[0], role="body"),)
    return Article(msgspec.structs.replace(document, sections=body, brief="natural"))


def by_words(article: Article, layer: str) -> dict[str, str]:
    """For each record, by its words, the phenomena it shows, with blanks between."""
    names = shown(View(article), layer)
    return {words(r): " ".join(names[r.id]) for r in article.table(f"{layer}s")}


def words(record: Record) -> str:
    if isinstance(record, Quote | Claim):
        return " … ".join(span.exact for span in record.content)
    assert isinstance(record, Mention)
    return f"{record.exact} {record.start}"


def test_quotes_by_hand() -> None:
    assert by_words(made(), "quote") == {
        "strait is closed": "indirect headline headline-colon name-speaker",
        "that the ministry said that 陈静 told it that the port was shut": (
            "indirect name-speaker relaying"
        ),
        "that 陈静 told it that the port was shut": (
            "indirect unnamed-source nominal-speaker nested relaying relay-of-two"
        ),
        "that the port was shut": "indirect name-speaker addressed nested relay-of-three",
        "“Who signed?”": (
            "direct inverted postposed question claimless unnamed-source nominal-speaker"
        ),
        "that ships were fired on": (
            "indirect denial unnamed-source nominal-speaker group-speaker"
        ),
        "it might rain": ("indirect name-speaker adjective-speaker joint-speakers addressed"),
        "“If it rains,\nthe port will close.”": (
            "direct cueless several-sentences several-paragraphs"
            " unnamed-source nominal-speaker distant-speaker"
        ),
        "The letter … was lost": "indirect discontinuous interposed no-source hearsay",
        "so": "indirect unnamed-source nominal-speaker artifact-speaker",
    }


def test_claims_by_hand() -> None:
    assert by_words(made(), "claim") == {
        "strait is closed": "of-source fact headline",
        "the port was shut": "of-source relayed fact",
        "ships were fired on": "of-source of-unnamed-source negative denial fact",
        "it might rain": "of-source possible prediction",
        "The ‘peace train’ left": "of-article fact",
        "Nobody came": "of-article negative fact",
        "If it rains,\nthe port will close": ("of-source of-unnamed-source conditional prediction"),
        "The letter … was lost": "of-no-source fact discontinuous",
        "so": "of-source of-unnamed-source fact",
    }


def test_mentions_by_hand() -> None:
    found = by_words(made(), "mention")
    assert found[f"a clerk at the ministry {TEXT.index('a clerk')}"] == "nominal speaker"
    assert found[f"the ministry {TEXT.index('the ministry. Both')}"] == "nominal nested"
    assert found[f"Both countries {TEXT.index('Both')}"] == "nominal plural speaker"
    assert found[f"it {TEXT.index('it that')}"] == "pronoun addressee"
    assert found[f"The Oruvian {TEXT.index('The Oruvian')}"] == "adjective speaker"


def test_documents_by_hand() -> None:
    assert shown(View(made()), "document")["shut"] == (
        "published",
        "scare-quotes",
        "other-script",
        "astral",
    )
    assert shown(View(without_quotes()), "document")["shut"] == (
        "published",
        "natural",
        "without-headline",
        "without-quotes",
        "scare-quotes",
        "astral",
    )


def test_absence_counts_only_where_a_layer_is_exhaustive() -> None:
    article = made()
    open_ended = msgspec.structs.replace(article.document, layers=("actors",))
    claimless = Article(open_ended, article.actors, article.mentions, article.quotes)
    assert "claimless" not in " ".join(by_words(claimless, "quote").values())
    assert shown(View(Article(open_ended)), "document")["shut"] == ("published", "astral")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a “fee” and a 'tax', the ships' owners said", ["“fee”", "'tax'"]),
        ("the dockers' guild, ‘the lot’, don’t", ["‘the lot’"]),
        ('a "fee", a «levy» and 「税」', ['"fee"', "«levy»", "「税」"]),
        ("he said “it is open\nand left", []),
    ],
)
def test_enclosed_words(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in marks.enclosed(text)] == found


def test_crossing_and_equal_mentions_are_not_nested() -> None:
    places = [(0, 9), (2, 5), (2, 5), (4, 12), (4, 12), (10, 12)]
    mentions = [
        Mention(doc="d", id=f"m-{n}", actor="a", form="name", start=start, end=end, exact="-")
        for n, (start, end) in enumerate(places)
    ]
    view = View(Article(made().document, mentions=mentions))
    assert view.nested == {"m-1", "m-2", "m-5"}


@pytest.mark.parametrize("phenomenon", PHENOMENA, ids=lambda p: p.key)
def test_every_phenomenon_is_documented(phenomenon: Phenomenon[Record]) -> None:
    assert phenomenon.definition.endswith((".", ";"))
    assert phenomenon.example


@pytest.mark.parametrize(
    "phenomenon", [p for p in PHENOMENA if p.origin != "invented"], ids=lambda p: p.key
)
def test_examples_from_the_corpus_are_true(phenomenon: Phenomenon[Record]) -> None:
    document, _, name = phenomenon.origin.partition("/")
    view = CORPUS[document]
    assert phenomenon.name in shown(view, phenomenon.layer)[name or document]
    start = view.article.document.text.replace("\n", " ").find(phenomenon.example)
    assert start >= 0
    if name:
        (record,) = (r for r in view.article.table(f"{phenomenon.layer}s") if r.id == name)
        place = record.content[0] if isinstance(record, Quote | Claim) else record
        assert isinstance(place, Mention | Span)
        assert start <= place.start < start + len(phenomenon.example)


@pytest.mark.parametrize("phenomenon", PHENOMENA, ids=lambda p: p.key)
def test_every_phenomenon_shows_in_some_records_only(phenomenon: Phenomenon[Record]) -> None:
    views = [*CORPUS.values(), View(made()), View(without_quotes())]
    verdicts = {
        phenomenon.name in names
        for view in views
        for names in shown(view, phenomenon.layer).values()
    }
    assert verdicts == {True, False}


def test_every_declared_phenomenon_is_listed() -> None:
    modules = claims, documents, mentions, quotes, speakers
    declared = [v for m in modules for v in vars(m).values() if isinstance(v, Phenomenon)]
    assert sorted(p.key for p in declared) == sorted(p.key for p in PHENOMENA)
    assert len({p.key for p in PHENOMENA}) == len(PHENOMENA)


def test_they_are_counted_once_a_record() -> None:
    counts = Counts()
    counts.add(View(made()))
    assert counts.phenomena["quote:nested"] == 2
    assert counts.phenomena["quote:relay-of-three"] == 1
    assert counts.phenomena["claim:of-article"] == 2
    assert counts.phenomena["mention:speaker"] == 10
    assert counts.phenomena["document:astral"] == 1


def test_counts_of_parts_add_up_and_come_back_from_json() -> None:
    found = count(places_at(ROOT / "corpus"))
    whole = sum(found.values(), Counts())
    together = Counts()
    for view in CORPUS.values():
        together.add(view)
    assert whole == together
    assert json.dumps(whole.plain()) == json.dumps(together.plain())
    alone = found["test"].plain()
    assert (found["test"] + Counts()).plain() == alone
    assert found["test"].plain() == alone
