"""Phenomena of quotes: the shape and place of content and cue, and what the content asserts."""

from .. import marks
from ..model import Mention, Quote, Span
from ..segment import has_several
from .phenomenon import Phenomenon, phenomenon
from .view import View


@phenomenon("quote")
def direct(quote: Quote, _: View) -> bool:
    """All of the content stands in quotation marks, with a complete main clause.

    Example: “This is a forgery,” she says. (the-framework-leaked/q-hnnm)
    """
    return quote.form == "direct"


@phenomenon("quote")
def indirect(quote: Quote, _: View) -> bool:
    """None of the content stands in quotation marks.

    Example: He said splinters had hit the two sailors. (night-off-cape-orzan/q-k916)
    """
    return quote.form == "indirect"


@phenomenon("quote")
def mixed(quote: Quote, _: View) -> bool:
    """Some of the content stands in quotation marks, or all of it without a main clause.

    Example: She called the fee "necessary to the upkeep of the port."
    (wheat-jumps-as-freeze-fades/q-07qw)
    """
    return quote.form == "mixed"


@phenomenon("quote")
def discontinuous(quote: Quote, _: View) -> bool:
    """The content has several parts.

    Example: ‘The Halim did not fire,’ Lieutenant Korvesh said. ‘She was fired upon.’
    (no-shot-was-fired/q-svyf)
    """
    return len(quote.content) > 1


@phenomenon("quote")
def cueless(quote: Quote, _: View) -> bool:
    """No word signals the attribution: the quote has no cue.

    Example: A grain trader in Gharat was unconvinced. "I keep asking, and no one can show
    me a paper." (wheat-jumps-as-freeze-fades/q-zh87)
    """
    return not quote.cue


@phenomenon("quote")
def split_cue(quote: Quote, _: View) -> bool:
    """The cue has several parts.

    Example: HMC’s office in Nsobena asks us for a postal address and ends the call.
    (the-framework-leaked/q-zfkx)
    """
    return len(quote.cue) > 1


@phenomenon("quote")
def inverted(quote: Quote, view: View) -> bool:
    """The cue stands before its speakers.

    Example: 'He's all right, he's deaf,' says Renzo. (halvic-in-the-boatyard/q-9jpk)
    """
    speakers = view.speakers[quote.id]
    if not quote.cue or not speakers:
        return False
    return quote.cue[0].start < min(speaker.start for speaker in speakers)


@phenomenon("quote")
def postposed(quote: Quote, view: View) -> bool:
    """The whole content stands before the cue, or before the speakers where there is no cue.

    Example: An inspection on May 6 found no anomalies, according to the company.
    (the-wave-at-el-lavadero/q-xra1)
    """
    frame = _frame(quote, view)
    return bool(frame) and quote.content[-1].end <= min(part.start for part in frame)


@phenomenon("quote")
def interposed(quote: Quote, view: View) -> bool:
    """The cue stands between parts of the content, or the speakers do where there is no cue.

    Example: The Marenta left at 4:05 a.m., Askerat added, and no oil was spilled.
    (night-off-cape-orzan/q-caay)
    """
    start, end = quote.content[0].end, quote.content[-1].start
    return any(start <= part.start and part.end <= end for part in _frame(quote, view))


@phenomenon("quote")
def several_sentences(quote: Quote, view: View) -> bool:
    """The content reaches over several sentences.

    Example: "First it was fog," the agent said. "Around five they stopped mentioning fog."
    (night-off-cape-orzan/q-k8jd)
    """
    if len(view.sentences_of(quote.content)) > 1:
        return True
    if quote.form == "indirect":
        return False  # without marks around it the article's sentences are those of the content
    language = view.article.document.language
    return any(has_several(marks.bare(part.exact), language) for part in quote.content)


@phenomenon("quote")
def several_paragraphs(quote: Quote, view: View) -> bool:
    """The content reaches over several paragraphs, which are lines of the text.

    Example: It won't get them, vows Renzo. There will be no coalition before a vote and
    none after it. 'I've said it in the Chamber (halvic-in-the-boatyard/q-2vz5)
    """
    start, end = quote.content[0].start, quote.content[-1].end
    return "\n" in view.article.document.text[start:end]


@phenomenon("quote")
def headline(quote: Quote, view: View) -> bool:
    """A part of the content stands in the headline.

    Example: Kadresh says Oruvian frigate fired toward patrol boat, two sailors hurt
    (night-off-cape-orzan/q-hsvq)
    """
    return view.in_headline(quote.content)


@phenomenon("quote")
def headline_colon(quote: Quote, view: View) -> bool:
    """The cue is a colon in the headline.

    Example: The Tug on That Kadreshi Cash: 'There WAS a Contract'
    (halvic-in-the-boatyard/q-9swn)
    """
    return view.in_headline(cue for cue in quote.cue if cue.exact in _COLONS)


@phenomenon("quote")
def question(quote: Quote, _: View) -> bool:
    """The content ends in a question mark.

    Example: 'Who signed?' we ask. (halvic-in-the-boatyard/q-2x2j)
    """
    return marks.asks(quote.content[-1].exact)


@phenomenon("quote")
def claimless(quote: Quote, view: View) -> bool:
    """The quote carries no claim and relays no quote; judged where claims are exhaustive.

    Example: Asked who had given the order for them, Mrs Solvere referred the Courier to the
    Navy. (no-shot-was-fired/q-nz7r)
    """
    carrying = quote.id in view.carried or quote.id in view.relaying
    return not carrying and view.has_layer("claims")


@phenomenon("quote")
def denial(quote: Quote, view: View) -> bool:
    """The quote carries a claim of negative polarity: its source says that something is not so.

    Example: ‘Flares do not throw splinters,’ he remarked. (no-shot-was-fired/q-jv4k)
    """
    return any(claim.polarity == "negative" for claim in view.carried.get(quote.id, ()))


def _frame(quote: Quote, view: View) -> list[Span] | list[Mention]:
    return list(quote.cue) or view.speakers[quote.id]


_COLONS = frozenset(":：")

QUOTES: tuple[Phenomenon[Quote], ...] = (
    direct,
    indirect,
    mixed,
    discontinuous,
    cueless,
    split_cue,
    inverted,
    postposed,
    interposed,
    several_sentences,
    several_paragraphs,
    headline,
    headline_colon,
    question,
    claimless,
    denial,
)
