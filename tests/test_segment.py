"""Paragraphs, sentences and tokens: worked examples, and laws on any text."""

from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Article, Section
from onrecord.segment import has_several, paragraphs, sentences, tokens

from .articles import add_actor, article, corpus

LANGUAGES = ("en", "en-GB", "de", "ko", "zh-Hant", "ar", "hi", "th", "und", "xx", "tlh-Latn")

CHARACTERS = st.sampled_from(
    "aB .,!?…\n\n\t\r\u2028\u0085\u00a0\u3000\u200b“”\"'’«»()[]-—_。！।؟"
    "éß😀👩🚀🇰🇷한국\u1112\u1161\u11abم\u064eकि\u0301\u200d\ufe0f1𝒜"
)
TEXTS = st.text(CHARACTERS, max_size=60) | st.text(max_size=40)


def words(made: Article) -> list[str]:
    return [made.document.text[start:end] for start, end in tokens(made)]


def sentence_texts(made: Article) -> list[str]:
    return [made.document.text[start:end] for start, end in sentences(made)]


def visible(text: str) -> list[int]:
    return [match.start() for match in regex.finditer(r"[^\s\u200b]", text)]


def test_sentences_by_hand() -> None:
    made = article("Dr. Varga left. “We waited,” she said. “Nobody came.”\nPrices rose")
    assert sentence_texts(made) == [
        "Dr. Varga left.",
        "“We waited,” she said.",
        "“Nobody came.”",
        "Prices rose",
    ]


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    made = article("The clerk sat down. “If it rains,\n“the port will close.” He left. (It rained.")
    assert sentence_texts(made) == [
        "The clerk sat down.",
        "“If it rains,",
        "“the port will close.”",
        "He left.",
        "(It rained.",
    ]


def test_quoted_words_can_be_several_sentences() -> None:
    assert sentence_texts(article("“We waited. Nobody came.”")) == ["“We waited. Nobody came.”"]
    assert has_several("We waited. Nobody came.", "en-GB")
    assert not has_several("We waited for Dr. Varga", "en")


def test_tokens_by_hand() -> None:
    made = article("Kim's North Korean-flagged ship didn’t stop (“so far”) in St. Tesmar.")
    assert words(made) == (
        "Kim 's North Korean - flagged ship did n’t stop ( “ so far ” ) in St . Tesmar ."
    ).split(" ")


def test_a_name_is_no_end_of_a_sentence() -> None:
    made = article("Prices rose, Caliber.Az reports. Nobody came.")
    assert len(sentences(made)) == 3
    add_actor(made, "caliber-az", "Caliber.Az")
    assert sentence_texts(made) == ["Prices rose, Caliber.Az reports.", "Nobody came."]


def test_sections_and_lines_part_sentences() -> None:
    sections = (
        Section(role="dateline", start=0, end=7),
        Section(role="body", start=8, end=22),
    )
    made = article("TESMAR  the port\nshut", sections=sections)
    assert paragraphs(made) == [
        Section(role="dateline", start=0, end=6),
        Section(role="body", start=8, end=16),
        Section(role="body", start=17, end=21),
    ]
    assert sentence_texts(made) == ["TESMAR", "the port", "shut"]


def test_only_a_line_feed_ends_a_line() -> None:
    assert len(paragraphs(article("a\u2028b\u0085c\rd\ne"))) == 2


@pytest.mark.parametrize("space", ["\u2028", "\u0085", "\u00a0", "\u1680"])
def test_wide_white_space_does_no_harm(space: str) -> None:
    made = article(f"The road closed.{space}J. B{space}. Kim went.")
    assert sentence_texts(made)[0] == "The road closed."


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("hi", "यह सही है। वह गया।", ["यह", "सही", "है", "।", "वह", "गया", "।"]),
        ("ko", "한국이 말했다.", ["한국이", "말했다", "."]),
        ("zh", "他说。然后走了。", ["他说", "。", "然后走了", "。"]),
        ("ar", "قالَ الرئيس؟", ["قالَ", "الرئيس", "؟"]),
        ("en", "go 🇰🇷! x👩\u200d🚀", ["go", "🇰🇷!", "x", "👩\u200d🚀"]),
    ],
)
def test_other_scripts(language: str, text: str, expected: list[str]) -> None:
    assert words(article(text, language=language)) == expected


@settings(deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_every_visible_character_is_in_one_token_of_one_sentence(text: str, language: str) -> None:
    made = article(text, language=language)
    for stretches in (sentences(made), tokens(made)):
        assert all(start < end for start, end in stretches)
        assert all(one[1] <= other[0] for one, other in pairwise(stretches))
        assert all({start, end - 1} <= {*visible(text)} for start, end in stretches)
        covered = {offset for start, end in stretches for offset in range(start, end)}
        assert covered >= {*visible(text)}
    inside = [(s, e) for s, e in tokens(made) for a, b in sentences(made) if a <= s and e <= b]
    assert inside == tokens(made)
    assert not any("\n" in sentence for sentence in sentence_texts(made))


@settings(deadline=None)
@given(TEXTS)
def test_no_token_ends_inside_a_visible_character(text: str) -> None:
    for start, end in sentences(made := article(text)):
        clusters = {start + m.start() for m in regex.finditer(r"\X", text[start:end])}
        ends = {e for s, e in tokens(made) if start <= s and e < end and not text[e].isspace()}
        assert ends <= clusters | {e for e in ends if text[e] == "\u200b"}


@pytest.mark.parametrize("made", corpus(), ids=lambda a: a.document.id)
def test_tokens_cut_no_span_of_the_corpus(made: Article) -> None:
    starts = {start for start, _ in tokens(made)}
    ends = {end for _, end in tokens(made)}
    spans = [(m.start, m.end) for m in made.mentions]
    spans += [(s.start, s.end) for q in made.quotes for s in (*q.content, *q.cue)]
    spans += [(s.start, s.end) for c in made.claims for s in c.content]
    assert [span for span in spans if span[0] not in starts or span[1] not in ends] == []


def test_sentences_cut_hardly_any_part_of_a_claim() -> None:
    parts = cut = 0
    for made in corpus():
        found = sentences(made)
        for span in (span for claim in made.claims for span in claim.content):
            parts += 1
            cut += not any(start <= span.start and span.end <= end for start, end in found)
    assert cut <= parts / 1000
