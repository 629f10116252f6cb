"""Phenomena of quotes: who speaks, to whom, and through whom."""

from ..model import Quote
from .phenomenon import Phenomenon, phenomenon
from .view import View


@phenomenon("quote")
def no_source(quote: Quote, _: View) -> bool:
    """The text names no source: the quote has no speakers.

    Example: Two shipyards are supposed to have promised orders. (dry-dock-on-credit/q-ecjt)
    """
    return not quote.speakers


@phenomenon("quote")
def hearsay(quote: Quote, view: View) -> bool:
    """Something is claimed with a cue, but no source: reportedly, it is said.

    Example: Two shipyards are supposed to have promised orders. (dry-dock-on-credit/q-ecjt)
    """
    return bool(quote.cue) and not quote.speakers and quote.id in view.carried


@phenomenon("quote")
def unnamed_source(quote: Quote, view: View) -> bool:
    """There are speakers, and none of their actors has a mention of form `name` in the article.

    Example: A shipping agent in Gharat complained that masters had been kept guessing.
    (night-off-cape-orzan/q-9v46)
    """
    return bool(quote.speakers) and not view.chains.is_named(quote)


@phenomenon("quote")
def name_speaker(quote: Quote, view: View) -> bool:
    """A speaker is a name.

    Example: Mrs Solvere called this a fable. (no-shot-was-fired/q-2hyd)
    """
    return _has_form("name", quote, view)


@phenomenon("quote")
def nominal_speaker(quote: Quote, view: View) -> bool:
    """A speaker is a noun phrase.

    Example: "I can only give the ones who have a certificate," the mayor said.
    (the-wave-at-el-lavadero/q-mp3v)
    """
    return _has_form("nominal", quote, view)


@phenomenon("quote")
def pronoun_speaker(quote: Quote, view: View) -> bool:
    """A speaker is a pronoun.

    Example: “This is a forgery,” she says. (the-framework-leaked/q-hnnm)
    """
    return _has_form("pronoun", quote, view)


@phenomenon("quote")
def metonym_speaker(quote: Quote, view: View) -> bool:
    """A speaker is a capital that stands for its government.

    Example: Bel Hasat, for its part, assured the Dashtavari side that the increase foreseen
    for 1 May would not be applied (levy-frozen-in-lotovai/q-g90c)
    """
    return _has_form("metonym", quote, view)


@phenomenon("quote")
def adjective_speaker(quote: Quote, view: View) -> bool:
    """A speaker is an adjective or noun of nationality.

    Example: The Oruvian said the strait was closed. (invented)
    """
    return _has_form("adjective", quote, view)


@phenomenon("quote")
def joint_speakers(quote: Quote, view: View) -> bool:
    """Several actors speak together.

    Example: “A single debate of 75 minutes, to be televised on 17 November, has been
    agreed,” Alasjärv and Tervik said (no-edges-ahead/q-8dk6)
    """
    return len(quote.speakers) > 1 and len(view.chains.sources(quote)) > 1


@phenomenon("quote")
def group_speaker(quote: Quote, view: View) -> bool:
    """A speaker is several people or states taken together, an actor of kind `group`.

    Example: Two diplomats from League member states said there was a side letter
    (wheat-jumps-as-freeze-fades/q-kbbf)
    """
    return any(actor.kind == "group" for actor in view.chains.sources(quote))


@phenomenon("quote")
def artifact_speaker(quote: Quote, view: View) -> bool:
    """A document or survey speaks, an actor of kind `artifact`.

    Example: the communique says the parties "will aim to review" the fee by Sept 30.
    (wheat-jumps-as-freeze-fades/q-w8gf)
    """
    return any(actor.kind == "artifact" for actor in view.chains.sources(quote))


@phenomenon("quote")
def distant_speaker(quote: Quote, view: View) -> bool:
    """There are speakers, and none stands in a sentence that holds a part of the content.

    Example: took the court to Kallvuo’s own files. “The parent knew. It knew in writing,
    nineteen months ahead.” (court-takes-brumosa-case/q-sxk4)
    """
    speakers = view.sentences_of(view.speakers[quote.id])
    return bool(speakers) and speakers.isdisjoint(view.sentences_of(quote.content))


@phenomenon("quote")
def addressed(quote: Quote, _: View) -> bool:
    """The text says who is spoken to.

    Example: “The guild does not dance on graves,” its head, Mira Tolan, told Radio Hasat.
    (oriel-hazand/q-65wb)
    """
    return bool(quote.addressees)


@phenomenon("quote")
def nested(quote: Quote, _: View) -> bool:
    """The quote is reported inside another one: it has `within`.

    Example: 'I've told you that there was one,' he says. (halvic-in-the-boatyard/q-s5v9)
    """
    return quote.within is not None


@phenomenon("quote")
def relaying(quote: Quote, view: View) -> bool:
    """Another quote is reported inside this one.

    Example: Merrowby, the news agency in Lotovai, wrote on Tuesday, citing the same
    Command, that two sailors were wounded by splinters. (no-shot-was-fired/q-6dr4)
    """
    return quote.id in view.relaying


@phenomenon("quote")
def relay_of_two(quote: Quote, view: View) -> bool:
    """The source chain has two links: this quote, and the one that relays it.

    Example: Merrowby, the news agency in Lotovai, wrote on Tuesday, citing the same
    Command, that two sailors were wounded by splinters. (no-shot-was-fired/q-sktw)
    """
    return quote.within is not None and len(view.chains.chain(quote)) == 2


@phenomenon("quote")
def relay_of_three(quote: Quote, view: View) -> bool:
    """The source chain has three links or more.

    Example: Radio Hasat reported that the ministry had been told by Varga that the port was
    shut. (invented)
    """
    return quote.within is not None and len(view.chains.chain(quote)) > 2


def _has_form(form: str, quote: Quote, view: View) -> bool:
    return any(mention.form == form for mention in view.speakers[quote.id])


SPEAKERS: tuple[Phenomenon[Quote], ...] = (
    no_source,
    hearsay,
    unnamed_source,
    name_speaker,
    nominal_speaker,
    pronoun_speaker,
    metonym_speaker,
    adjective_speaker,
    joint_speakers,
    group_speaker,
    artifact_speaker,
    distant_speaker,
    addressed,
    nested,
    relaying,
    relay_of_two,
    relay_of_three,
)
