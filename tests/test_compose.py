"""Flat spans become an article whose records are sound, whatever the spans are."""

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Article, Quote
from onrecord.paths import Corpus, Place
from onrecord.predict import write_bundle
from onrecord.predictors.composing.compose import compose
from onrecord.predictors.flat import Spans, Typed
from onrecord.problem import Problem
from onrecord.validate import check_bundle

from .articles import LAYERS, article, corpus

Words = tuple[str, str]


def typed(text: str, *words: Words) -> list[Typed]:
    """The first place of each of the words behind the one before, with its type."""
    found, at = [], 0
    for exact, kind in words:
        at = text.index(exact, at)
        found.append(Typed(at, at + len(exact), kind))
    return found


def composed(text: str, *, language: str = "en", **columns: list[Words]) -> Article:
    document = article(text, language=language).document
    return compose(document, Spans(**{k: typed(text, *v) for k, v in columns.items()}), LAYERS)


def actors(made: Article) -> list[set[str]]:
    """The words of the mentions of each actor, actors by their first mention."""
    groups: dict[str, set[str]] = {}
    for mention in made.mentions:
        groups.setdefault(mention.actor, set()).add(mention.exact)
    return list(groups.values())


def speakers(made: Article, quote: Quote) -> list[str]:
    exact = {mention.id: mention.exact for mention in made.mentions}
    return [exact[name] for name in quote.speakers]


def errors(folder: Path, *made: Article) -> list[Problem]:
    place = Place(Corpus(folder), "train", folder / "train" / made[0].document.id)
    write_bundle(place.folder, made)
    return [problem for problem in check_bundle(place).problems if problem.is_error]


def test_short_names_and_pronouns_belong_to_the_full_name() -> None:
    made = composed(
        "Jo Roe met Bo Ham. Mr Roe said he had won. Roe left.",
        actors=[(name, "person") for name in ("Jo Roe", "Bo Ham", "Roe", "he", "Roe")],
    )
    assert actors(made) == [{"Jo Roe", "Roe", "he"}, {"Bo Ham"}]
    assert [m.form for m in made.mentions] == ["name", "name", "name", "pronoun", "name"]


def test_gender_chooses_among_people_of_one_name() -> None:
    made = composed(
        "Mr Jo Roe and his wife, Mrs Al Roe, came. Mrs Roe spoke.",
        actors=[("Jo Roe", "person"), ("Al Roe", "person"), ("Roe", "person")],
    )
    assert made.mentions[2].actor == made.mentions[1].actor != made.mentions[0].actor


def test_acronyms_adjectives_and_nouns_find_their_actor() -> None:
    made = composed(
        "The Farm Trade Board of Belgravia (FTB) met. The board asked the Belgravian army.",
        actors=[
            ("Farm Trade Board", "organization"),
            ("Belgravia", "gpe"),
            ("FTB", "organization"),
            ("The board", "organization"),
            ("Belgravian", "gpe"),
        ],
    )
    assert actors(made) == [{"Farm Trade Board", "FTB", "The board"}, {"Belgravia", "Belgravian"}]
    assert [m.form for m in made.mentions] == ["name", "name", "name", "nominal", "adjective"]


def test_i_is_the_speaker() -> None:
    made = composed(
        "Bo Ham met Jo Roe. “I won,” Ham said.",
        actors=[(name, "person") for name in ("Bo Ham", "Jo Roe", "I", "Ham")],
        contents=[("“I won,”", "direct")],
        cues=[("said", "cue")],
    )
    assert actors(made) == [{"Bo Ham", "I", "Ham"}, {"Jo Roe"}]


def test_two_stretches_with_one_cue_are_one_quote() -> None:
    made = composed(
        "“We won,” Jo Roe said. “Nobody came.”",
        actors=[("Jo Roe", "person")],
        contents=[("“We won,”", "direct"), ("“Nobody came.”", "direct")],
        cues=[("said", "cue")],
    )
    (quote,) = made.quotes
    assert [span.exact for span in quote.content] == ["“We won,”", "“Nobody came.”"]
    assert (quote.form, speakers(made, quote)) == ("direct", ["Jo Roe"])


def test_two_cues_are_two_quotes_by_one_speaker() -> None:
    made = composed(
        "Jo Roe denied that it fell and warned that it may fall.",
        actors=[("Jo Roe", "person")],
        contents=[("that it fell", "indirect"), ("that it may fall", "indirect")],
        cues=[("denied", "cue"), ("warned", "cue")],
        claims=[("that it fell", "fact"), ("it may fall", "prediction")],
    )
    assert [speakers(made, quote) for quote in made.quotes] == [["Jo Roe"], ["Jo Roe"]]
    assert [(c.content[0].exact, c.polarity, c.certainty) for c in made.claims] == [
        ("it fell", "negative", "certain"),
        ("it may fall", "positive", "possible"),
    ]
    assert [claim.quote for claim in made.claims] == [quote.id for quote in made.quotes]


def test_a_quote_in_a_quote_is_within_it() -> None:
    made = composed(
        "Jo Roe said that Bo Ham wrote that it fell.",
        actors=[("Jo Roe", "person"), ("Bo Ham", "person")],
        contents=[("that Bo Ham wrote that it fell", "indirect")],
        cues=[("said", "cue"), ("wrote", "cue")],
    )
    nested = Typed(*typed(made.document.text, ("that it fell", "indirect"))[0])
    spans = Spans(
        actors=typed(made.document.text, ("Jo Roe", "person"), ("Bo Ham", "person")),
        contents=[*typed(made.document.text, ("that Bo Ham wrote that it fell", "mixed")), nested],
        cues=typed(made.document.text, ("said", "cue"), ("wrote", "cue")),
        claims=typed(made.document.text, ("it fell", "fact")),
    )
    made = compose(made.document, spans, LAYERS)
    outer, inner = made.quotes
    assert (outer.within, inner.within) == (None, outer.id)
    assert [speakers(made, quote) for quote in made.quotes] == [["Jo Roe"], ["Bo Ham"]]
    assert made.claims[0].quote == inner.id
    assert outer.form == inner.form == "indirect"


def test_marked_speakers_win_and_are_mentions() -> None:
    made = composed(
        "Jo Roe, with Bo Ham beside him, said it fell.",
        actors=[("Jo Roe", "person")],
        contents=[("it fell", "indirect")],
        cues=[("said", "cue")],
        speakers=[("Bo Ham", "speaker")],
    )
    assert speakers(made, made.quotes[0]) == ["Bo Ham"]


def test_joint_speakers_and_addressees() -> None:
    made = composed(
        "Jo Roe and Bo Ham told parliament that it fell.",
        actors=[("Jo Roe", "person"), ("Bo Ham", "person"), ("parliament", "organization")],
        contents=[("that it fell", "indirect")],
        cues=[("told", "cue")],
    )
    assert speakers(made, made.quotes[0]) == ["Jo Roe", "Bo Ham"]
    assert made.quotes[0].addressees == (made.mentions[2].id,)


def test_the_speaker_of_a_quote_without_cue_is_the_one_before() -> None:
    made = composed(
        "“It fell,” Jo Roe said.\nThe road is shut.\n“It is over.”",
        actors=[("Jo Roe", "person")],
        contents=[("“It fell,”", "direct"), ("“It is over.”", "direct")],
        cues=[("said", "cue")],
    )
    assert [speakers(made, quote) for quote in made.quotes] == [["Jo Roe"], ["Jo Roe"]]


@pytest.mark.parametrize(
    ("text", "given_form", "form"),
    [
        ("“It fell,” he said.", "direct", "direct"),
        ("He said it fell.", "direct", "indirect"),
        ("He said it “fell” twice.", "indirect", "mixed"),
        ("He said it fell.", "mixed", "indirect"),
        ("「倒れた」と言った。", "direct", "direct"),
    ],
)
def test_the_form_is_what_the_marks_allow(text: str, given_form: str, form: str) -> None:
    start = text.index("it") if "it" in text else 0
    end = text.index("」") + 1 if "」" in text else text.find(",”") + 2
    span = Typed(start, end if end > 1 else len(text) - 1, given_form)
    made = compose(article(text).document, Spans(contents=[span]), LAYERS)
    assert [quote.form for quote in made.quotes] == [form]


def test_edges_are_moved_to_whole_words() -> None:
    text = "Jo Roe 👩‍👩‍👧 said it."
    spans = Spans(actors=[Typed(1, 5, "person"), Typed(6, 9, "person"), Typed(6, 7, "group")])
    made = compose(article(text).document, spans, LAYERS)
    assert [mention.exact for mention in made.mentions] == ["Jo Roe", "👩‍👩‍👧"]


def test_only_the_layers_asked_for_are_made() -> None:
    text = "Jo Roe said it fell."
    spans = Spans(
        actors=[Typed(0, 6, "person")],
        contents=[Typed(12, 19, "indirect")],
        claims=[Typed(12, 19, "fact")],
    )
    made = compose(article(text).document, spans, ("actors",))
    assert (len(made.mentions), made.quotes, made.claims) == (1, [], [])


def test_ids_tell_names_in_any_script_apart() -> None:
    one = composed("王芳说。", language="zh", actors=[("王芳", "person")])
    other = composed("李明说。", language="zh", actors=[("李明", "person")])
    again = composed("王芳和李明。", language="zh", actors=[("王芳", "person"), ("李明", "person")])
    assert one.actors[0].id != other.actors[0].id
    assert {actor.id for actor in again.actors} == {one.actors[0].id, other.actors[0].id}


@pytest.mark.slow
def test_what_the_corpus_marks_comes_back(tmp_path: Path) -> None:
    for found in corpus():
        kinds = {actor.id: actor.kind for actor in found.actors}
        spans = Spans(
            actors=[Typed(m.start, m.end, kinds[m.actor]) for m in found.mentions],
            contents=[Typed(s.start, s.end, q.form) for q in found.quotes for s in q.content],
            cues=[Typed(s.start, s.end, "cue") for q in found.quotes for s in q.cue],
            claims=[Typed(s.start, s.end, c.kind) for c in found.claims for s in c.content],
        )
        made = compose(found.document, spans, LAYERS)
        gold = {(m.start, m.end) for m in found.mentions}
        assert {(m.start, m.end) for m in made.mentions} == gold
        wrong = errors(tmp_path / found.document.id, made)
        assert [problem for problem in wrong if problem.code != "E337"] == []


PIECES = [
    *"ab AB.,“”\"'‘’«»\n\u2028 é9ش日「」",
    "\u0301",
    "👩‍🏫",
    "said ",
    "Jo Roe ",
    "If ",
    "the ",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), st.randoms())
@settings(max_examples=60, deadline=None)
def test_any_spans_of_any_text_give_sound_records(pieces: list[str], chance: random.Random) -> None:
    text = unicodedata.normalize("NFC", "".join(pieces))

    def some(*types: str) -> list[Typed]:
        edges = (chance.randrange(-2, len(text) + 3) for _ in range(99))
        return [
            Typed(next(edges), next(edges), chance.choice(types))
            for _ in range(chance.randrange(9))
        ]

    spans = Spans(
        actors=some("person", "gpe", "organization"),
        contents=some("direct", "mixed", "indirect"),
        cues=some("cue"),
        speakers=some("speaker"),
        claims=some("fact", "accusation"),
    )
    language = chance.choice(("en", "fr"))
    made = compose(article(text, language=language).document, spans, LAYERS)
    assert judged(made) == []


def judged(made: Article) -> list[Problem]:
    """The errors in the records of an article."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = errors(Path(folder), made)
    return [problem for problem in found if not problem.path.endswith("documents.jsonl")]
