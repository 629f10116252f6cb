"""What a build remembers beside its dataset, so that the next one makes only what changed."""

import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import msgspec

from . import store
from .manifest import Made, Options
from .paths import data_folder
from .survey import Stamp


class Known(msgspec.Struct, frozen=True):
    """The content behind a stamp: its hash, empty if it was never read."""

    stamp: Stamp
    digest: str = ""


Names = dict[str, Known]


class Group(msgspec.Struct, frozen=True):
    """One group of a dataset; `key` names its content, `paths` its file for each config."""

    key: str
    split: str
    made: Made
    paths: dict[str, str]


class Seen(msgspec.Struct, frozen=True):
    """All that the dataset depends on and all that it holds.

    `bundles` goes by `split/name`, `seeds` by document, `others` and `files` by path from the
    checkout and from the dataset; `settings` is a hash of options, code and libraries.
    """

    settings: str
    bundles: Names
    seeds: Names
    others: Names
    files: Names

    def same(self, other: "Seen") -> bool:
        """Whether the settings and all content are the same, in the same order."""
        return self.settings == other.settings and all(
            _contents(getattr(self, names)) == _contents(getattr(other, names))
            for names in ("bundles", "seeds", "others", "files")
        )

    def settled(self, now: int) -> "Seen":
        """The same, with no stamp that may hide a change made after `now` (nanoseconds)."""
        names = (self.bundles, self.seeds, self.others, self.files)
        return Seen(self.settings, *(settled(known, now) for known in names))


class State(msgspec.Struct, frozen=True):
    """What one build leaves for the next; the groups are read only when they are needed."""

    seen: Seen
    packed: msgspec.Raw

    @property
    def groups(self) -> list[Group]:
        """The groups of the dataset, split by split, in order."""
        return msgspec.msgpack.decode(self.packed, type=list[Group], dec_hook=_counter)


def load(target: Path) -> State | None:
    """What the build that wrote `target` left, None if nothing of use is there."""
    try:
        return msgspec.msgpack.decode(_file(target).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return None


def save(target: Path, seen: Seen, packed: msgspec.Raw) -> None:
    """Leave word for the next build of `target`; `packed` are its groups."""
    # Always the same name beside it, so that what a killed build leaves the next one writes over.
    new = target.with_name(f".{target.name}.state.new")
    new.write_bytes(msgspec.msgpack.encode(State(seen, packed)))
    new.replace(_file(target))


def pack(groups: list[Group]) -> msgspec.Raw:
    """Groups as a state holds them."""
    return msgspec.Raw(msgspec.msgpack.encode(groups))


def settings(options: Options, signed: bool) -> str:
    """A hash of everything but files on which the bytes of a dataset depend.

    That is the options, whether texts of different splits are compared, the code and schemas of
    this package, Python and the libraries.
    """
    package = Path(__file__).parent
    code = [
        *(path for path in sorted(package.rglob("*")) if path.suffix in (".py", ".jinja")),
        *sorted(data_folder("schema").glob("*.json")),
    ]
    told = [
        *(sorted(options.withheld), options.size, options.ignored, signed),
        *(platform.python_version(), *map(version, _LIBRARIES)),
    ]
    contents = [(path.name, path.read_bytes()) for path in code]
    return store.digest_all([*contents, ("", repr(told).encode())])


def recall(now: Mapping[str, Stamp], known: Names, read: Callable[[str], str]) -> Names:
    """What is behind the stamps of `now`: as `known` where the stamp is the same, else read."""
    return {
        name: known[name]
        if name in known and known[name].stamp == stamp
        else Known(stamp, read(name))
        for name, stamp in now.items()
    }


def settled(names: Names, now: int) -> Names:
    """`names`, with no stamp that may hide a change made after `now` (nanoseconds)."""
    return {name: Known(known.stamp.settled(now), known.digest) for name, known in names.items()}


def _counter(kind: type, value: dict[str, int]) -> object:
    """A `Counter`, which msgspec writes as a map and does not know how to read."""
    return kind(value)


def _contents(names: Names) -> list[tuple[str, str]]:
    return [(name, known.digest) for name, known in names.items()]


def _file(target: Path) -> Path:
    return target.with_name(f".{target.name}.state")


_LIBRARIES = ("datasets", "jinja2", "msgspec", "numpy", "pyarrow", "sentencex", "syntok")
