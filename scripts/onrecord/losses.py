"""What a passage between formats loses or changes, counted by kind, with where it happened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from .paths import printable
from .problem import Problem, unsound

_WORDS = 40
_LONGEST = 200
"""Characters of the name of a kind."""
_MOST = 100
"""Kinds that are told in lines."""
_KEPT = 1000
"""Places kept of one kind; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that did not come through as it was.

    `kind` is a few words that are the same for all like it (`relation cop`); `where` is `path:line`
    of a source, or `document/record` of the corpus; `found` is the thing itself, if it has words.
    """

    kind: str
    where: str
    found: str = ""


class Losses:
    """What was lost and what was changed on the way of some documents.

    `unproved` counts the spans whose words the source does not give, so that nothing shows whether
    their offsets are right.
    """

    def __init__(self) -> None:
        self.lost_kinds: Counter[str] = Counter()
        self.changed_kinds: Counter[str] = Counter()
        self.unproved = 0
        self._kept: dict[str, list[Loss]] = {}

    def lost(self, kind: str, where: str, found: str = "") -> None:
        """Something has no place where it was to go."""
        kind = _named(kind)
        self.lost_kinds[kind] += 1
        self._keep(Loss(kind, where, found))

    def changed(self, kind: str, where: str, found: str = "") -> None:
        """Something went, but not as it was."""
        kind = _named(kind)
        self.changed_kinds[kind] += 1
        self._keep(Loss(kind, where, found))

    def places(self, kind: str) -> list[Loss]:
        """Where things of this kind happened; of very many the first thousand."""
        return self._kept.get(kind, [])

    def __iter__(self) -> Iterator[tuple[str, str, int, list[Loss]]]:
        """`lost` or `changed`, kind, count and places, the commonest first."""
        for what, kinds in (("lost", self.lost_kinds), ("changed", self.changed_kinds)):
            for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
                yield what, kind, count, self.places(kind)

    def __bool__(self) -> bool:
        return bool(self.lost_kinds or self.changed_kinds)

    def _keep(self, loss: Loss) -> None:
        kept = self._kept.setdefault(loss.kind, [])
        if len(kept) < _KEPT:
            kept.append(loss)


def lines(losses: Losses, *, below: str = "", most: int = 2) -> Iterator[str]:
    """What was lost and changed, a line for each kind with its count and some of its places.

    Places in the folder `below` are shown from there.
    """
    found = list(losses)
    width = max((len(kind) for _, kind, _, _ in found[:_MOST]), default=0)
    for what, kind, count, places in found[:_MOST]:
        shown = "; ".join(_shown(loss).removeprefix(f"{below}/") for loss in places[:most])
        more = "; ..." if count > most else ""
        yield f"{what:<7} {count:>6,}  {kind:<{width}}  {shown}{more}"
    if len(found) > _MOST:
        yield f"and {len(found) - _MOST:,} more kinds"


def as_json(losses: Losses) -> list[dict[str, object]]:
    """The same as JSON objects, with all places that are kept."""
    return [
        {"what": what, "kind": kind, "count": count, "places": [asdict(loss) for loss in places]}
        for what, kind, count, places in losses
    ]


def _as_problems(losses: Losses) -> Iterator[Problem]:
    """Each loss as a problem, of very many of one kind the first thousand."""
    for what, kind, _, places in losses:
        for loss in places:
            path, _, line = loss.where.rpartition(":")
            at = (path, int(line), 1) if path and line.isdigit() else (loss.where, 0, 0)
            found = f" {loss.found!r}" if loss.found else ""
            yield Problem(*at, what, f"{kind}{found}")


def require_whole(losses: Losses, subject: str) -> None:
    """Nothing, unless something was lost or changed; `subject` says of what.

    Raises:
        UncheckedError: it was.
    """
    if losses:
        raise unsound(list(_as_problems(losses)), f"{subject} loses:")


def _named(kind: str) -> str:
    """A kind on one line; labels of a source are in it, which may be anything."""
    return printable(" ".join(kind[:_LONGEST].split()))


def _shown(loss: Loss) -> str:
    words = " ".join(loss.found.split())
    return f"{loss.where} {words[:_WORDS]!r}" if words else loss.where
