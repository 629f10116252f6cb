"""Annotated text as plain text: mentions in brackets with their actor, cues and quotes marked."""

from collections import defaultdict

from ..model import Article

_CUE = "⟨", "⟩"
_CONTENT = "{", "}"


def bracketed(article: Article, start: int, end: int) -> str:
    """`text[start:end]` with `[mention]=actor`, `⟨cue⟩` and `{quote content}`.

    Spans that do not lie in the stretch as a whole are left out.
    """
    before: dict[int, list[tuple[int, str]]] = defaultdict(list)
    after: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for first, last, (opening, closing) in _spans(article):
        if start <= first and last <= end:
            before[first].append((-last, opening))
            after[last].append((-first, closing))
    parts = []
    for offset in range(start, end + 1):
        parts += [closing for _, closing in sorted(after[offset])]
        parts += [opening for _, opening in sorted(before[offset])]
        parts.append(article.document.text[offset : min(offset + 1, end)])
    return "".join(parts)


def _spans(article: Article) -> list[tuple[int, int, tuple[str, str]]]:
    mentions = [
        (mention.start, mention.end, ("[", f"]={mention.actor}")) for mention in article.mentions
    ]
    cues = [(span.start, span.end, _CUE) for quote in article.quotes for span in quote.cue]
    contents = {(s.start, s.end, _CONTENT) for quote in article.quotes for s in quote.content}
    return [*sorted(contents), *cues, *mentions]
