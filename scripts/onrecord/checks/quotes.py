"""Level 4, quotes."""

from collections.abc import Iterator

from .. import marks
from ..model import Mention, Quote, Span
from .rule import Draft, Finding, Rule, check


class E411(Rule):
    """The form of a quote agrees with its quotation marks.

    Reason: direct speech opens with a mark (or a dash), and a mixed quote has marks somewhere.

    Usual cause: the content was marked without its marks, or the form was copied.

    Cure: take the marks into the content, or correct the form; see rule 9 of the guidelines.
    """


class E412(Rule):
    """The cue and the speakers of a quote stand outside its content.

    Reason: the content is what is said, not who says it.

    Usual cause: the content was marked across "he said" instead of in two parts.

    Cure: split the content around the frame.
    """


class E413(Rule):
    """The content of a quote lies in the content of the quote that it is `within`.

    Reason: the outer source relays all of the inner quote.

    Usual cause: `within` names the wrong quote, or the outer content ends too early.

    Cure: correct `within`, or the content of one of the two.
    """


class E414(Rule):
    """Following `within` outwards comes to an end.

    Reason: a chain of sources has a first one.

    Usual cause: two quotes that name each other.

    Cure: remove `within` from the outermost quote.
    """


class E415(Rule):
    """A quote is recorded once.

    Reason: two records of one quote count it twice.

    Usual cause: a merge kept both versions of a line whose id was minted twice.

    Cure: delete one of the two and change the references to it.
    """


class W413(Rule):
    """An indirect quote has no quotation marks but those of quotes inside it.

    Reason: words in marks that are credited to the speaker make a quote `mixed`.

    Usual cause: a word or two in marks at the end of the content were overlooked.

    Cure: label it `mixed`; give a note where the marks are scare quotes or a title.
    """


class W416(Rule):
    """Double quotation marks in the content of a quote come in pairs.

    Reason: a content that opens a mark and does not close it was cut too early.

    Usual cause: the closing mark was left out of the span, or the frame was not cut out.

    Cure: move the edge. Contents of several paragraphs, each opened anew, are not judged.
    """


@check(E414)
def cycles(draft: Draft) -> Iterator[Finding]:
    """Quotes from which `within` never leads out."""
    for number, quote in draft.quotes:
        if quote.within is None:
            continue
        seen = {quote.id}
        outer = outer_quote(draft, quote)
        while outer is not None and outer.id not in seen:
            seen.add(outer.id)
            outer = outer_quote(draft, outer)
        if outer is not None and outer.id == quote.id:
            chain = " within ".join(sorted(seen))
            yield E414.at("quotes", number, f"endless chain: {chain}", pointer="/within")


@check(E413)
def nesting(draft: Draft) -> Iterator[Finding]:
    """Quotes that reach out of the quote around them."""
    for number, quote in draft.quotes:
        outer = outer_quote(draft, quote)
        if outer is not None and (span := first_outside(quote.content, outer.content)):
            message = f"{span.exact[:40]!r} is not in the content of {outer.id}"
            yield E413.at("quotes", number, message, pointer="/content")


@check(E411, E412)
def content(draft: Draft) -> Iterator[Finding]:
    """The content of each quote against its form, cue and speakers."""
    for number, quote in draft.quotes:
        if quote.form != "indirect":
            yield from _form(number, quote, draft.text)
        if not _stands_apart(draft, quote):
            yield from _inside(draft, number, quote)


@check(E415)
def duplicates(draft: Draft) -> Iterator[Finding]:
    """Quotes that say the same by the same source in the same words."""
    first: dict[object, str] = {}
    for number, quote in draft.quotes:
        key = quote.content, quote.cue, quote.speakers
        other = first.setdefault(key, quote.id)
        if other != quote.id:
            message = f"{quote.content[0].exact[:40]!r} is quote {other} already"
            yield E415.at("quotes", number, message)


@check(W413, W416)
def inner_marks(draft: Draft) -> Iterator[Finding]:
    """Quotation marks inside the content."""
    for number, quote in draft.quotes:
        for index, span in enumerate(quote.content):
            if not marks.has_double(span.exact):
                continue
            nested = [s for q in draft.nested.get(quote.id, ()) for s in q.content]
            if quote.form == "indirect" and _own_mark(span, nested):
                message = f"indirect, but {span.exact[:40]!r} has quotation marks"
                yield W413.at("quotes", number, message, pointer=f"/content/{index}")
            elif _is_cut(span.exact):
                message = f"{span.exact[:40]!r} has a quotation mark without its partner"
                yield W416.at("quotes", number, message, pointer=f"/content/{index}")


def outer_quote(draft: Draft, quote: Quote) -> Quote | None:
    """The quote that relays this one, if it has one and that is sound."""
    return None if quote.within is None else draft.quote.get(quote.within)


def first_outside(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> Span | None:
    """The first of the spans `inner` that lies in none of the spans `outer`."""
    for span in inner:
        for around in outer:
            if around.start <= span.start and span.end <= around.end:
                break
        else:
            return span
    return None


def _own_mark(span: Span, nested: list[Span]) -> bool:
    """Whether a double mark stands in `span` outside every nested quote."""
    places = (span.start + place for place in marks.places(span.exact))
    return any(not any(n.start - 1 <= at <= n.end for n in nested) for at in places)


def _is_cut(content: str) -> bool:
    if "\n" in content:
        return False
    return (
        content.count("“") > content.count("”") + content.count("„") or content.count('"') % 2 > 0
    )


def _form(number: int, quote: Quote, text: str) -> Iterator[Finding]:
    first, last = quote.content[0], quote.content[-1]
    if quote.form == "direct":
        if not (marks.opens(text, first.start) and marks.closes(text, last.end)):
            message = f"direct, but {first.exact[:40]!r} is not in quotation marks"
            yield E411.at("quotes", number, message, pointer="/form")
    elif quote.form == "mixed" and not any(
        marks.has_marks(text, span.start, span.end) for span in quote.content
    ):
        message = f"mixed, but {first.exact[:40]!r} has no quotation mark"
        yield E411.at("quotes", number, message, pointer="/form")


def _stands_apart(draft: Draft, quote: Quote) -> bool:
    """Whether no cue and no speaker stands between the ends of the content."""
    start, end = quote.content[0].start, quote.content[-1].end
    for cue in quote.cue:
        if cue.end > start and cue.start < end:
            return False
    for name in quote.speakers:
        mention = draft.mention.get(name)
        if mention is None or (mention.end > start and mention.start < end):
            return False
    return True


def _inside(draft: Draft, number: int, quote: Quote) -> Iterator[Finding]:
    for index, cue in enumerate(quote.cue):
        if _overlaps(cue, quote.content):
            message = f"cue {cue.exact!r} stands in the content"
            yield E412.at("quotes", number, message, pointer=f"/cue/{index}")
    for index, name in enumerate(quote.speakers):
        mention = draft.mention.get(name)
        if mention is not None and _overlaps(mention, quote.content):
            message = f"speaker {mention.exact!r} stands in the content"
            yield E412.at("quotes", number, message, pointer=f"/speakers/{index}")


def _overlaps(span: Span | Mention, others: tuple[Span, ...]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
