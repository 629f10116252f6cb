"""Level 4, advice on labels that fit no reading of the guidelines."""

from collections.abc import Iterator
from operator import attrgetter

from ..schema import ANNOTATIONS, unclear_fields
from .rule import Draft, Finding, Rule, check


class W406(Rule):
    """A label says something; `unspecified` is for foreign data.

    Reason: `unspecified` tells a model nothing.

    Usual cause: a record was imported and not completed.

    Cure: choose a label; for claims under "whether" certainty stays `unspecified`, with a note.
    """


class W407(Rule):
    """A metonym stands for a gpe.

    Reason: the form is for a capital that stands for its government.

    Usual cause: a nickname or a building was taken for a metonym.

    Cure: label it `name` or `nominal`, or correct the actor's kind.
    """


class W425(Rule):
    """Only accusations and demands have targets.

    Reason: `targets` are the accused, or those who are to act.

    Usual cause: the kind was changed and the targets were kept, or those spoken of were listed.

    Cure: remove the targets, or correct the kind.
    """


class W426(Rule):
    """An accusation names its targets.

    Reason: without somebody accused it is a fact or an evaluation.

    Usual cause: the targets were forgotten.

    Cure: add the actors, or correct the kind; see rule 14 of the guidelines.
    """


@check(W406)
def unspecified(draft: Draft) -> Iterator[Finding]:
    """Labels that say nothing."""
    for table, field, value in _LABELS:
        rows = draft.rows(table)
        if "unspecified" in map(value, rows.records):
            for number, record in rows:
                if value(record) == "unspecified":
                    yield W406.at(table, number, f"{field} is 'unspecified'", pointer=f"/{field}")


@check(W407)
def metonyms(draft: Draft) -> Iterator[Finding]:
    """Metonyms and the kinds of their actors."""
    if "metonym" not in map(attrgetter("form"), draft.mentions.records):
        return
    kinds = {actor.id: actor.kind for actor in draft.actors.records}
    for number, mention in draft.mentions:
        if mention.form == "metonym" and kinds.get(mention.actor, "gpe") != "gpe":
            message = f"{mention.exact!r} is a metonym of a {kinds[mention.actor]}"
            yield W407.at("mentions", number, message, pointer="/form")


@check(W425, W426)
def targets(draft: Draft) -> Iterator[Finding]:
    """The targets of claims."""
    for number, claim in draft.claims:
        if claim.targets and claim.kind not in ("accusation", "demand", "unspecified"):
            message = f"a claim of kind {claim.kind!r} with targets"
            yield W425.at("claims", number, message, pointer="/targets")
        elif claim.kind == "accusation" and not claim.targets:
            yield W426.at("claims", number, "an accusation without targets", pointer="/kind")


_LABELS = tuple(
    (table, field, attrgetter(field)) for table in ANNOTATIONS for field in unclear_fields(table)
)
