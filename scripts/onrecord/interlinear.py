"""The interlinear form: a bundle as notes under the numbered paragraphs of its text.

What both the reader and the writer of the form need: how stretches of text are named by their
words, and what is derived when the notes do not say it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import marks
from .english import PRONOUNS
from .model import Mention, Span

RULE = "---"
PARAGRAPH = "¶"
BETWEEN = " .. "
JOIN = " || "
NOTE = " // "

_THAT = "that "
_OPENS = "“\"‘'«„"
_CLOSES = "”\"’'»“"
_ARTICLES = ("the ", "a ", "an ", "his ", "her ", "its ", "their ", "our ", "my ")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text in which words are looked for, in code points."""

    text: str
    start: int
    end: int


class UnclearError(Exception):
    """Words that name no stretch of the text, or more than one; the message lists them."""


def paragraphs(text: str) -> list[Stretch]:
    """The lines of a text, the first numbered 1 in the notes."""
    found = []
    at = 0
    for line in text.split("\n"):
        found.append(Stretch(text, at, at + len(line)))
        at += len(line) + 1
    return found


def read_spans(words: str, within: Stretch) -> tuple[Span, ...]:
    """The spans that `words` names: `a .. z`, parts joined by `||`, or offsets `@12-34`.

    Raises:
        UnclearError: they name none, or several.
    """
    spans: list[Span] = []
    for part in words.split(JOIN.strip()):
        after = spans[-1].end if spans else within.start
        spans.append(_read_span(part.strip(), Stretch(within.text, after, within.end)))
    return tuple(spans)


def write_spans(spans: Sequence[Span], within: Stretch) -> str:
    """Words from which `read_spans` finds exactly `spans`; offsets where no words do."""
    parts = []
    after = within.start
    for span in spans:
        parts.append(_write_span(span, Stretch(within.text, after, within.end)))
        after = span.end
    return JOIN.join(parts)


def escaped(note: str) -> str:
    """A note on one line: a backslash and an `n` for a line feed, two for a backslash."""
    return note.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(note: str) -> str:
    """The note that `escaped` has made into one line."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], note)


def mention_form(surface: str) -> str:
    """The form of a mention that the notes do not give."""
    if surface.lower() in PRONOUNS:
        return "pronoun"
    if surface.lower().startswith(_ARTICLES) or surface[:1].islower():
        return "nominal"
    return "name"


def quote_form(content: Sequence[Span], text: str) -> str:
    """The form of a quote that the notes do not give, judged by its quotation marks."""
    enclosed = all(marks.opens(text, s.start) and marks.closes(text, s.end) for s in content)
    if enclosed:
        return "direct"
    quoted = any(marks.has_double(span.exact) for span in content)
    return "mixed" if quoted else "indirect"


def nearest(mentions: Sequence[Mention], actor: str, place: Span, content: Sequence[Span]) -> str:
    """Id of the actor's mention nearest to `place` and outside `content`, empty if it has none."""
    outside = [
        mention
        for mention in mentions
        if mention.actor == actor
        and not any(s.start < mention.end and mention.start < s.end for s in content)
    ]
    ranked = sorted(outside, key=lambda m: (_distance(m, place), m.start, m.end))
    return ranked[0].id if ranked else ""


def carrier(content: Sequence[Span], earlier: Sequence[tuple[str, Sequence[Span]]]) -> str | None:
    """The last of `earlier` quotes whose content holds all of `content`."""
    for name, outer in reversed(earlier):
        if all(any(o.start <= s.start and s.end <= o.end for o in outer) for s in content):
            return name
    return None


def claim_content(content: Sequence[Span]) -> tuple[Span, ...]:
    """The content of a quote as that of a claim of the same extent.

    Without "that" and, where one pair of marks encloses all of it, without the marks and the
    punctuation before the closing one.
    """
    first = content[0]
    if len(content) > 1:
        return (_cut(first, len(_THAT) if first.exact.startswith(_THAT) else 0), *content[1:])
    exact = first.exact
    start = len(_THAT) if exact.startswith(_THAT) else 0
    end = len(exact)
    if exact[0] in _OPENS and exact[-1] in _CLOSES:
        start, end = 1, len(exact[:-1].rstrip(",.;:"))
    return (_cut(first, start, end),)


def _cut(span: Span, start: int, end: int | None = None) -> Span:
    """The part of a span between two offsets counted from its start."""
    exact = span.exact[start:end]
    return Span(start=span.start + start, end=span.start + start + len(exact), exact=exact)


def _distance(mention: Mention, place: Span) -> int:
    if mention.end <= place.start:
        return place.start - mention.end
    return max(0, mention.start - place.end)


def _read_span(words: str, within: Stretch) -> Span:
    text = within.text
    if match := re.fullmatch(r"@(\d+)-(\d+)", words):
        start, end = int(match[1]), int(match[2])
        if not start < end:
            raise UnclearError(f"{words} ends before it starts")
        if end > len(text):
            raise UnclearError(f"{words} is not in a text of {len(text)} characters")
        return Span(start=start, end=end, exact=text[start:end])
    first, _, last = words.partition(BETWEEN)
    start = _read_place(first.strip(), within)
    bare, _ = _picked(first.strip())
    end = start + len(bare)
    if last:
        bare, _ = _picked(last.strip())
        here = Stretch(text, end, within.end)
        reach = (
            here if next(_places(bare, here), None) is not None else Stretch(text, end, len(text))
        )
        end = _read_place(last.strip(), reach) + len(bare)
    return Span(start=start, end=end, exact=text[start:end])


def _read_place(words: str, within: Stretch) -> int:
    bare, pick = _picked(words)
    found = list(_places(bare, within))
    if not found:
        raise UnclearError(f"{bare!r} is not in this paragraph")
    if pick is None and len(found) > 1:
        shown = "; ".join(f"^{n} {_around(within.text, at, bare)}" for n, at in enumerate(found, 1))
        raise UnclearError(f"{bare!r} stands {len(found)} times: {shown}")
    if pick is not None and not 1 <= pick <= len(found):
        raise UnclearError(f"{bare!r} stands {len(found)} times, not {pick}")
    return found[(pick or 1) - 1]


def _picked(words: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(.+?)\^(\d+)", words)
    return (match[1], int(match[2])) if match else (words, None)


def _places(words: str, within: Stretch) -> Iterator[int]:
    """Where `words` stand as whole words in a stretch; `z` of `a .. z` may lie in a later line."""
    if not words:
        return
    at = within.text.find(words, within.start, within.end)
    while at >= 0:
        if not (_cuts(within.text, at) or _cuts(within.text, at + len(words))):
            yield at
        at = within.text.find(words, at + 1, within.end)


def _write_span(span: Span, within: Stretch) -> str:
    for words in _proposals(span, within):
        try:
            found = _read_span(words, within)
        except UnclearError:
            continue
        if (found.start, found.end) == (span.start, span.end):
            return words
    return f"@{span.start}-{span.end}"


def _proposals(span: Span, within: Stretch) -> Iterator[str]:
    """Ever longer ways to name a span."""
    exact = span.exact
    if any(
        sign in exact for sign in ("|", "^", "\n", ";", "=", "..", "//", "¶", " : ", "@", "#", ">")
    ):
        return
    pieces = exact.split(" ")
    if len(pieces) <= 8:
        yield exact
        yield from (f"{exact}^{n}" for n in range(1, 30))
    for number in (2, 3, 4):
        if len(pieces) > 2 * number:
            first, last = " ".join(pieces[:number]), " ".join(pieces[-number:])
            yield f"{first}{BETWEEN}{last}"
            for n in range(1, 6):
                yield f"{first}^{n}{BETWEEN}{last}"
                yield f"{first}{BETWEEN}{last}^{n}"


def _around(text: str, at: int, words: str) -> str:
    before, behind = text[max(0, at - 20) : at], text[at + len(words) : at + len(words) + 20]
    return f"…{before}[{words}]{behind}…".replace("\n", " ")


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
