"""The rules on sentences in many styles; what they expect is worked out by hand."""

import tomllib
import unicodedata
from collections.abc import Iterable

import pytest

from onrecord.model import Article, Section
from onrecord.predictors import rules
from onrecord.predictors.finding.quotations import quotations

from .articles import article, corpus
from .conftest import ROOT
from .test_compose import judged

Told = tuple[list[str], list[str], list[str]]


def annotated(text: str, language: str = "en", sections: tuple[Section, ...] = ()) -> Article:
    document = article(text, language=language, sections=sections).document
    (made,) = rules.Rules().predict([document])
    return made


def told(made: Article) -> list[Told]:
    """Content, cue and speakers of each quote, in words."""
    exact = {mention.id: mention.exact for mention in made.mentions}
    return [
        ([s.exact for s in q.content], [s.exact for s in q.cue], [exact[n] for n in q.speakers])
        for q in made.quotes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It fell,” said Jo Roe.", [(["“It fell,”"], ["said"], ["Jo Roe"])]),
        (
            "'It fell,' Jo Roe said. 'Nobody's there.'",
            [(["'It fell,'", "'Nobody's there.'"], ["said"], ["Jo Roe"])],
        ),
        (
            "Jo Roe said on Monday that it fell.",
            [(["that it fell"], ["said"], ["Jo Roe"])],
        ),
        ("Jo Roe said the road was shut.", [(["the road was shut"], ["said"], ["Jo Roe"])]),
        ("The road was shut, Jo Roe said.", [(["The road was shut"], ["said"], ["Jo Roe"])]),
        (
            "The road was shut, according to Jo Roe.",
            [(["The road was shut"], ["according to"], ["Jo Roe"])],
        ),
        (
            "The road was shut, Jo Roe added, and no bus ran.",
            [(["The road was shut", "and no bus ran"], ["added"], ["Jo Roe"])],
        ),
        (
            "Jo Roe called the road “a disgrace” and warned that it might fall.",
            [
                (["the road “a disgrace”"], ["called"], ["Jo Roe"]),
                (["that it might fall"], ["warned"], ["Jo Roe"]),
            ],
        ),
        ("The mayor denied having fallen.", [(["having fallen"], ["denied"], ["The mayor"])]),
        (
            "A senior official at the ministry said it fell.",
            [(["it fell"], ["said"], ["A senior official at the ministry"])],
        ),
        ("Jo Roe, an aide, said it fell.", [(["it fell"], ["said"], ["Jo Roe"])]),
        ("The so-called “peace train” left.", []),
        ("Jo Roe declined to comment.", []),
    ],
)
def test_english_reports(text: str, expected: list[Told]) -> None:
    assert told(annotated(text)) == expected


@pytest.mark.parametrize(
    ("language", "text", "content", "speakers"),
    [
        ("de", "„Wir warten noch“, sagte Anna Berg.", "„Wir warten noch“", "Anna Berg"),
        ("de", "»Wir warten noch«, sagte Anna Berg.", "»Wir warten noch«", "Anna Berg"),
        ("fr", "« Nous attendons », a dit Jeanne Roy.", "« Nous attendons »", "Jeanne Roy"),
        ("sv", "”Vi väntar här nu”, sade Anna Berg.", "”Vi väntar här nu”", "Anna Berg"),
        ("ru", "«Мы ждём здесь», — сказал Иван Петров.", "«Мы ждём здесь»", "Иван Петров"),
        ("ja", "「私たちは待っています」と言った。", "「私たちは待っています」", None),
        ("ar", "قال: «نحن ننتظر هنا».", "«نحن ننتظر هنا»", None),
    ],
)  # fmt: skip
def test_other_languages_have_quotations_and_names(
    language: str, text: str, content: str, speakers: str | None
) -> None:
    made = annotated(text, language)
    assert told(made) == [([content], [], [speakers] if speakers else [])]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    made = annotated("“The road is shut now.\n“Nobody came,” said Jo Roe.")
    assert told(made) == [
        (["“The road is shut now.", "“Nobody came,”"], ["said"], ["Jo Roe"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “she said ‘no’ to us”.", ["“she said ‘no’ to us”", "‘no’"]),
        ("the dogs’ home and ’90s music", []),
        ("‘It’s the dogs’ home,’ he said", ["‘It’s the dogs’ home,’"]),
        ('5" of rain', []),
        ("„Ja“ »nein« «oui»", ["„Ja“", "»nein«", "«oui»"]),
        ("‹si› 「はい」『いいえ』", ["‹si›", "「はい」", "『いいえ』"]),
        ("« Oui », dit-il. « Non. »", ["« Oui »", "« Non. »"]),
        ("“never closed", []),
        ("", []),
    ],
)  # fmt: skip
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    paragraph = [Section(role="body", start=0, end=len(text))] if text else []
    assert [text[q.start : q.end] for q in quotations(text, paragraph)] == expected


def test_names_lose_titles_articles_and_endings() -> None:
    made = annotated(
        "The road's end pleased President Jo Roe. The Courier asked Mr Roe's aide about Russia."
    )
    kinds = {actor.id: actor.kind for actor in made.actors}
    names = [(m.exact, kinds[m.actor]) for m in made.mentions if m.form == "name"]
    assert names == [
        ("Jo Roe", "person"),
        ("Courier", "organization"),
        ("Roe", "person"),
        ("Russia", "gpe"),
    ]


def test_a_headline_has_speaker_and_colon() -> None:
    text = "Jo Roe: road is shut\nThe road is shut."
    sections = (
        Section(role="headline", start=0, end=20),
        Section(role="body", start=21, end=len(text)),
    )
    assert told(annotated(text, sections=sections))[0] == (["road is shut"], [":"], ["Jo Roe"])


def test_claims_are_clauses_outside_frames_and_inside_quotes() -> None:
    made = annotated(
        "The road fell, and the bridge was shut. Jo Roe said that the port must close; prices rose."
        " “Who knows?” she asked. “It will not open if it rains,” she said."
    )
    quotes = [bool(claim.quote) for claim in made.claims]
    found = [(c.content[0].exact, c.kind, c.certainty, c.polarity) for c in made.claims]
    assert found == [
        ("The road fell", "fact", "certain", "positive"),
        ("the bridge was shut", "fact", "certain", "positive"),
        ("the port must close", "demand", "certain", "positive"),
        ("It will not open if it rains", "intention", "conditional", "negative"),
    ]
    assert quotes == [False, False, True, True]


NASTY = [
    "Word",
    "“",
    '"Hi"',
    "\n\nA\n\n“B said” C.\n",
    "👩‍👩‍👧 Jo Roe said 👩‍👩‍👧 “we are 👩‍👩‍👧 here,” e\u0323\u0301x\u2028Next said Bob Ham.",
    "a\u200bb \ufeff said that \u2060x. 'Twas the '90s, the dogs' home said.",
    "הוא אמר: \"אנחנו מחכים כאן מאז הבוקר\".",
    "He said “she said ‘they said “no way, we will not go” to us’ and left.”",
    "said said said, said said “said” said",
    "According to according to, he said. .",
    "...",
    "a",
    "“" * 10_000,
    "“a” " * 2_000 + "b",
    ", ".join(f"Jo{n % 97} Roe{n % 89}" for n in range(5_000)) + ".",
    "वह बोला: “हम यहाँ इंतज़ार कर रहे हैं”।",
    "他说：“我们从今天早上起就在这里等。”",
    "\n".join(["Jo Roe said: “We wait here."] * 300),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "th"])
@pytest.mark.parametrize("text", NASTY, ids=lambda text: text[:20])
def test_no_text_breaks_the_rules(text: str, language: str) -> None:
    assert judged(annotated(unicodedata.normalize("NFC", text), language)) == []


def test_white_space_has_no_records() -> None:
    made = annotated(" \n\u3000\t ")
    assert made == Article(made.document)


@pytest.mark.slow
def test_the_same_text_gives_the_same_records() -> None:
    documents = [found.document for found in corpus()]
    one = list(rules.Rules().predict(documents))
    other = list(rules.Rules().predict(reversed(documents)))
    assert one == other[::-1]


def test_word_lists_know_nothing_of_the_invented_world() -> None:
    listed = tomllib.loads((ROOT / "scripts/onrecord/predictors/english.toml").read_text("utf-8"))
    words = {word for text in flat(listed) for word in text.lower().split()}
    invented = {
        word
        for found in corpus()
        if found.document.origin == "constructed"
        for mention in found.mentions
        if mention.form == "name"
        and next(a.kind for a in found.actors if a.id == mention.actor) in ("person", "gpe")
        for word in map(str.lower, filter(str.istitle, mention.exact.split()))
    }
    common = {word for found in corpus() for word in found.document.text.split() if word.islower()}
    assert len(invented) > 50
    assert words & (invented - common) == set()


def flat(table: object) -> Iterable[str]:
    """Every string in a table of tables."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from flat(value)
    else:
        yield str(table)
