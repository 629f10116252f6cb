"""The head of a WebAnno TSV file: its layers, and what each of their columns holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FORMAT = "#FORMAT=WebAnno TSV 3."

SPAN, CHAIN, RELATION = "#T_SP=", "#T_CH=", "#T_RL="

ROLE, BASE = "ROLE_", "BT_"
"""How a column with the roles of a slot, or with the starts of relations, is declared."""

CHAIN_TYPE, CHAIN_LINK = "referenceType", "referenceRelation"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its declaration, and the place of its cell in a row."""

    declared: str
    place: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Two columns that link annotations to others: the roles, and where the others stand."""

    feature: str
    roles: int
    targets: int
    layer: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer; `kind` is the mark of its line."""

    kind: str
    name: str
    columns: tuple[Column, ...]

    @property
    def plain(self) -> list[Column]:
        """The columns with features; one without name where a layer has no features."""
        slots = {at for slot in self.slots for at in (slot.roles, slot.targets)}
        return [
            column
            for column in self.columns
            if column.place not in slots and not self._is_base(column)
        ]

    @property
    def slots(self) -> list[Slot]:
        """The columns of slot features, in pairs."""
        if self.kind != SPAN:
            return []
        return [
            Slot(_feature(one.declared), one.place, other.place, other.declared)
            for one, other in zip(self.columns, self.columns[1:], strict=False)
            if one.declared.startswith(ROLE)
        ]

    @property
    def base(self) -> Column | None:
        """The column that says where a relation starts."""
        return next(filter(self._is_base, self.columns), None)

    def _is_base(self, column: Column) -> bool:
        return self.kind == RELATION and column.declared.startswith(BASE)


def layers(lines: Iterable[str]) -> Iterator[Layer]:
    """The layers that lines of the head declare; other lines are passed over."""
    place = 0
    for line in lines:
        if kind := next((k for k in (SPAN, CHAIN, RELATION) if line.startswith(k)), ""):
            name, *declared = line.removeprefix(kind).split("|")
            columns = tuple(Column(d, place + n) for n, d in enumerate(declared or [""]))
            place += len(columns)
            yield Layer(kind, name, columns)


def _feature(declared: str) -> str:
    """`ROLE_webanno.custom.Frame:Roles_webanno.custom.RolesLink` is of the feature `Roles`."""
    return declared.removeprefix(ROLE).partition(":")[2].split("_")[0]
