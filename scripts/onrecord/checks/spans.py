"""Level 3, anchors: every span is a sound stretch of its document's text."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import Protocol

import regex

from .. import schema
from ..edges import BLANK, are_parted, cuts_cluster, cuts_word, is_blank
from ..model import Span
from ..schema import ANNOTATIONS
from .rule import Draft, Finding, Rule, check


class E301(Rule):
    """A span starts before it ends.

    Reason: an empty stretch marks nothing.

    Usual cause: start and end exchanged, or one of them not updated.

    Cure: correct the offsets; `end` is the offset after the last character.
    """


class E302(Rule):
    """A span ends inside the text.

    Reason: there is nothing to mark behind its end.

    Usual cause: offsets counted in bytes or UTF-16 units instead of code points.

    Cure: count Unicode code points, as Python's `len` does.
    """


class E303(Rule):
    """`exact` is the text between `start` and `end`.

    Reason: the repeated text is what reviewers read, and what proves the offsets.

    Usual cause: one was edited without the other, or offsets count bytes or UTF-16 units.

    Cure: correct the offsets or `exact`; the message shows the text that the offsets give.
    """


class E304(Rule):
    """A span neither starts nor ends with white space.

    Reason: two annotators would differ by a space that means nothing.

    Usual cause: a double click or a selection that took the next space along.

    Cure: move the edge.
    """


class E305(Rule):
    """A span does not cut a character that readers see as one (a grapheme cluster).

    Reason: half of a joined emoji or a letter without its accent is not what was meant.

    Usual cause: offsets from a tool that counts bytes or UTF-16 units.

    Cure: move the edge to the start or end of the visible character.
    """


class E306(Rule):
    """A span does not cut a word.

    Reason: mentions, cues and contents are made of whole words.

    Usual cause: an offset that is off by one.

    Cure: move the edge to the start or end of the word. Scripts that join words without spaces, or
    join particles to them, are not judged.
    """


class E307(Rule):
    """The spans of one list stand in order and do not overlap.

    Reason: parts are read one after the other.

    Usual cause: a part was added at the wrong place, or two parts were marked twice.

    Cure: sort the parts, or join those that overlap.
    """


class E308(Rule):
    """A span is split only where other words stand between its parts.

    Reason: one stretch written as two counts as two for every measure.

    Usual cause: two sentences of one quote marked one after the other.

    Cure: join the parts into one span.
    """


_Place = tuple[str, int, str]


class _Spanned(Protocol):
    """A span, or a record that is one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def exact(self) -> str: ...


@check(E301, E302, E303, E304, E305, E306)
def anchors(draft: Draft) -> Iterator[Finding]:
    """Each span against the text; the first thing wrong with it is reported."""
    quoted = (chain.from_iterable(map(get, draft.rows(table).records)) for table, _, get in _LISTS)
    spans = [*draft.mentions.records, *chain.from_iterable(quoted)]
    doubtful = set(map(id, _doubtful(draft.text, spans)))
    if not doubtful:
        return
    for number, mention in draft.mentions:
        if id(mention) in doubtful:
            yield from _anchor(draft.text, mention, ("mentions", number, ""))
    for table, field, get in _LISTS:
        for number, record in draft.rows(table):
            for index, span in enumerate(get(record)):
                if id(span) in doubtful:
                    yield from _anchor(draft.text, span, (table, number, f"/{field}/{index}"))


@check(E307, E308)
def parts(draft: Draft) -> Iterator[Finding]:
    """Lists of spans: order, overlap, needless splits."""
    for table, field, get in _LISTS:
        rows = draft.rows(table)
        if max(map(len, map(get, rows.records)), default=0) > 1:
            for number, record in rows:
                yield from _parts(draft.text, get(record), (table, number, f"/{field}"))


_LISTS = tuple(
    (table, field, attrgetter(field))
    for table in ANNOTATIONS
    for field in schema.span_fields(table)
)
"""The fields that hold a list of spans, each with what reads it."""


def _doubtful(text: str, spans: Sequence[_Spanned]) -> list[_Spanned]:
    """Those of the spans that are not sound at first sight.

    Sound is a span whose `exact` holds and whose neighbours are harmless. This is the one loop
    that sees every span of a corpus, so it is written to be quick.
    """
    found = []
    last = len(text)
    # A character more at both ends: every span of the text then has one before and one after it.
    padded = f"\n{text}\n"
    for span in spans:
        start, end, exact = span.start, span.end, span.exact
        if (
            end > last
            or padded[start + 1 : end + 1] != exact
            or padded[start] not in _HARMLESS
            or padded[end + 1] not in _HARMLESS
            or exact[0] in BLANK
            or exact[-1] in BLANK
        ):
            found.append(span)
    return found


def _anchor(text: str, span: _Spanned, place: _Place) -> Iterator[Finding]:
    start, end = span.start, span.end
    if start >= end:
        yield _at(E301, place, f"start {start} is not before end {end}")
    elif end > len(text):
        yield _at(E302, place, f"ends at {end} in a text of {len(text)} characters")
    elif text[start:end] != span.exact:
        message = f"exact is {span.exact!r}, but {start}-{end} is {text[start:end]!r}"
        yield _at(E303, place, message, _elsewhere(text, span))
    elif is_blank(text[start]) or is_blank(text[end - 1]):
        yield _at(E304, place, f"white space at an edge of {span.exact!r}")
    else:
        yield from _edges(text, span, place)


def _edges(text: str, span: _Spanned, place: _Place) -> Iterator[Finding]:
    for edge in (span.start, span.end):
        around = text[max(0, edge - 10) : edge] + "|" + text[edge : edge + 10]
        if cuts_cluster(text, edge):
            yield _at(E305, place, f"cuts a visible character at {edge}, {around!r}")
            return
        if cuts_word(text, edge):
            yield _at(E306, place, f"cuts a word at {edge}, {around!r}")
            return


def _parts(text: str, spans: tuple[Span, ...], place: _Place) -> Iterator[Finding]:
    for before, after in pairwise(spans):
        if after.start < before.end:
            message = f"{after.start}-{after.end} follows {before.start}-{before.end}"
            yield _at(E307, place, message)
        elif not are_parted(text, before.end, after.start):
            message = f"nothing stands between {before.exact[-20:]!r} and {after.exact[:20]!r}"
            yield _at(E308, place, message)


def _at(rule: type[Rule], place: _Place, message: str, hint: str = "") -> Finding:
    table, number, pointer = place
    return rule.at(table, number, message, pointer=pointer, hint=hint)


def _elsewhere(text: str, span: _Spanned) -> str:
    """Where `exact` does stand in the text, nearest first."""
    found = [match.start() for match in regex.finditer(regex.escape(span.exact), text)]
    if not found:
        return "exact does not stand in the text"
    near = sorted(found, key=lambda start: abs(start - span.start))[:3]
    return "exact stands at " + ", ".join(f"{at}-{at + len(span.exact)}" for at in near)


_HARMLESS = frozenset(" \n.,;:!?()[]\"'“”‘’«»„-–—/")
"""Neighbours of a span that belong neither to a word nor to a visible character of it."""
