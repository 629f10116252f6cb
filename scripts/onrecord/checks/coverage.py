"""Level 4, advice on what seems to have been passed over."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from .. import marks
from ..model import Mention
from .rule import Draft, Finding, Rule, check


class W401(Rule):
    """A name that is marked somewhere in a document is marked everywhere.

    Reason: mentions are exhaustive where a document lists the layer `actors`.

    Usual cause: one of several occurrences was overlooked.

    Cure: mark it; leave it where the word does not refer to the actor there.
    """


class W411(Rule):
    """Quotation marks belong to some quote.

    Reason: most marks in news show quoted words.

    Usual cause: a partial quote was overlooked, or the content ends before its marks.

    Cure: add the quote or extend its content; leave scare quotes and titles as they are.
    """


class W412(Rule):
    """A quote carries a claim, or relays a quote that does.

    Reason: what somebody is quoted with nearly always asserts something.

    Usual cause: the claim was forgotten, or tied to another quote.

    Cure: add the claim; give a question or an exclamation a note.
    """


class W414(Rule):
    """A quote has a cue or a speaker.

    Reason: what nobody is said to have said is no quote.

    Usual cause: the speaker was not yet chosen when the record was written.

    Cure: name the nearest mention of the source, or delete the quote.
    """


class W431(Rule):
    """Every paragraph of running text has a claim or a quote.

    Reason: claims are exhaustive where a document lists the layer `claims`.

    Usual cause: a paragraph was skipped.

    Cure: annotate it.
    """


@check(W401)
def names(draft: Draft) -> Iterator[Finding]:
    """Marked names that stand unmarked elsewhere; the first place of each."""
    if not (draft.has_layer("actors") and draft.complete("mentions")):
        return
    counts = Counter(map(attrgetter("exact"), draft.mentions.records))
    named = {m.exact: m.actor for m in draft.mentions.records if m.form == "name"}
    for name, actor in named.items():
        if draft.text.count(name) > counts[name]:
            for place in _unmarked(name, draft.text, draft.mentions.records):
                message = f"{name!r} at {place} is not marked as a mention of {actor!r}"
                yield _in_text(W401, draft, message, (place, place + len(name)))
                break


@check(W411)
def quotation_marks(draft: Draft) -> Iterator[Finding]:
    """Marks outside every quote, one finding a paragraph."""
    if not (draft.has_layer("quotes") and draft.complete("quotes")):
        return
    contents = {span for quote in draft.quotes.records for span in quote.content}
    if marks.are_all_in(draft.text, [span.exact for span in contents]):
        return
    spans = [(span.start, span.end) for span in contents]
    reported = -1
    for place in marks.outside(draft.text, spans):
        paragraph = draft.text.rfind("\n", 0, place)
        if paragraph != reported:
            reported = paragraph
            around = draft.text[place : place + 30].split("\n")[0]
            message = f"{around!r} at {place} is in no quote"
            yield _in_text(W411, draft, message, (place, place + 1))


@check(W412, W414)
def quotes(draft: Draft) -> Iterator[Finding]:
    """Quotes that nothing hangs on."""
    judged = draft.has_layer("claims") and draft.complete("claims") and draft.complete("quotes")
    carrying = {claim.quote for claim in draft.claims.records}
    carrying |= {quote.within for quote in draft.quotes.records}
    for number, quote in draft.quotes:
        if judged and quote.id not in carrying and not marks.asks(quote.content[-1].exact):
            message = f"{quote.content[0].exact[:40]!r} carries no claim"
            yield W412.at("quotes", number, message)
        if not quote.cue and not quote.speakers:
            message = f"{quote.content[0].exact[:40]!r} has neither cue nor speaker"
            yield W414.at("quotes", number, message)


@check(W431)
def paragraphs(draft: Draft) -> Iterator[Finding]:
    """Paragraphs of running text without claim or quote."""
    read = draft.complete("claims") and draft.complete("quotes")
    if not (draft.document and draft.has_layer("claims") and read):
        return
    starts = [claim.content[0].start for claim in draft.claims.records]
    starts += [quote.content[0].start for quote in draft.quotes.records]
    starts.sort()
    for section in draft.document.sections:
        if section.role == "body":
            for start, end in _paragraphs(draft.text, section.start, section.end):
                if bisect_left(starts, start) == bisect_left(starts, end):
                    message = f"nothing is asserted or quoted in {draft.text[start : start + 40]!r}"
                    yield _in_text(W431, draft, message, (start, end))


def _in_text(rule: type[Rule], draft: Draft, message: str, place: tuple[int, int]) -> Finding:
    return rule.at("documents", draft.line, message, pointer="/text", place=place)


def _unmarked(name: str, text: str, mentions: Sequence[Mention]) -> Iterator[int]:
    """Where `name` stands as a word of its own, neither marked nor part of another name."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        if not any(_holds(mention, name, match.start()) for mention in mentions):
            yield match.start()


def _holds(mention: Mention, name: str, start: int) -> bool:
    inside = mention.start <= start and start + len(name) <= mention.end
    return inside and (mention.exact == name or mention.form in ("name", "adjective"))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between two offsets that have at least four words."""
    start = text.rfind("\n", 0, start) + 1
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text.count(" ", start, stop) > 2:
            yield start, stop
        start = stop + 1
