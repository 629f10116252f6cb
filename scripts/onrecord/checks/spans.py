"""Level 3, anchors: every span is a sound stretch of its document's text."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import regex

from .. import schema
from ..schema import Json
from .rule import Bundle, Finding, Rule, check


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


_Anchor = tuple[str, int, str]


@check(E301, E302, E303, E304, E305, E306)
def anchors(bundle: Bundle) -> Iterator[Finding]:
    """Each span against the text; the first thing wrong with it is reported."""
    texts = bundle.texts
    for number, mention in bundle["mentions"]:
        if mention["doc"] in texts:
            yield from _anchor(texts[mention["doc"]], mention, ("mentions", number, ""))
    for table in ("quotes", "claims"):
        for number, record in bundle[table]:
            if record["doc"] in texts:
                for field in schema.span_fields(table):
                    for index, span in enumerate(record[field]):
                        place = (table, number, f"/{field}/{index}")
                        yield from _anchor(texts[record["doc"]], span, place)


@check(E307, E308)
def parts(bundle: Bundle) -> Iterator[Finding]:
    """Lists of spans: order, overlap, needless splits."""
    for table in ("quotes", "claims"):
        for number, record in bundle[table]:
            for field in schema.span_fields(table):
                if len(record[field]) > 1 and record["doc"] in bundle.texts:
                    text = bundle.texts[record["doc"]]
                    yield from _parts(text, record[field], (table, number, f"/{field}"))


def _anchor(text: str, span: Json, place: _Anchor) -> Iterator[Finding]:
    start, end = span["start"], span["end"]
    if text[start:end] == span["exact"]:
        if end > len(text):
            yield _at(E302, place, f"ends at {end} in a text of {len(text)} characters")
        elif _is_blank(text[start]) or _is_blank(text[end - 1]):
            yield _at(E304, place, f"white space at an edge of {span['exact']!r}")
        else:
            yield from _edges(text, span, place)
    elif start >= end:
        yield _at(E301, place, f"start {start} is not before end {end}")
    elif end > len(text):
        yield _at(E302, place, f"ends at {end} in a text of {len(text)} characters")
    else:
        message = f"exact is {span['exact']!r}, but {start}-{end} is {text[start:end]!r}"
        yield _at(E303, place, message, _elsewhere(text, span))


def _edges(text: str, span: Json, place: _Anchor) -> Iterator[Finding]:
    for edge in (span["start"], span["end"]):
        if not 0 < edge < len(text):
            continue
        before, after = text[edge - 1], text[edge]
        around = text[max(0, edge - 10) : edge] + "|" + text[edge : edge + 10]
        if max(before, after) >= _COMBINING and edge not in _boundaries(text):
            yield _at(E305, place, f"cuts a visible character at {edge}, {around!r}")
            return
        if _cuts_word(before, after):
            yield _at(E306, place, f"cuts a word at {edge}, {around!r}")
            return


def _parts(text: str, spans: list[Json], place: _Anchor) -> Iterator[Finding]:
    for before, after in pairwise(spans):
        if after["start"] < before["end"]:
            message = f"{after['start']}-{after['end']} follows {before['start']}-{before['end']}"
            yield _at(E307, place, message)
        elif not text[before["end"] : after["start"]].strip(_SPACE):
            message = (
                f"nothing stands between {before['exact'][-20:]!r} and {after['exact'][:20]!r}"
            )
            yield _at(E308, place, message)


def _at(rule: type[Rule], place: _Anchor, message: str, hint: str = "") -> Finding:
    table, number, pointer = place
    return rule.at(table, number, message, pointer=pointer, hint=hint)


def _elsewhere(text: str, span: Json) -> str:
    """Where `exact` does stand in the text, nearest first."""
    found = [match.start() for match in regex.finditer(regex.escape(span["exact"]), text)]
    if not found:
        return "exact does not stand in the text"
    near = sorted(found, key=lambda start: abs(start - span["start"]))[:3]
    length = len(span["exact"])
    return "exact stands at " + ", ".join(f"{start}-{start + length}" for start in near)


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _INVISIBLE


def _cuts_word(before: str, after: str) -> bool:
    if not (before.isalnum() and after.isalnum()):
        return False
    if before.isascii() and after.isascii():
        return before.isdigit() == after.isdigit()
    return bool(_SPACED.fullmatch(before + after))


@lru_cache(maxsize=8)
def _boundaries(text: str) -> frozenset[int]:
    return frozenset(match.start() for match in regex.finditer(r"\X", text))


_SPACE = " \t\N{NO-BREAK SPACE}"
_INVISIBLE = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
# Below this no character joins the one before it, but for a pictograph after a joiner.
_COMBINING = "\u0300"
# Scripts that put spaces between words and join no particles to them.
_SPACED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\p{M}]{2}")
