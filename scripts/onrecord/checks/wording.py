"""Level 4, advice that reads the words of English texts."""

import re
from collections.abc import Iterator
from operator import attrgetter

from ..english import PRONOUNS
from ..model import Claim, Mention
from .rule import Draft, Finding, Rule, check


class W402(Rule):
    """A mention is a `pronoun` if and only if it is a personal, possessive or reflexive pronoun.

    Reason: the form tells how hard a mention is to resolve.

    Usual cause: the form was copied from the line above.

    Cure: correct the form.
    """


class W403(Rule):
    """He, she, him and her are mentions.

    Reason: they always stand for somebody, and are easily overlooked.

    Usual cause: a possessive inside a longer phrase was not seen.

    Cure: mark the pronoun.
    """


class W404(Rule):
    """A mention ends before the possessive ending.

    Reason: two annotators would differ by an ending that means nothing.

    Usual cause: the whole word was selected.

    Cure: move the end; see "Spans" in the guidelines.
    """


class W405(Rule):
    """A name does not begin with an article.

    Reason: "the Courier" and "Courier" are one name.

    Usual cause: the article was selected with the name.

    Cure: move the start, or label the mention `nominal`; see rule 2 of the guidelines.
    """


class W415(Rule):
    """A cue is the bare verb, noun or preposition: no auxiliary, no "that".

    Reason: cues are counted and learnt as words.

    Usual cause: the verb phrase was selected as a whole.

    Cure: shorten the cue; see rule 10 of the guidelines.
    """


class W421(Rule):
    """A claim that is `certain` has no hedge.

    Reason: "may", "likely", "appears" lower the certainty where they bear on the main clause.

    Usual cause: the label was left at its usual value.

    Cure: correct the certainty, or say in a note why the hedge does not count; see rule 15.
    """


class W422(Rule):
    """A claim with "if" or "unless" is `conditional`.

    Reason: it is asserted only under the condition.

    Usual cause: the condition stands at the end and was overlooked.

    Cure: correct the certainty, or say in a note why the condition does not count; see rule 15.
    """


class W423(Rule):
    """A negative claim has a negation, or its quote a cue of denial.

    Reason: words of negative meaning ("failed", "lacks") are positive.

    Usual cause: the claim sounds negative.

    Cure: correct the polarity; see rule 16 of the guidelines.
    """


class W424(Rule):
    """A claim with "not", "never" or "neither" is negative.

    Reason: polarity is that of the main clause.

    Usual cause: the label was left at its usual value.

    Cure: correct the polarity, or say in a note which clause the negation belongs to; see rule 16.
    """


class W427(Rule):
    """A claim begins behind "that".

    Reason: two annotators would differ by a word that means nothing.

    Usual cause: the content of the quote was copied.

    Cure: move the start; see rule 13 of the guidelines.
    """


class W428(Rule):
    """The content of a claim does not end in a comma, colon or semicolon.

    Reason: punctuation behind a span belongs to the sentence around it.

    Usual cause: the comma before the closing quotation mark was kept.

    Cure: move the end.
    """


@check(W402, W403, W404, W405)
def mentions(draft: Draft) -> Iterator[Finding]:
    """The forms and edges of mentions."""
    if not _is_english(draft):
        return
    for form, exact in set(map(_FORM, draft.mentions.records)):
        is_pronoun = exact.lower() in PRONOUNS
        if is_pronoun != (form == "pronoun") or exact[-2:] in _POSSESSIVE or exact[:2] in _ARTICLES:
            for number, mention in draft.mentions:
                yield from _mention(number, mention)
            break
    if draft.has_layer("actors") and draft.complete("mentions"):
        yield from _pronouns(draft)


@check(W415)
def cues(draft: Draft) -> Iterator[Finding]:
    """The words of cues."""
    if _is_english(draft):
        for number, quote in draft.quotes:
            for index, cue in enumerate(quote.cue):
                if " " in cue.exact and (found := _AUXILIARY.search(cue.exact)):
                    message = f"cue {cue.exact!r} holds {found[0]!r}"
                    yield W415.at("quotes", number, message, pointer=f"/cue/{index}")


@check(W421, W422, W423, W424, W427, W428)
def claims(draft: Draft) -> Iterator[Finding]:
    """The labels of claims against their words."""
    if not _is_english(draft):
        return
    for number, claim in draft.claims:
        for span in claim.content:
            if claim.polarity == "negative" or not _TELLING.isdisjoint(span.exact.lower().split()):
                yield from _claim(draft, number, claim)
                break
        else:
            if claim.content[-1].exact[-1] in ",:;":
                yield from _claim(draft, number, claim)


def _is_english(draft: Draft) -> bool:
    return draft.document is not None and draft.document.language.partition("-")[0] == "en"


def _mention(number: int, mention: Mention) -> Iterator[Finding]:
    exact = mention.exact
    if (mention.form == "pronoun") != (exact.lower() in PRONOUNS and exact != "US"):
        message = f"{exact!r} with form {mention.form!r}"
        yield W402.at("mentions", number, message, pointer="/form")
    if exact.endswith(_POSSESSIVE):
        yield W404.at("mentions", number, f"{exact!r} ends in a possessive", pointer="/end")
    if mention.form == "name" and exact.startswith(("the ", "a ", "an ")):
        yield W405.at("mentions", number, f"{exact!r} begins with an article", pointer="/start")


def _claim(draft: Draft, number: int, claim: Claim) -> Iterator[Finding]:
    text = " ".join([span.exact for span in claim.content])
    words = _words(text)
    hedges = words & _HEDGES if _MAY.search(text) else (words & _HEDGES) - {"may"}
    if claim.certainty == "certain" and (found := hedges):
        message = f"certain, but has {min(found)!r}"
        yield W421.at("claims", number, message, pointer="/certainty")
    if claim.certainty != "conditional" and (found := words & _CONDITIONS):
        message = f"{claim.certainty}, but has {min(found)!r}"
        yield W422.at("claims", number, message, pointer="/certainty")
    if claim.polarity == "positive" and (found := words & _NEGATIONS):
        message = f"positive, but has {min(found)!r}"
        yield W424.at("claims", number, message, pointer="/polarity")
    if claim.polarity == "negative" and not words & _NEGATIVE and not _denied(draft, claim.quote):
        message = "negative, but without a negation or a cue of denial"
        yield W423.at("claims", number, message, pointer="/polarity")
    if text.startswith("that ") and claim.quote is not None:
        yield W427.at("claims", number, f"{text[:30]!r} begins with 'that'", pointer="/content/0")
    if text.endswith((",", ":", ";")):
        yield W428.at("claims", number, f"{text[-30:]!r} ends in punctuation", pointer="/content")


def _words(text: str) -> set[str]:
    return set(text.lower().translate(_UNPUNCTUATED).split())


def _pronouns(draft: Draft) -> Iterator[Finding]:
    marked = {mention.start for mention in draft.mentions.records}
    for match in _GENDERED_OR_ALIKE.finditer(draft.text):
        start = match.start()
        gendered = match[0].lower() in _GENDERED and not draft.text[start - 1 : start].isalnum()
        if gendered and start not in marked:
            message = f"{match[0]!r} at {start} is not marked"
            place = (start, match.end())
            yield W403.at("documents", draft.line, message, pointer="/text", place=place)


def _denied(draft: Draft, name: str | None) -> bool:
    """Whether the carrying quote has a cue of denial; a quote that failed may have had one."""
    if name is None:
        return False
    quote = draft.quote.get(name)
    return quote is None or any(_DENIAL.search(cue.exact) for cue in quote.cue)


_GENDERED = frozenset("he him his himself she her hers herself".split())
# Written to begin with a set of letters, which is what makes the search quick.
_GENDERED_OR_ALIKE = re.compile(r"[HhSs](?:e|he|im|is|ers?|imself|erself)\b")
_FORM = attrgetter("form", "exact")
_POSSESSIVE = ("'s", "’s")
_ARTICLES = frozenset(("th", "a ", "an"))
_UNPUNCTUATED = str.maketrans(dict.fromkeys(',.;:!?()“”‘"', " "))
_AUXILIARY = re.compile(
    r"\b(?:that|has|have|had|is|are|was|were|been|will|would|did|does|do)\b", re.IGNORECASE
)
_HEDGES = frozenset(
    "may might could perhaps possibly likely probably appears appear appeared seems seem seemed"
    " apparently presumably".split()
)
_MAY = re.compile(r"(?:^May|\bmay)\b")
_CONDITIONS = frozenset(("if", "unless"))
_NEGATIONS = frozenset(
    "not never neither nor cannot isn’t aren’t wasn’t weren’t don’t doesn’t didn’t won’t wouldn’t"
    " can’t couldn’t hasn’t haven’t hadn’t shouldn’t".split()
)
_NEGATIONS |= {word.replace("’", "'") for word in _NEGATIONS}
_NEGATIVE = _NEGATIONS | {"no", "none", "nobody", "nothing", "nowhere", "without"}
_DENIAL = re.compile(r"den(?:y|ie|ial)|reject|dismiss|refut|disput|contradict|rebut", re.IGNORECASE)
_TELLING = _HEDGES | _CONDITIONS | _NEGATIONS | {"that"}
_TELLING |= {word + mark for word in _TELLING for mark in ",.;:”"}
