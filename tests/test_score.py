"""The scorer against examples worked by hand, other scorers, and what must always hold."""

import random
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from nervaluate import Evaluator
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support

from onrecord.model import Actor, Article, Claim, Mention
from onrecord.scoring.breakdown import by_document, by_form, by_phenomenon
from onrecord.scoring.measures import MEASURES
from onrecord.scoring.score import compare, score

from .articles import add_actor, add_claim, add_quote, article, corpus, spans
from .flat import KINDS, Flat, flat, mentioning, predicted
from .scored import figures, results

TEXT = "Kim said the road was closed. “It is shut,” he told Varga. Varga denied that it had rained."


def mention(to: Article, actor: str, words: str, form: str = "pronoun") -> str:
    (span,) = spans(to, words)
    name = f"m-{len(to.mentions):04}"
    to.mentions.append(
        Mention(
            doc="a", id=name, actor=actor, form=form,
            start=span.start, end=span.end, exact=span.exact,
        )
    )  # fmt: skip
    return name


def told() -> Article:
    """Three quotes with a claim each, two actors."""
    made = article(TEXT)
    add_actor(made, "kim", "Kim")
    add_actor(made, "varga", "Varga")
    he = mention(made, "kim", "he ")
    made.mentions[-1] = msgspec.structs.replace(made.mentions[-1], end=made.mentions[-1].end - 1)
    one = add_quote(made, "the road was closed", cue=("said",), speakers=("m-0000",))
    two = add_quote(made, "“It is shut,”", cue=("told",), speakers=(he,))
    three = add_quote(made, "that it had rained", cue=("denied",), speakers=("m-0001",))
    for quote, words in ((one, "the road was closed"), (two, "It is shut"), (three, "it had")):
        add_claim(made, words, quote=quote)
    return made


def test_gold_against_gold_is_one() -> None:
    articles = corpus()
    scored = score(compare(articles, {a.document.id: a for a in articles}))
    for result in scored.results(samples=50):
        assert (result.figure, result.low, result.high) == (1.0, 1.0, 1.0), result.measure.key


def test_nothing_predicted_is_zero_and_nothing_at_all_is_null() -> None:
    gold, empty = told(), article(TEXT)
    missed = {key: value for key, value in figures(gold, empty).items() if "accuracy" not in key}
    judged = {"quotes:form", "claims:kind", "claims:certainty", "claims:polarity"}
    for key, value in missed.items():
        assert value == (None if key in {*judged, "quotes:source-chain"} else 0.0), key
    assert set(figures(empty, empty).values()) == {None}
    assert {figures(empty, gold)[key] for key in ("mentions:strict", "claims:strict")} == {0.0}
    assert score(compare([gold], {})).results(samples=0)[0].figure == 0.0


def test_a_layer_that_is_not_exhaustive_is_not_scored() -> None:
    gold = told()
    partly = replace(gold, document=msgspec.structs.replace(gold.document, layers=("actors",)))
    found = figures(partly, gold)
    assert found["mentions:strict"] == 1.0
    assert found["quotes:speaker"] is None
    assert found["claims:strict"] is None
    claims = replace(gold, document=msgspec.structs.replace(gold.document, layers=("claims",)))
    found = figures(claims, replace(gold, quotes=[], claims=_loose(gold)))
    assert found["claims:strict"] == 1.0
    assert found["claims:claimant"] is found["claims:claimant-accuracy"] is None


def _loose(made: Article) -> list[Claim]:
    return [msgspec.structs.replace(claim, quote=None) for claim in made.claims]


def test_what_one_document_alone_has_has_no_interval() -> None:
    gold = list(corpus())[:3]
    gold[1:] = [
        replace(a, document=msgspec.structs.replace(a.document, layers=("actors",)))
        for a in gold[1:]
    ]
    scored = score(compare(gold, {a.document.id: a for a in gold})).results(samples=50)
    found = {result.measure.key: result for result in scored}
    assert found["claims:strict"].figure == 1.0
    assert found["claims:strict"].low is found["claims:strict"].high is None
    assert found["mentions:strict"].low == 1.0


def test_mentions_worked_by_hand() -> None:
    """Gold: Kim, Varga, he. Predicted: Kim of another kind, Varga with a word more."""
    gold, other = told(), article(TEXT)
    add_actor(other, "kim", "Kim", kind="gpe")
    add_actor(other, "varga", "told Varga")
    found = results(gold, other)
    sums = {key: found[f"mentions:{key}"] for key in ("strict", "exact", "partial", "type")}
    right = {key: round((r.precision or 0) * 2, 9) for key, r in sums.items()}
    assert right == {"strict": 0, "exact": 1, "partial": 1.5, "type": 1}
    assert sums["partial"].recall == pytest.approx(1.5 / 3)


def test_quotes_worked_by_hand() -> None:
    """The first as gold, of the second a part said by the same man by name, the third missed."""
    gold, other = told(), article(TEXT)
    add_actor(other, "someone", "Kim")
    add_quote(other, "the road was closed", cue=("said",), speakers=("m-0000",))
    add_quote(other, "It is shut", cue=("told",), speakers=("m-0000",))
    found = results(gold, other)
    assert found["quotes:content-strict"].figure == pytest.approx(2 * 1 / 5)
    part = len("It is shut") / len("“It is shut,”")
    assert found["quotes:content-proportional"].precision == 1.0
    assert found["quotes:content-proportional"].recall == pytest.approx((1 + part) / 3)
    assert found["quotes:cue-strict"].figure == pytest.approx(2 * 2 / 5)
    assert found["quotes:speaker"].figure == pytest.approx(2 * 2 / 5)
    assert found["quotes:speaker-accuracy"].figure == 1.0
    assert found["quotes:full"].figure == pytest.approx(2 * 1 / 5)


def test_the_speaker_is_right_by_any_mention_and_wrong_by_another_actor() -> None:
    gold, other = told(), told()
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0000",))
    assert figures(gold, other)["quotes:speaker"] == 1.0
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0001",))
    assert figures(gold, other)["quotes:speaker"] == pytest.approx(2 / 3)
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0000", "m-0001"))
    found = results(gold, other)["quotes:speaker"]
    assert (found.precision, found.recall) == (0.75, 1.0)
    assert figures(gold, other)["quotes:speaker-accuracy"] == pytest.approx(2 / 3)


def test_claimants_are_the_article_or_those_who_speak() -> None:
    gold, other = told(), told()
    other.claims[0] = msgspec.structs.replace(other.claims[0], quote=None)
    assert figures(gold, other)["claims:claimant"] == pytest.approx(2 / 3)
    gold.claims[0] = msgspec.structs.replace(gold.claims[0], quote=None)
    assert figures(gold, other)["claims:claimant"] == 1.0


def test_labels_are_averaged_over_those_that_occur() -> None:
    gold, other = told(), told()
    other.claims[0] = msgspec.structs.replace(other.claims[0], kind="prediction")
    # fact: 2 of 2 right, 2 of 3 found; prediction: none.
    assert figures(gold, other)["claims:kind"] == pytest.approx((2 * 2 / 5 + 0) / 2)
    assert figures(gold, other)["claims:polarity"] == 1.0


def test_a_chain_is_right_as_a_whole() -> None:
    def relayed(outer: str, inner: str) -> Article:
        made = told()
        first = add_quote(made, "the road was closed. “It is shut,”", speakers=(outer,))
        add_quote(made, "“It is shut,” he", speakers=(inner,), within=first)
        return made

    gold = relayed("m-0000", "m-0001")
    assert figures(gold, relayed("m-0000", "m-0001"))["quotes:source-chain"] == 1.0
    assert figures(gold, relayed("m-0001", "m-0001"))["quotes:source-chain"] == 0.0
    assert figures(gold, told())["quotes:source-chain"] == 0.0
    assert figures(told(), gold)["quotes:source-chain"] == 0.0


def damaged(rng: random.Random, found: Article) -> Article:
    """The article with a part of its quotes, claims and mentions gone or changed."""
    spoken = {name for quote in found.quotes for name in (*quote.speakers, *quote.addressees)}
    mentions = [m for m in found.mentions if m.id in spoken or rng.random() < 0.8]
    quotes = [
        msgspec.structs.replace(q, content=q.content[: rng.randint(1, 2)]) for q in found.quotes
    ]
    claims = [
        msgspec.structs.replace(c, kind=rng.choice(["fact", c.kind]))
        for c in found.claims
        if rng.random() < 0.8
    ]
    return replace(found, mentions=mentions, quotes=quotes, claims=claims)


def shuffled(rng: random.Random, found: Article) -> Article:
    return Article(
        found.document,
        rng.sample(found.actors, len(found.actors)),
        rng.sample(found.mentions, len(found.mentions)),
        rng.sample(found.quotes, len(found.quotes)),
        rng.sample(found.claims, len(found.claims)),
    )


def test_order_never_matters() -> None:
    rng = random.Random(4)
    gold = list(corpus())
    other = {a.document.id: damaged(rng, a) for a in gold}
    before = score(compare(gold, other)).results(samples=100)
    assert any(result.figure not in (0.0, 1.0) for result in before)
    for _ in range(3):
        mixed = {
            name: shuffled(rng, a) for name, a in rng.sample(sorted(other.items()), len(other))
        }
        again = compare([shuffled(rng, a) for a in rng.sample(gold, len(gold))], mixed)
        assert score(again).results(samples=100) == before


def test_sides_swapped_swap_precision_and_recall() -> None:
    rng = random.Random(5)
    for gold in corpus()[:4]:
        other = damaged(rng, gold)
        there, back = results(gold, other), results(other, gold)
        for key in (
            "mentions:strict",
            "mentions:partial",
            "quotes:content-strict",
            "claims:strict",
        ):
            assert there[key].precision == pytest.approx(back[key].recall), key
            assert there[key].recall == pytest.approx(back[key].precision), key


def sample(seed: int, number: int = 40) -> Iterator[tuple[list[Flat], list[Flat]]]:
    rng = random.Random(seed)
    for _ in range(number):
        gold = flat(rng)
        yield gold, predicted(rng, gold)


@pytest.mark.parametrize("seed", range(5))
def test_mentions_as_nervaluate_counts_them(seed: int) -> None:
    documents = list(sample(seed))

    def plain(side: int) -> list[list[dict[str, object]]]:
        return [
            # nervaluate counts the end in.
            [{"start": start, "end": end - 1, "label": kind} for start, end, kind in pair[side]]
            for pair in documents
        ]

    theirs = Evaluator(plain(0), plain(1), tags=list(KINDS), loader="dict").evaluate()["overall"]
    gold = [mentioning(pair[0], f"d{n}") for n, pair in enumerate(documents)]
    other = {f"d{n}": mentioning(pair[1], f"d{n}") for n, pair in enumerate(documents)}
    ours = {r.measure.key: r for r in score(compare(gold, other)).results(samples=0)}
    names = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
    for name, their_name in names.items():
        found, expected = ours[f"mentions:{name}"], theirs[their_name]
        assert found.precision == pytest.approx(expected.precision, abs=1e-9)
        assert found.recall == pytest.approx(expected.recall, abs=1e-9)
        assert found.figure == pytest.approx(expected.f1, abs=1e-9)


def iob(spans: list[Flat], length: int) -> list[str]:
    labels = ["O"] * length
    for start, end, kind in spans:
        labels[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return labels


@pytest.mark.parametrize("seed", range(5, 10))
def test_mentions_as_seqeval_counts_them(seed: int) -> None:
    """A character is a token there."""
    documents = list(sample(seed))
    sides: list[list[list[str]]] = [[iob(pair[side], 250) for pair in documents] for side in (0, 1)]
    precision, recall, f1, _ = precision_recall_fscore_support(*sides, average="micro")
    gold = [mentioning(pair[0], f"d{n}") for n, pair in enumerate(documents)]
    other = {f"d{n}": mentioning(pair[1], f"d{n}") for n, pair in enumerate(documents)}
    strict = score(compare(gold, other)).results(samples=0)[0]
    assert strict.precision == pytest.approx(precision, abs=1e-9)
    assert strict.recall == pytest.approx(recall, abs=1e-9)
    assert strict.figure == pytest.approx(f1, abs=1e-9)


def test_against_another_system() -> None:
    rng = random.Random(9)
    gold = list(corpus())
    perfect = score(compare(gold, {a.document.id: a for a in gold}))
    worse = score(compare(gold, {a.document.id: damaged(rng, a) for a in gold}))
    found = {d.measure.key: d for d in perfect.against(worse, samples=100, swaps=500)}
    strict = found["mentions:strict"]
    assert strict.figure == 1.0
    assert strict.other is not None
    assert strict.difference == pytest.approx(1 - strict.other)
    assert None not in (strict.low, strict.high, strict.p)
    low, high, p = (value or 0.0 for value in (strict.low, strict.high, strict.p))
    assert 0 < low <= 1 - strict.other <= high
    assert p < 0.01
    same = perfect.against(perfect, samples=100, swaps=100)
    assert {(d.difference, d.p) for d in same} == {(0.0, 1.0)}


def test_parts_by_form_sum_to_the_whole() -> None:
    rng = random.Random(10)
    gold = list(corpus())
    compared = compare(gold, {a.document.id: damaged(rng, a) for a in gold})
    whole = {r.measure.key: r for r in score(compared).results(samples=0)}
    parts = [part for part in by_form(compared) if part.name.startswith("mentions:")]
    strict = [r for part in parts for r in part.results if r.measure.key == "mentions:strict"]
    assert sum(r.gold or 0 for r in strict) == whole["mentions:strict"].gold
    found = sum((r.recall or 0) * (r.gold or 0) for r in strict)
    assert found == pytest.approx((whole["mentions:strict"].recall or 0) * len_of(gold))


def test_parts_hold_their_own_records_and_layers_alone() -> None:
    parts = by_form(compare([told()], {"a": told()}))
    assert {part.name.partition(":")[0] for part in parts} == {"mentions", "quotes"}
    for part in parts:
        assert {r.measure.group for r in part.results} == {part.name.partition(":")[0]}
    partly = msgspec.structs.replace(told().document, layers=("quotes",))
    parts = by_form(compare([replace(told(), document=partly)], {"a": told()}))
    assert {part.name for part in parts} == {"quotes:indirect"}


def len_of(articles: list[Article]) -> int:
    return sum(len(a.mentions) for a in articles)


def test_parts_by_phenomenon_judge_records_that_show_it() -> None:
    gold, other = told(), told()
    other.quotes[1] = msgspec.structs.replace(other.quotes[1], speakers=("m-0001",))
    parts = {part.name: part for part in by_phenomenon(compare([gold], {"a": other}))}
    pronoun = {r.measure.name: r for r in parts["quote:pronoun-speaker"].results}
    assert (pronoun["speaker"].gold, pronoun["speaker"].predicted) == (1, 0)
    assert pronoun["speaker"].figure == 0.0
    assert pronoun["content-strict"].recall == 1.0
    names = {r.measure.name: r for r in parts["quote:name-speaker"].results}
    assert (names["speaker"].gold, names["speaker"].predicted) == (2, 3)
    assert names["speaker"].precision == pytest.approx(2 / 3)
    assert "document:constructed" in parts


def test_parts_by_document_are_scores_of_their_own() -> None:
    gold = list(corpus())[:2]
    parts = by_document(score(compare(gold, {gold[0].document.id: gold[0]})))
    by_name = {part.name: part.results[0].figure for part in parts}
    assert by_name == {gold[0].document.id: 1.0, gold[1].document.id: 0.0}


def test_every_measure_is_documented_and_named_once() -> None:
    keys = [measure.key for measure in MEASURES]
    assert len(set(keys)) == len(keys)
    for measure in MEASURES:
        assert measure.definition.endswith("."), measure.key


def test_two_actors_on_one_span_are_two_mentions() -> None:
    def both(*kinds: str) -> Article:
        made = article("The pair left.")
        for number, kind in enumerate(kinds):
            made.actors.append(Actor(doc="a", id=f"x{number}", name="x", kind=kind))
            mention(made, f"x{number}", "The pair")
        return made

    assert figures(both("person", "gpe"), both("gpe", "person"))["mentions:strict"] == 1.0
    found = results(both("person", "person"), both("person"))["mentions:strict"]
    assert (found.precision, found.recall) == (1.0, 0.5)
