"""The rules of the corpus, level by level; adding a check is one function and one name here."""

from ..problem import NotFoundError
from . import (
    actors,
    claims,
    corpus,
    coverage,
    fields,
    files,
    labels,
    lines,
    order,
    quotes,
    references,
    spans,
    texts,
    wording,
)
from .rule import Check, Rule

CHECKS: tuple[Check, ...] = (
    references.duplicates,
    references.references,
    texts.texts,
    spans.anchors,
    spans.parts,
    order.order,
    actors.mentions,
    actors.unmentioned,
    actors.countries,
    quotes.cycles,
    quotes.nesting,
    quotes.content,
    quotes.duplicates,
    claims.carriers,
    claims.duplicates,
    coverage.names,
    coverage.quotation_marks,
    coverage.quotes,
    coverage.paragraphs,
    labels.unspecified,
    labels.metonyms,
    labels.targets,
    quotes.inner_marks,
    wording.mentions,
    wording.cues,
    wording.claims,
)
"""The checks of levels 3 and 4, in the order in which they run on each document."""

TEXTLESS: tuple[Check, ...] = (references.duplicates, references.references, order.order)
"""Those that also run where the document itself cannot be used."""

BUNDLE: tuple[type[Rule], ...] = (references.E314, texts.E336)
"""Rules about bundles of documents, which `validate` applies by itself."""

RULES: tuple[type[Rule], ...] = tuple(
    sorted(
        {
            *files.RULES,
            *lines.RULES,
            *fields.RULES,
            *BUNDLE,
            *(rule for c in CHECKS for rule in c.rules),
            *corpus.RULES,
        },
        key=lambda rule: (rule.code()[1:], rule.code()),
    )
)
"""Every rule, by code."""


def find_rule(code: str) -> type[Rule]:
    """The rule that `code` names, in upper or lower case.

    Raises:
        NotFoundError: there is none.
    """
    for rule in RULES:
        if rule.code() == code.upper():
            return rule
    raise NotFoundError(f"{code!r} is no code of a rule; 'onrecord explain' lists them")
