"""Level 4, actors and mentions."""

from collections.abc import Iterator
from functools import cache
from operator import attrgetter

import pycountry

from ..model import Mention
from .rule import Draft, Finding, Rule, check


class E401(Rule):
    """An actor is mentioned once by one span.

    Reason: the same words cannot refer to the same actor twice.

    Usual cause: a mention was added that was there already, with another form.

    Cure: delete one of the two.
    """


class E402(Rule):
    """Mentions nest or stand apart; they never cross.

    Reason: noun phrases contain each other or do not touch.

    Usual cause: one of the two ends too late or starts too early.

    Cure: move an edge; see rule 3 of the guidelines.
    """


class E403(Rule):
    """Every actor has a mention, in a document whose actors are annotated.

    Reason: an actor that the text never refers to is not in the article.

    Usual cause: its last mention was deleted or given to another actor.

    Cure: mark the mention, or delete the actor.
    """


class E404(Rule):
    """A country is an ISO 3166-1 alpha-3 code, or XAA to XZZ for an invented state.

    Reason: the code joins actors with other data on countries.

    Usual cause: a code of another standard (IOC, FIPS), or of two letters.

    Cure: look the code up; leave the field out where there is none.
    """


@check(E401, E402)
def mentions(draft: Draft) -> Iterator[Finding]:
    """Mentions against each other."""
    around: Around = {}
    reach = 0
    for number, mention in sorted(draft.mentions, key=_start):
        start, end = mention.start, mention.end
        around = (
            {p: others for p, others in around.items() if start < p[1]} if start < reach else {}
        )
        yield from _against(number, mention, around)
        around.setdefault((start, end), {}).setdefault(mention.actor, mention)
        reach = max(reach, end)


@check(E403)
def unmentioned(draft: Draft) -> Iterator[Finding]:
    """Actors that no mention refers to; not judged where a mention was left out."""
    if not (draft.has_layer("actors") and draft.complete("mentions")):
        return
    mentioned = set(map(_actor, draft.mentions.records))
    for number, actor in draft.actors:
        if actor.id not in mentioned:
            yield E403.at("actors", number, f"actor {actor.id!r} has no mention")


@check(E404)
def countries(draft: Draft) -> Iterator[Finding]:
    """Country codes that do not exist."""
    for number, actor in draft.actors:
        if actor.country is not None and actor.country not in _codes():
            message = f"{actor.country!r} is no ISO 3166-1 alpha-3 code"
            yield E404.at("actors", number, message, pointer="/country")


_actor = attrgetter("actor")


def _start(row: tuple[int, Mention]) -> int:
    return row[1].start


Around = dict[tuple[int, int], dict[str, Mention]]
"""By place and by actor the first mention there."""


def _against(number: int, mention: Mention, around: Around) -> Iterator[Finding]:
    """One mention against those that started before it and reach into it."""
    for (start, end), others in around.items():
        if start < mention.start and end < mention.end:
            other = next(iter(others.values()))
            message = f"{mention.exact!r} crosses {other.exact!r}"
            yield E402.at("mentions", number, message, hint=f"see {other.id}")
            return
    if same := around.get((mention.start, mention.end), {}).get(mention.actor):
        message = f"{mention.exact!r} is a mention of {mention.actor!r} already"
        yield E401.at("mentions", number, message, hint=f"see {same.id}")


@cache
def _codes() -> frozenset[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    invented = {f"X{second}{third}" for second in letters for third in letters}
    return frozenset(invented | {country.alpha_3 for country in pycountry.countries})
