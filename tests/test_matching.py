"""Which quotes and claims are matched: by half, and what tells equal overlaps."""

import msgspec
import pytest

from onrecord.model import Article

from .articles import add_actor, add_claim, add_quote, article
from .scored import results

TEXT = "Kim said and Varga told that the sea is calm."


def figures(gold: Article, other: Article) -> dict[str, tuple[float | None, int | None]]:
    """Of each measure the figure, and how many units gold has."""
    return {key: (result.figure, result.gold) for key, result in results(gold, other).items()}


def people() -> Article:
    made = article(TEXT)
    add_actor(made, "kim", "Kim")
    add_actor(made, "varga", "Varga")
    return made


def relabel(made: Article, *forms: str) -> None:
    labels = zip(made.quotes, forms, strict=True)
    made.quotes[:] = [msgspec.structs.replace(q, form=form) for q, form in labels]


@pytest.mark.parametrize(("words", "matched"), [("abcde", 1), ("abcd", 0)])
def test_half_of_the_content_is_enough(words: str, matched: int) -> None:
    gold, other = article("abcdefghij"), article("abcdefghij")
    for made, content in ((gold, "abcdefghij"), (other, words)):
        add_claim(made, content, quote=add_quote(made, content))
    found = figures(gold, other)
    assert found["quotes:speaker-accuracy"] == ((1.0, 1) if matched else (None, 0))
    assert found["claims:claimant-accuracy"] == ((1.0, 1) if matched else (None, 0))


@pytest.mark.parametrize(("words", "right"), [("Mira", 1.0), ("Mir", 0.0)])
def test_half_of_a_mention_is_enough(words: str, right: float) -> None:
    gold, other = article("Mira Zao said so."), article("Mira Zao said so.")
    add_actor(gold, "mira", "Mira Zao")
    add_actor(other, "mira", words)
    for made in (gold, other):
        add_quote(made, "so", speakers=("m-0000",))
    assert figures(gold, other)["quotes:speaker"] == (right, 1)


def test_equal_contents_of_quotes_are_told_by_the_cue() -> None:
    """Rather than by the speaker."""
    gold, other = people(), people()
    add_quote(gold, "the sea", cue=("told",), speakers=("m-0000",))
    add_quote(other, "the sea", cue=("said",), speakers=("m-0000",))
    add_quote(other, "the sea", cue=("told",))
    relabel(other, "direct", "indirect")
    found = figures(gold, other)
    assert found["quotes:form"][0] == 1.0
    assert found["quotes:speaker"][0] == 0.0


def test_equal_contents_of_quotes_are_told_by_the_speakers() -> None:
    gold, other = people(), people()
    add_quote(gold, "the sea", speakers=("m-0001",))
    add_quote(other, "the sea", speakers=("m-0000",))
    add_quote(other, "the sea", speakers=("m-0001",))
    assert figures(gold, other)["quotes:speaker-accuracy"] == (1.0, 1)


def test_equal_contents_of_claims_are_told_by_the_claimants() -> None:
    """Rather than by the kind."""
    gold, other = people(), people()
    for made, kind in ((gold, "fact"), (other, "prediction")):
        add_claim(
            made,
            "the sea is calm",
            kind=kind,
            quote=add_quote(made, "the sea", speakers=("m-0000",)),
        )
    add_claim(other, "the sea is calm")
    found = figures(gold, other)
    assert found["claims:claimant-accuracy"] == (1.0, 1)
    assert found["claims:kind"][0] == 0.0


def test_equal_contents_of_claims_are_told_by_the_kind() -> None:
    gold, other = people(), people()
    add_claim(gold, "the sea is calm", kind="prediction")
    add_claim(other, "the sea is calm", kind="fact")
    add_claim(other, "the sea is calm", kind="prediction")
    assert figures(gold, other)["claims:kind"][0] == 1.0
