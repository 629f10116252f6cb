"""What all sequence labellers stand on: words, labels read back, marks, cue words, features."""

from collections import Counter

import pytest

from onrecord.iob import columns
from onrecord.model import Section
from onrecord.predictors.flat import layers
from onrecord.predictors.labelling.decode import decode, parted
from onrecord.predictors.labelling.enclosure import states
from onrecord.predictors.labelling.features import features, shape
from onrecord.predictors.labelling.learnt_cues import CueWords, counts
from onrecord.predictors.labelling.meanings import meanings
from onrecord.predictors.labelling.rows import apart, labelled_words

from .articles import add_actor, add_quote, article, corpus

NASTY = [
    "Kim",
    "\U0001f469\u200d\U0001f52c said\u2028so \U0001f1e9\U0001f1ea.",
    "e\u0301 a\u0308o\u0308 “«„\"'”»",
    "قال الوزير إن السفينة غرقت.\n\n\n«نعم»",
    "部長は「はい」と述べた。\n首相说：“不。”",
    "นายกรัฐมนตรีกล่าวว่า\u200bไม่",
    "--- ... !!! \u200b 12,5 %",
    "",
]


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("B-a I-a O B-a", [(0, 2, "a"), (3, 4, "a")]),
        ("B-a B-a I-a O", [(0, 1, "a"), (1, 3, "a")]),
        ("I-a I-a O I-b", [(0, 2, "a"), (3, 4, "b")]),
        ("B-a I-b I-b O", [(0, 1, "a"), (1, 3, "b")]),
        ("B-a O I-a O", [(0, 1, "a"), (2, 3, "a")]),
        ("B-a I-a E-a S-a", [(0, 3, "a"), (3, 4, "a")]),
        ("B-a L-a U-b O", [(0, 2, "a"), (2, 3, "b")]),
        ("PER PER O LOC", [(0, 2, "PER"), (3, 4, "LOC")]),
        ("O O O O", []),
    ],
)
def test_labels_are_read(labels: str, spans: list[tuple[int, int, str]]) -> None:
    assert decode(labels.split(), [(at, at + 1) for at in range(4)]) == spans


def test_a_type_may_hold_a_hyphen() -> None:
    assert parted("B-facility-other") == ("B", "facility-other")
    assert parted("Brand") == ("I", "Brand")
    assert parted("I-") == ("I", "I-")


def test_what_labels_show_is_read_back() -> None:
    read = 0
    for each in corpus():
        mentions = {(m.start, m.end) for m in each.mentions}
        cues = [(span.start, span.end) for quote in each.quotes for span in quote.cue]
        for row in labelled_words(each):
            for column, gold in (("actors", mentions), ("cues", set(cues))):
                names = next(c.names for c in columns() if c.name == column)
                spans = decode([names[at] for at in row.labels[column] or ()], row.tokens)
                assert {span[:2] for span in spans} <= gold
                read += len(spans)
    assert read > 500


def test_words_of_scripts_without_spaces_are_letters() -> None:
    made = article("首相说 Kim’s บาง.", language="zh")
    words = [made.document.text[a:b] for row in labelled_words(made) for a, b in row.tokens]
    assert words == ["首", "相", "说", "Kim", "’s", "บ", "า", "ง", "."]


def test_a_span_inside_an_unspaced_clause_is_shown() -> None:
    made = article("金首相说不。", language="zh")
    add_actor(made, "kim", "金首相")
    [row] = labelled_words(made)
    assert (row.labels["actors"] or [])[:4] == [1, 2, 2, 0]


def test_the_annotation_does_not_move_the_words() -> None:
    plain, named = article("He met St. Kim. He left."), article("He met St. Kim. He left.")
    add_actor(named, "kim", "St. Kim. He")
    assert [r.sentences for r in labelled_words(plain)] == [
        r.sentences for r in labelled_words(named)
    ]


def test_a_paragraph_apart_has_its_own_offsets() -> None:
    made = article("One.\n\U0001f600 two.")
    text, words = apart(list(labelled_words(made))[1], made.document.text)
    assert [text[a:b] for a, b in words] == ["\U0001f600", "two", "."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a “ b ” c", "out opens in closes out"),
        ("„ b “ c", "opens in closes out"),
        ("» b « c", "opens in closes out"),
        ("“ on and on", "opens in in in"),
        ("it 's", "out out"),
        ('"" b', "out out"),
    ],
)
def test_words_stand_inside_or_outside_marks(words: str, expected: str) -> None:
    assert " ".join(states(words.split())) == expected


def test_cue_words_are_those_that_mostly_are() -> None:
    made = article("Kim said to us to go to sea. Kim said so.")
    add_quote(made, "to us", cue=("said to",))
    counted = counts(made.document.text, labelled_words(made))
    assert counted["said", True] == counted["said", False] == counted["to", True] == 1
    both = CueWords(counted + Counter({("said", True): 2, ("to", False): 9, ("so", True): 1}))
    assert both.words == {"said", "so"}
    assert both.without(counted) == {"said", "so"}
    assert CueWords(counted).without(counted) == set()


def test_an_unlabelled_document_has_no_cue_words() -> None:
    made = article("Kim said so.", layers=("actors",))
    assert not counts(made.document.text, labelled_words(made))


def test_shapes() -> None:
    assert [shape(word) for word in ("McKay", "B-52", "首相", "é", "'s")] == [
        "XxXx", "X-d", "c", "x", "'x",
    ]  # fmt: skip


def test_features_tell_where_a_word_stands() -> None:
    text = "“No,” Kim said."
    section = Section(role="headline", start=0, end=len(text))
    [row] = labelled_words(article(text, sections=(section,)))
    words = [text[a:b] for a, b in row.tokens]
    found = dict(zip(words, features(text, row, {"said"}), strict=True))
    assert {"0:w=kim", "0:s=Xx", "1:cue", "mark=out", "role=headline", "marked=True"} <= set(
        found["Kim"]
    )
    assert {"mark=in", "before cue=4", "no cue before"} <= set(found["No"])
    assert {"after cue=1", "pair0=. ", "1:edge"} <= set(found["."])


@pytest.mark.parametrize("text", NASTY)
def test_every_word_has_features(text: str) -> None:
    for row in labelled_words(article(text, language="ja")):
        assert [len(found) > 0 for found in features(text, row, set())] == [True] * len(row.tokens)


def test_types_of_other_models_have_their_place() -> None:
    conll = meanings(["O", "B-PER", "I-PER", "B-LOC", "B-ORG", "B-MISC"])
    assert conll == {
        "PER": ("actors", "person"), "LOC": ("actors", "gpe"), "ORG": ("actors", "organization"),
    }  # fmt: skip
    assert "LOC" not in meanings(["B-LOC", "B-GPE"])
    ours = meanings(["B-cue", "B-direct", "B-fact", "B-person", "B-speaker", "B-unspecified"])
    assert {column for column, _ in ours.values()} == {column.name for column in columns()}
    assert meanings(["B-unspecified"], "claims") == {"unspecified": ("claims", "unspecified")}


def test_layers_need_their_main_column() -> None:
    assert layers(["actors", "cues", "speakers"]) == ("actors",)
    assert layers(["claims", "contents"]) == ("quotes", "claims")
