"""Annotations in which much stands on one place, and the same ones under other ids."""

import random
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.model import Actor, Article, Claim, Mention, Quote


def twinned(rng: random.Random, found: Article) -> Article:
    """The article with faults, and with records that share their place with another one."""
    actors = [actor.id for actor in found.actors]
    speaking = [mention.id for mention in found.mentions]
    mentions, quotes, claims = list(found.mentions), [], list(found.claims)
    for number, mention in enumerate(found.mentions):
        if rng.random() < 0.2:
            mentions.append(replace(mention, id=f"m-twin{number}", actor=rng.choice(actors)))
    for number, quote in enumerate(found.quotes):
        kept = replace(quote, content=quote.content[: rng.randint(1, 2)])
        quotes.append(kept)
        if rng.random() < 0.3:
            quotes.append(
                replace(
                    kept,
                    id=f"q-twin{number}",
                    form=rng.choice(("direct", "indirect")),
                    cue=rng.choice((kept.cue, ())),
                    speakers=tuple(rng.sample(speaking, 1)),
                    within=rng.choice((None, kept.id)),
                )
            )
    carriers = [quote.id for quote in quotes]
    for number, claim in enumerate(found.claims):
        if carriers and rng.random() < 0.3:
            kind = rng.choice(("fact", "demand", claim.kind))
            carrier = rng.choice((None, *carriers))
            claims.append(replace(claim, id=f"c-twin{number}", kind=kind, quote=carrier))
    return Article(found.document, found.actors, mentions, quotes, claims)


def renamed(rng: random.Random, found: Article) -> Article:
    """The same annotation under other ids, in another order."""
    actor, mention, quote, claim = (
        _names(rng, table) for table in (found.actors, found.mentions, found.quotes, found.claims)
    )

    def quoted(record: Quote) -> Quote:
        speakers, addressees = (
            tuple(rng.sample([mention[name] for name in names], len(names)))
            for names in (record.speakers, record.addressees)
        )
        within = None if record.within is None else quote[record.within]
        return replace(
            record, id=quote[record.id], speakers=speakers, addressees=addressees, within=within
        )

    return Article(
        found.document,
        [
            replace(a, id=actor[a.id], members=tuple(actor[name] for name in a.members))
            for a in rng.sample(found.actors, len(found.actors))
        ],
        [
            replace(m, id=mention[m.id], actor=actor[m.actor])
            for m in rng.sample(found.mentions, len(found.mentions))
        ],
        [quoted(q) for q in rng.sample(found.quotes, len(found.quotes))],
        [
            replace(
                c,
                id=claim[c.id],
                quote=None if c.quote is None else quote[c.quote],
                targets=tuple(actor[name] for name in c.targets),
            )
            for c in rng.sample(found.claims, len(found.claims))
        ],
    )


def _names(
    rng: random.Random, records: Sequence[Actor | Mention | Quote | Claim]
) -> dict[str, str]:
    names = [f"x-{number:05}" for number in range(len(records))]
    rng.shuffle(names)
    return {record.id: name for record, name in zip(records, names, strict=True)}
