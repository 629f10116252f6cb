"""INCEpTION: every id is new in what it exports, and it adds types and structures of its own.

A deleted span takes its relations along. A new relation has no place among its like.
"""

from pathlib import Path
from typing import Any

from .tool import CUE

_PACKAGE = "onrecord."
_OF_TOOL = "de.tudarmstadt.ukp.clarin.webanno.api.type."


class _Cas:
    suffix = ""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}{self.suffix}"
        self._cas = self._load()
        self._new: dict[str, Any] = {}

    def add(self, label: str, start: int, end: int) -> str:
        layer = label.capitalize() if label in ("quote", "cue", "claim") else "Mention"
        made = self._made(layer, start, end)
        if layer == "Mention":
            made.kind = label
        self._new[str(id(made))] = made
        return str(id(made))

    def delete(self, name: str) -> None:
        gone = [*self._further(self._one(name)), self._one(name)]
        for relation in self._relations():
            if any(end is one for one in gone for end in (relation.Governor, relation.Dependent)):
                self._cas.remove(relation)
        for one in gone:
            self._cas.remove(one)

    def move(self, name: str, end: int) -> None:
        one = [self._one(name), *self._further(self._one(name))][-1]
        self._cas.remove(one)
        one.end = end
        self._cas.add(one)

    def add_part(self, name: str, start: int, end: int) -> None:
        last = [self._one(name), *self._further(self._one(name))][-1]
        made = self._made(last.type.name.removeprefix(_PACKAGE), start, end)
        self._relation("next", last, made)

    def relabel(self, name: str, label: str) -> None:
        self._one(name).kind = label

    def set(self, name: str, attribute: str, value: str) -> None:
        setattr(self._one(name), attribute.replace(".", "_"), value)

    def link(self, label: str, source: str, target: str) -> None:
        self._relation(label, self._one(source), self._one(target))

    def unlink(self, label: str, source: str, target: str) -> None:
        one, other = self._one(source), self._one(target)
        (gone,) = [r for r in self._relations(label) if r.Governor is one and r.Dependent is other]
        self._cas.remove(gone)

    def save(self) -> None:
        types = self._cas.typesystem
        types.create_type("webanno.custom.Sentiment", "uima.tcas.Annotation")
        state = types.create_type(f"{_OF_TOOL}CASMetadata", "uima.tcas.Annotation")
        types.create_feature(state, "username", "uima.cas.String")
        types.create_feature(state, "lastChangedOnDisk", "uima.cas.Long")
        self._cas.add(state(begin=0, end=0, username="anna", lastChangedOnDisk=5))
        for number, structure in enumerate(reversed(list(self._cas.select_all_annotations()))):
            structure.xmiID = 70_000 + number
        self._write()

    def _load(self) -> Any:
        raise NotImplementedError

    def _write(self) -> None:
        raise NotImplementedError

    def _made(self, layer: str, start: int, end: int, **features: Any) -> Any:
        made = self._cas.typesystem.get_type(_PACKAGE + layer)(begin=start, end=end, **features)
        self._cas.add(made)
        return made

    def _relation(self, label: str, source: Any, target: Any) -> None:
        ends = {"Governor": source, "Dependent": target}
        self._made(f"{label.capitalize()}Relation", target.begin, target.end, **ends)

    def _relations(self, label: str = "") -> list[Any]:
        end = f"{label.capitalize()}Relation"
        return [one for one in self._cas.select_all_annotations() if one.type.name.endswith(end)]

    def _further(self, one: Any) -> list[Any]:
        behind = {id(r.Governor): r.Dependent for r in self._relations("next")}
        found = []
        while one := behind.get(id(one)):
            found.append(one)
        return found

    def _one(self, name: str) -> Any:
        if name in self._new:
            return self._new[name]
        if name.endswith(CUE):
            quote = self._one(name.removesuffix(CUE))
            return next(r.Dependent for r in self._relations("cue") if r.Governor is quote)
        return next(
            one for one in self._cas.select_all_annotations() if getattr(one, "id", None) == name
        )


class CasXmi(_Cas):
    suffix = ".xmi"

    def _load(self) -> Any:
        import cassis

        with (self._path.parent / "TypeSystem.xml").open("rb") as file:
            types = cassis.load_typesystem(file)
        with self._path.open("rb") as file:
            return cassis.load_cas_from_xmi(file, typesystem=types)

    def _write(self) -> None:
        self._cas.to_xmi(self._path)
        self._cas.typesystem.to_xml(self._path.parent / "TypeSystem.xml")


class CasJson(_Cas):
    suffix = ".json"

    def _load(self) -> Any:
        import cassis

        with self._path.open("rb") as file:
            return cassis.load_cas_from_json(file)

    def _write(self) -> None:
        self._cas.to_json(self._path)
