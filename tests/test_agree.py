"""Agreement: what counts as the same, worked by hand, and what must always hold."""

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from onrecord import codec
from onrecord.model import Actor, Article, Section, articles
from onrecord.schema import ANNOTATIONS, TABLES
from onrecord.scoring.agreement import Layers, compare, total
from onrecord.scoring.differences import differences
from onrecord.scoring.figures import figures, left_out
from onrecord.scoring.tally import Tally
from onrecord.scoring.units import NONE, token_labels, units
from onrecord.segment import tokens

from . import articles as made
from .conftest import DATA

Command = Callable[..., "subprocess.CompletedProcess[str]"]
SEEDS = range(8)


@pytest.fixture
def article() -> Article:
    tables = {t: codec.decode(t, (DATA / "sound" / f"{t}.jsonl").read_bytes()) for t in TABLES}
    (found,) = articles({name: rows or [] for name, rows in tables.items()})
    return found


def coefficients(layers: Layers) -> dict[str, float | None]:
    """Every F1, kappa and alpha."""
    return {
        f"{table} {name} {key}": values[key]
        for table, row in figures(layers).items()
        for part in ("measures", "labels", "tiers")
        for name, values in row[part].items()
        for key in ("f1", "kappa", "alpha", "unitized_alpha")
        if key in values
    }


def disturbed(article: Article, seed: int) -> Article:
    """Another annotation, in another order: records are missing or labelled otherwise."""
    chance = random.Random(seed)
    spoken = {name for quote in article.quotes for name in quote.speakers}
    mentions = [m for m in article.mentions if m.id in spoken or chance.random() < 0.8]
    relaying = {quote.within for quote in article.quotes}
    quotes = [q for q in article.quotes if q.id in relaying or chance.random() < 0.8]
    claims = [
        msgspec.structs.replace(c, kind=chance.choice(("fact", "demand", c.kind, c.kind)))
        for c in article.claims
        if chance.random() < 0.8
    ]
    for records in (mentions, quotes, claims):
        chance.shuffle(records)
    return replace(article, mentions=mentions, quotes=quotes, claims=claims)


def test_an_annotation_agrees_with_itself() -> None:
    for article in made.corpus():
        layers = compare(article, article)
        assert set(coefficients(layers).values()) <= {1.0, None}
        assert [tally.f1 for a in layers.values() for tally in a.found.values()] == [1.0] * 13
        assert differences(article, article) == []


def test_slugs_and_order_do_not_matter(article: Article) -> None:
    actors = [msgspec.structs.replace(a, id=f"x-{a.id}") for a in reversed(article.actors)]
    renamed = [msgspec.structs.replace(m, actor=f"x-{m.actor}") for m in article.mentions]
    random.Random(3).shuffle(renamed)
    quotes, claims = list(reversed(article.quotes)), list(reversed(article.claims))
    other = replace(article, actors=actors, mentions=renamed, quotes=quotes, claims=claims)
    assert coefficients(compare(article, other)) == coefficients(compare(article, article))
    assert differences(article, other) == []


def test_counts_worked_by_hand(article: Article) -> None:
    """12 mentions against 11, of which one has another form and one another actor."""
    mentions = [m for m in article.mentions if m.exact != "Kadresh"]
    mentions[0] = msgspec.structs.replace(mentions[0], form="metonym")
    mentions[7] = msgspec.structs.replace(mentions[7], actor="gharat")
    claims = [msgspec.structs.replace(c, kind="prediction") for c in article.claims[:3]]
    other = replace(article, mentions=mentions, claims=[*claims, *article.claims[3:]])
    layers = compare(article, other)
    found = layers["mentions"].found
    assert found["exact"] == Tally(11, 11, 11, 12)
    assert found["exact"].f1 == pytest.approx(22 / 23)
    assert found["exact+form"] == found["exact+actor"] == Tally(10, 11, 10, 12)
    assert found["proportional"] == Tally(11, 11, 11, 12)
    assert layers["claims"].found["half"] == Tally(7, 7, 7, 7)
    assert layers["claims"].found["half+labels"] == Tally(4, 7, 4, 7)
    assert layers["mentions"].labels["kind"]["person", "gpe"] == 1
    assert layers["mentions"].labels["form"].total() == 11
    told = [(d.table, d.words) for d in differences(article, other)]
    assert told.count(("mentions", "Kadresh")) == 1
    assert len([table for table, _ in told if table == "claims"]) == 3


def test_both_sides_empty_have_no_figure(article: Article) -> None:
    bare = replace(article, quotes=[], claims=[])
    found = compare(bare, bare)["quotes"]
    assert {tally.f1 for tally in found.found.values()} == {None}
    assert {coefficients({"quotes": found})[f"quotes {n} alpha"] for n in found.tiers} == {None}
    assert {tally.f1 for tally in compare(article, bare)["quotes"].found.values()} == {0}
    assert all(difference.other is None for difference in differences(article, bare))


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_same_from_both_sides(seed: int) -> None:
    for article in made.corpus()[:4]:
        other = disturbed(article, seed)
        there, back = coefficients(compare(article, other)), coefficients(compare(other, article))
        assert there == pytest.approx(back)
        assert len(differences(article, other)) == len(differences(other, article))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_documents_and_records_does_not_matter(seed: int) -> None:
    sides = [(article, disturbed(article, seed)) for article in made.corpus()[:4]]
    found = coefficients(total(compare(a, b) for a, b in sides))
    back = coefficients(total(compare(a, turned(b)) for a, b in reversed(sides)))
    assert found == pytest.approx(back)
    assert [differences(a, b) for a, b in sides] == [differences(a, turned(b)) for a, b in sides]


def turned(article: Article) -> Article:
    """The same records in the opposite order."""
    lists = {name: article.table(name)[::-1] for name in ANNOTATIONS}
    return Article(article.document, **lists)  # type: ignore[arg-type]


def test_a_total_is_of_all_records(article: Article) -> None:
    bare = replace(article, claims=article.claims[:1])
    whole = total([compare(article, article), compare(article, bare)])
    assert whole["claims"].found["half"] == Tally(8, 8, 8, 14)
    assert whole["claims"].tiers["claims"].tokens.total() == 2 * len(tokens(article))


def test_the_share_that_is_covered_worked_by_hand() -> None:
    """8 characters against 4 of them and 2 elsewhere: precision (1 + 0) / 2, recall (1/2) / 1."""
    one, other = made.article("abcdefgh ij"), made.article("abcdefgh ij")
    made.add_actor(one, "x", "abcdefgh")
    made.add_actor(other, "x", "cdef", "ij")
    found = compare(one, other)["mentions"].found
    assert found["exact"].f1 == 0
    assert found["proportional"] == Tally(1, 2, 0.5, 1)
    assert found["proportional"].f1 == pytest.approx(0.5)


def test_no_record_is_credited_twice() -> None:
    one, other = made.article("abcdefgh"), made.article("abcdefgh")
    made.add_claim(one, "abcdefgh")
    made.add_claim(other, "abcd")
    made.add_claim(other, "efgh")
    assert compare(one, other)["claims"].found["proportional"] == Tally(1, 2, 0.5, 1)


def claiming(*contents: str) -> Article:
    article = made.article("abcdefghijklm")
    for words in contents:
        made.add_claim(article, words)
        made.add_quote(article, words)
    return article


@pytest.mark.parametrize("table", ["quotes", "claims"])
def test_what_overlaps_by_half_is_paired_among_what_does(table: str) -> None:
    """Only `bcdefghij` and `efghijklm` share half; each overlaps another one by less."""
    one, other = claiming("efgh", "bcdefghij"), claiming("bc", "efghijklm")
    found = compare(one, other)[table].found
    assert found["half"] == Tally(1, 2, 1, 2)
    assert found["proportional"].right == pytest.approx(1 + 4 / 9)


@pytest.mark.parametrize("table", ["quotes", "claims"])
def test_equal_contents_count_where_others_overlap_more_in_all(table: str) -> None:
    """`abcd` is on both sides; paired with others, it makes 2/3 + 1/2 instead of 1."""
    found = compare(claiming("ab", "abcd"), claiming("abcdef", "abcd"))[table].found
    assert found["exact"] == Tally(1, 2, 1, 2)
    assert found["half"] == Tally(2, 2, 2, 2)


def test_equal_contents_with_equal_labels() -> None:
    one, other = claiming("abc", "abc"), claiming("abc", "abc", "d")
    one.claims[0] = msgspec.structs.replace(one.claims[0], certainty="possible")
    found = compare(one, other)["claims"].found
    assert found["exact"] == Tally(2, 3, 2, 2)
    assert found["exact+labels"] == Tally(1, 3, 1, 2)


def test_only_layers_that_both_annotate_are_compared(article: Article) -> None:
    document = msgspec.structs.replace(article.document, layers=("actors", "claims"))
    other = replace(article, document=document, quotes=[], claims=[])
    assert list(compare(article, other)) == ["mentions", "claims"]
    assert {difference.table for difference in differences(article, other)} == {"claims"}
    assert list(total([compare(article, other), compare(article, article)])) == [
        "mentions",
        "quotes",
        "claims",
    ]


def labels(article: Article, tier: str) -> list[str]:
    return token_labels(tokens(article), units(article)[tier])


def test_a_token_has_the_label_of_the_longest_mention() -> None:
    article = made.article("South Korea’s military waits.")
    made.add_actor(article, "army", "South Korea’s military", kind="organization")
    made.add_actor(article, "south-korea", "South Korea", kind="gpe")
    assert labels(article, "mentions") == ["organization"] * 4 + [NONE] * 2


def test_a_token_has_the_label_of_the_innermost_quote() -> None:
    """Of equal contents that of the quote within the other, whatever the order of the records."""
    article = made.article("He said she said no, twice.")
    outer = made.add_quote(article, "she said no", "twice")
    inner = made.add_quote(article, "no", within=outer)
    same = made.add_quote(article, "no", within=inner)
    forms = {outer: "indirect", inner: "mixed", same: "direct"}
    quotes = [msgspec.structs.replace(q, form=forms[q.id]) for q in article.quotes]
    article.quotes[:] = quotes
    wanted = [NONE, NONE, "indirect", "indirect", "direct", NONE, "indirect", NONE]
    assert labels(article, "quotes") == wanted
    article.quotes.reverse()
    assert labels(article, "quotes") == wanted


def test_a_token_has_the_label_of_the_innermost_claim() -> None:
    article = made.article("one two")
    made.add_claim(article, "one two")
    made.add_claim(article, "one", kind="demand")
    assert labels(article, "claims") == ["demand", "fact"]


def test_mentions_on_one_place_are_told_by_the_actor_rather_than_the_form() -> None:
    def pair(one: str, other: str) -> Article:
        article = made.article("The pair left, Kim and Varga.")
        made.add_actor(article, "kim", "The pair", "Kim")
        made.add_actor(article, "varga", "The pair", "Varga")
        for at, form in ((0, one), (2, other)):
            article.mentions[at] = msgspec.structs.replace(article.mentions[at], form=form)
        return article

    found = compare(pair("name", "nominal"), pair("nominal", "name"))["mentions"].found
    assert (found["exact+actor"].right, found["exact+form"].right) == (4, 2)


def test_quotes_on_one_place_are_told_by_the_cue() -> None:
    one, other = (made.article("He said and told no.") for _ in range(2))
    made.add_quote(one, "no", cue=("told",))
    made.add_quote(other, "no", cue=("said",))
    made.add_quote(other, "no", cue=("told",))
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], form="direct")
    assert set(compare(one, other)["quotes"].labels["form"]) == {("indirect", "direct")}


def test_a_token_beside_a_unit_is_not_in_it() -> None:
    article = made.article("no, yes")
    made.add_claim(article, ", yes")
    assert labels(article, "claims") == [NONE, "fact", "fact"]


def test_of_overlapping_mentions_those_that_overlap_most_are_partners() -> None:
    one, other = made.article("abcdefgh"), made.article("abcdefgh")
    made.add_actor(one, "x", "abcdefgh")
    made.add_actor(other, "x", "ab", "cdefgh")
    assert compare(one, other)["mentions"].found["proportional"] == Tally(1, 2, 6 / 8, 1)


@pytest.mark.parametrize(
    ("table", "field", "value", "told"),
    [
        ("quotes", "within", "q-0000", "within another 'yes'"),
        ("quotes", "cue", (), "cue ''"),
        ("quotes", "form", "mixed", "form 'mixed'"),
        ("quotes", "speakers", (), "speakers 'nobody'"),
        ("claims", "quote", None, "in a quote 'no'"),
        ("claims", "kind", "demand", "kind 'demand'"),
        ("claims", "certainty", "possible", "certainty 'possible'"),
        ("claims", "polarity", "negative", "polarity 'negative'"),
        ("mentions", "form", "nominal", "form 'nominal'"),
        ("actors", "sector", "GOV", "sector 'GOV'"),
    ],
)
def test_every_field_that_differs_is_told(table: str, field: str, value: object, told: str) -> None:
    def marked() -> Article:
        article = made.article("Kim said the sea is calm.")
        made.add_actor(article, "kim", "Kim")
        made.add_quote(article, "the sea is calm")
        quote = made.add_quote(article, "sea is", cue=("said",), speakers=("m-0000",))
        made.add_claim(article, "sea is", quote=quote)
        return article

    other = marked()
    other.table(table)[-1] = msgspec.structs.replace(other.table(table)[-1], **{field: value})
    (found,) = differences(marked(), other)
    assert (found.table, found.other) == (table, told)


def test_cues_may_have_several_parts_or_none() -> None:
    article = made.article("Er gab es zu.", language="de")
    made.add_quote(article, "es", cue=("gab", "zu"))
    made.add_quote(article, "Er")
    assert labels(article, "cues") == [NONE, "cue", NONE, "cue", NONE]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("“𝔊 says 🚢👩‍🚀 sails.”\u2028Cafe\u0301 𝔊", "en", "🚢👩‍🚀 sails"),
        ("他说船会来。", "zh", "船会来"),
        ("قال: تأتي السفينة.", "ar", "تأتي السفينة"),
    ],
)
def test_any_script_is_compared(text: str, language: str, words: str) -> None:
    one = made.article(text, language=language)
    made.add_claim(one, words)
    assert set(coefficients(compare(one, one)).values()) == {1.0, None}
    other = made.article(text, language=language)
    made.add_claim(other, words[1:])
    found = figures(compare(one, other))["claims"]
    share = (len(words) - 1) / len(words)
    assert found["measures"]["proportional"]["precision"] == 1
    assert found["measures"]["proportional"]["recall"] == pytest.approx(share)
    assert 0 < found["tiers"]["claims"]["unitized_alpha"] < 1


def test_an_article_without_text_or_sections_is_compared() -> None:
    bare = made.article("")
    assert set(coefficients(compare(bare, bare)).values()) == {None}
    part = made.article("Head\nBody.", sections=(Section(role="body", start=5, end=10),))
    assert compare(part, part)["claims"].tiers["claims"].tokens.total() == 2


def test_what_overlaps_is_counted_as_left_out() -> None:
    article = made.article("one two three")
    made.add_claim(article, "one two")
    made.add_claim(article, "two three")
    made.add_claim(article, "one", kind="demand")
    assert left_out(figures(compare(article, article))) == {"claims": 2}


def test_facts_of_an_actor_are_told_at_its_first_mention(article: Article) -> None:
    actors = [msgspec.structs.replace(a, country="XAB") for a in article.actors]
    told = differences(article, replace(article, actors=actors))
    assert [d.table for d in told] == ["actors"] * len(actors)
    assert (told[0].words, told[0].one, told[0].other) == (
        "Gharat",
        "country 'XAA'",
        "country 'XAB'",
    )


def test_an_actor_without_mention_is_no_difference(article: Article) -> None:
    extra = Actor(doc="harbour-strike", id="z", name="Z", kind="person")
    assert differences(article, replace(article, actors=[*article.actors, extra])) == []


def test_different_texts_are_not_compared(article: Article) -> None:
    text = article.document.text + " More."
    other = replace(article, document=msgspec.structs.replace(article.document, text=text))
    with pytest.raises(ValueError, match="two different texts"):
        compare(article, other)
