"""What single measures ask for: each test differs from gold in one thing alone."""

import msgspec
import pytest

from onrecord.model import Article

from .articles import add_actor, add_claim, add_quote, article, spans
from .scored import figures, results

TEXT = "Kim told Zao that Varga said the sea is calm and the sky blue."


def people() -> Article:
    made = article(TEXT)
    for name in ("Kim", "Zao", "Varga"):
        add_actor(made, name.lower(), name)
    return made


def told(**changes: object) -> Article:
    made = people()
    add_quote(made, "the sea is calm", cue=("said",), speakers=("m-0002",))
    made.quotes[0] = msgspec.structs.replace(made.quotes[0], **changes)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {"cue": spans(article(TEXT), "told")},
        {"addressees": ("m-0001",)},
        {"speakers": ("m-0000",)},
        {"content": spans(article(TEXT), "the sea")},
    ],
)
def test_a_full_quote_has_all_its_parts_right(changes: dict[str, object]) -> None:
    assert figures(told(), told())["quotes:full"] == 1.0
    assert figures(told(), told(**changes))["quotes:full"] == 0.0


def test_a_chain_with_one_link_more_is_wrong() -> None:
    """Its first links are those of gold."""
    gold, other = people(), people()
    outer = add_quote(gold, "the sea is calm", speakers=("m-0000",))
    add_quote(gold, "the sea is", speakers=("m-0001",), within=outer)
    outermost = add_quote(other, "the sea is calm and", speakers=("m-0002",))
    outer = add_quote(other, "the sea is calm", speakers=("m-0000",), within=outermost)
    add_quote(other, "the sea is", speakers=("m-0001",), within=outer)
    found = results(gold, other)["quotes:source-chain"]
    assert (found.figure, found.gold, found.predicted) == (0.0, 1, 2)


def test_quotes_without_a_cue_have_no_cue_to_find() -> None:
    assert figures(told(cue=()), told(cue=()))["quotes:cue-strict"] is None


def test_the_form_of_a_mention_has_a_measure() -> None:
    other = people()
    other.mentions[0] = msgspec.structs.replace(other.mentions[0], form="nominal")
    found = figures(people(), other)
    assert found["mentions:exact"] == 1.0
    assert found["mentions:form"] == pytest.approx(2 / 3)


def test_less_than_half_is_still_a_proportion() -> None:
    def made(*content: str) -> Article:
        found = article("abcdefghij")
        add_claim(found, *content, quote=add_quote(found, *content))
        return found

    found = figures(made("abcdefghij"), made("abcd"))
    for key in ("quotes:content-proportional", "claims:proportional"):
        assert found[key] == pytest.approx(2 * 1 * 0.4 / 1.4)
    assert found["quotes:speaker-accuracy"] is None
    parts = figures(made("ab", "ef"), made("ab"))
    assert (parts["claims:strict"], parts["quotes:content-strict"]) == (0.0, 0.0)


def test_conll_is_the_mean_of_three_that_are_all_defined() -> None:
    gold, other = people(), people()
    assert figures(gold, other)["coreference:conll"] is None  # no links, so no MUC
    for made, actor in ((gold, "kim"), (other, "varga")):
        add_actor(made, actor, "the sea", "the sky")
    found = figures(gold, other)
    three = [found[f"coreference:{name}"] or 0.0 for name in ("muc", "b-cubed", "ceaf-e")]
    assert found["coreference:conll"] == pytest.approx(sum(three) / 3)
    assert found["coreference:ceaf-m"] not in (three[2], None)
