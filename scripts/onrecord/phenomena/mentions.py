"""Phenomena of mentions: how an actor is referred to, and in which role."""

from ..model import Mention
from .phenomenon import Phenomenon, phenomenon
from .view import View


@phenomenon("mention")
def name(mention: Mention, _: View) -> bool:
    """The mention is a proper name, also shortened or abbreviated.

    Example: “The guild does not dance on graves,” its head, Mira Tolan, told Radio Hasat.
    (oriel-hazand/m-dv30)
    """
    return mention.form == "name"


@phenomenon("mention")
def metonym(mention: Mention, _: View) -> bool:
    """The mention is a capital that stands for its government.

    Example: Sarqonat (levy-frozen-in-lotovai/m-hatw)
    """
    return mention.form == "metonym"


@phenomenon("mention")
def adjective(mention: Mention, _: View) -> bool:
    """The mention is an adjective or noun of nationality.

    Example: The Kadreshi account arrives at third hand. (no-shot-was-fired/m-kdk7)
    """
    return mention.form == "adjective"


@phenomenon("mention")
def nominal(mention: Mention, _: View) -> bool:
    """The mention is a noun phrase with a common noun as its head.

    Example: The uncle is calm. (dry-dock-on-credit/m-4rnx)
    """
    return mention.form == "nominal"


@phenomenon("mention")
def pronoun(mention: Mention, _: View) -> bool:
    """The mention is a personal, possessive or reflexive pronoun.

    Example: We let him pour. (halvic-in-the-boatyard/m-sq5y)
    """
    return mention.form == "pronoun"


@phenomenon("mention")
def nested(mention: Mention, view: View) -> bool:
    """The mention stands inside a longer one.

    Example: Rosaura's husband is on her list. (the-wave-at-el-lavadero/m-6x5q)
    """
    return mention.id in view.nested


@phenomenon("mention")
def plural(mention: Mention, view: View) -> bool:
    """The actor stands for several others, its `members`.

    Example: Neither campaign would discuss the figures on the record.
    (no-edges-ahead/m-pdsb)
    """
    return bool(view.chains.actor(mention).members)


@phenomenon("mention")
def speaker(mention: Mention, view: View) -> bool:
    """The mention speaks in some quote.

    Example: Mrs Solvere called this a fable. (no-shot-was-fired/m-n8db)
    """
    return mention.id in view.speaking


@phenomenon("mention")
def addressee(mention: Mention, view: View) -> bool:
    """The mention is spoken to in some quote.

    Example: Parties haven't got hands, we tell him. (halvic-in-the-boatyard/m-hem7)
    """
    return mention.id in view.addressed


MENTIONS: tuple[Phenomenon[Mention], ...] = (
    name,
    metonym,
    adjective,
    nominal,
    pronoun,
    nested,
    plural,
    speaker,
    addressee,
)
