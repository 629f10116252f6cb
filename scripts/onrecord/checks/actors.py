"""Level 4, actors and mentions."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby

import pycountry

from ..schema import Json
from .rule import Bundle, Finding, Rule, check


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
def mentions(bundle: Bundle) -> Iterator[Finding]:
    """Mentions against each other."""
    rows = bundle["mentions"]
    lines = sorted(rows, key=lambda row: (row[1]["doc"], row[1]["start"], -row[1]["end"]))
    for _, of_document in groupby(lines, key=lambda row: row[1]["doc"]):
        around: list[Json] = []
        seen: dict[tuple[int, int, str], Json] = {}
        for number, mention in of_document:
            start, end = mention["start"], mention["end"]
            while around and around[-1]["end"] <= start:
                around.pop()
            if around and around[-1]["end"] < end:
                message = f"{mention['exact']!r} crosses {around[-1]['exact']!r}"
                yield E402.at("mentions", number, message, hint=f"see {around[-1]['id']}")
                continue
            other = seen.setdefault((start, end, mention["actor"]), mention)
            if other is not mention:
                message = f"{mention['exact']!r} is a mention of {mention['actor']!r} already"
                yield E401.at("mentions", number, message, hint=f"see {other['id']}")
            around.append(mention)


@check(E403)
def unmentioned(bundle: Bundle) -> Iterator[Finding]:
    """Actors that no mention refers to; not judged where a mention was left out."""
    rows = bundle["mentions"]
    if "mentions" not in bundle.whole or len(rows.records) < len(bundle.known["mentions"]):
        return
    mentioned = {(record["doc"], record["actor"]) for record in rows.records}
    for number, actor in bundle["actors"]:
        document = bundle.documents.get(actor["doc"])
        complete = document is not None and "actors" in document["layers"]
        if complete and (actor["doc"], actor["id"]) not in mentioned:
            yield E403.at("actors", number, f"actor {actor['id']!r} has no mention")


@check(E404)
def countries(bundle: Bundle) -> Iterator[Finding]:
    """Country codes that do not exist."""
    for number, actor in bundle["actors"]:
        if "country" in actor and actor["country"] not in _codes():
            message = f"{actor['country']!r} is no ISO 3166-1 alpha-3 code"
            yield E404.at("actors", number, message, pointer="/country")


@cache
def _codes() -> frozenset[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    invented = {f"X{second}{third}" for second in letters for third in letters}
    return frozenset(invented | {country.alpha_3 for country in pycountry.countries})
