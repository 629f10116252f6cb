"""Imports point down the layers, and light commands stay light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "scripts" / "onrecord"

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "problem",
        "marks",
        "normal",
        "locate",
        "anchor",
        "edges",
        "ids",
        "english",
        "licences",
        "rights",
        "markdown",
        "documented",
    ),
    ("paths", "report", "engines", "checkout", "lookup", "subsequence"),
    ("schema", "model", "citation", "placing", "losses"),
    ("chains", "interlinear", "segment", "fields", "sources", "sections"),
    ("answer", "iob", "notes", "alignment", "describe"),
    ("codec", "align", "reply"),
    ("store", "phenomena", "standoff"),
    ("formats",),
    ("checks", "tables", "importers", "exporters", "render", "scoring", "predictors"),
    (
        "bundle",
        "stats",
        "swap",
        "staging",
        "target",
        "load",
        "survey",
        "grouping",
        "provenance",
        "example",
        "interchange",
    ),
    ("manifest", "holdout"),
    ("present", "account", "figure", "recordsets", "front"),
    ("validate",),
    ("card", "croissant", "state", "group", "predictions"),
    ("texts", "plan"),
    ("assemble",),
    ("build", "docs", "fmt", "create", "train"),
    ("reanchor", "restore", "release", "predict", "bring", "take"),
    ("publish",),
    ("__init__", "cli"),
    ("__main__",),
)
"""From the bottom up; what stands on one line never imports each other."""

HEAVY = ("datasets", "pyarrow", "pandas", "sentencex", "syntok", "spacy", "cassis")

HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}


def module_names(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Names of the package's own top modules that a file imports."""
    package = ("onrecord", *path.relative_to(PACKAGE).parts[:-1])
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            way = (*base, *(node.module.split(".") if node.module else ()))
            tops = [way[1]] if len(way) > 1 else [alias.name for alias in node.names]
            names.update(top if top in HEIGHT else "__init__" for top in tops)
    return names


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_imports_point_down(path: Path) -> None:
    own = module_names(path)
    for name in imported(path) - {own}:
        if own == "cli" and name == "__init__":
            continue  # the version and the one-line description
        assert HEIGHT[name] < HEIGHT[own], f"{own} imports {name}"


def test_every_module_has_its_layer() -> None:
    assert {module_names(path) for path in PACKAGE.rglob("*.py")} == set(HEIGHT)


@pytest.mark.parametrize("arguments", ["--help", "check --help", "check", "explain E303"])
def test_light_commands_import_nothing_heavy(arguments: str) -> None:
    # datasketch, by which `check` finds near-duplicates, brings numpy.
    heavy = HEAVY if arguments == "check" else (*HEAVY, "numpy")
    code = (
        "import sys; from onrecord.cli import main\n"
        f"try: main({arguments.split()!r})\n"
        "except SystemExit: pass\n"
        f"sys.exit(any(name in sys.modules for name in {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
