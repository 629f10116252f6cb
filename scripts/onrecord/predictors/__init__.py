"""Models that annotate: one module each, named in one line of `_MODELS`.

To add a model, write a module beside `rules` with a function that opens it, and add its line. What
is opened is a `predictor.Predictor`: it takes documents and gives articles. A model that finds only
flat spans (`flat.Spans`) has `composing.compose` make an article of them.

- `composing`: from flat spans to an article, for every model that finds such
- `finding`: how `rules` finds spans; `lexicon` has its words, from `english.toml`
- `labelling`: sequence labelling, its training included, for `crf` and `transformer` (`hf`)
- `server`: how `llm` asks
"""

from importlib import import_module
from typing import NamedTuple

from ..problem import NotFoundError
from .predictor import Predictor


class _Model(NamedTuple):
    """How a user writes it, and what opens it; the module is imported only then.

    `function` is passed what stands behind the colon, empty for nothing.
    """

    spec: str
    module: str
    function: str


_MODELS = {
    "rules": _Model("rules", "rules", "open_rules"),
    "crf": _Model("crf[:DIR]", "crf", "open_crf"),
    "hf": _Model("hf:NAME", "transformer", "open_transformer"),
    "llm": _Model("llm:URL", "llm", "open_llm"),
}

_SERVED = "llm"
"""The one of which a server may have several, told apart by name."""

SPECS = tuple(model.spec for model in _MODELS.values())
"""How models are written."""


def open_predictor(spec: str, *, name: str | None = None) -> Predictor:
    """The model that `spec` describes, ready to annotate; `name` is that of a served model.

    Raises:
        NotFoundError: no such model, or what stands behind the colon is missing or too much.
        MissingExtraError: a library is needed that only an extra installs.
    """
    word, colon, where = spec.partition(":")
    model = _MODELS.get(word)
    if model is None or not _fits(model, bool(colon), where):
        raise NotFoundError(f"no model {spec!r}, expected one of {', '.join(SPECS)}")
    if name is not None and word != _SERVED:
        raise NotFoundError(f"name {name!r} for model {spec!r}, expected with llm:URL only")
    opener = getattr(import_module(f".{model.module}", __name__), model.function)
    opened: Predictor = opener(where, name) if word == _SERVED else opener(where)
    return opened


def _fits(model: _Model, colon: bool, where: str) -> bool:
    """Whether a place or name stands behind the colon where one may, and where one must."""
    if not colon:
        return ":" not in model.spec or "[" in model.spec
    return ":" in model.spec and bool(where)
