"""The picture of the labels: true, legible, the same every time."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from onrecord.figure import figure, phenomena_figure
from onrecord.paths import Corpus
from onrecord.phenomena import PHENOMENA
from onrecord.schema import table_schema
from onrecord.stats import LABELS, Counts, count

from .conftest import ROOT

FIELDS = [name for name in LABELS if "enum" in table_schema(name[0])["properties"][name[1]]]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def counts() -> Mapping[str, Counts]:
    """Those of this corpus."""
    return count(Corpus(ROOT / "corpus").places())


def texts(svg: str) -> list[str]:
    """What is written in the picture, in order."""
    root = ElementTree.fromstring(svg)
    return [" ".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def test_every_label_that_is_used_stands_there_with_its_number(
    counts: Mapping[str, Counts],
) -> None:
    pairs = Counter(pairwise(texts(figure(counts))))
    for table, name in FIELDS:
        total = sum((c.labels[f"{table}.{name}"] for c in counts.values()), Counter[str]())
        for value, number in total.items():
            assert pairs[value, f"{number:,}"] >= 1
    used = {
        value for c in counts.values() for field in FIELDS for value in c.labels[".".join(field)]
    }
    assert ("unspecified" in texts(figure(counts))) == ("unspecified" in used)


def test_bars_are_as_long_as_the_shares(counts: Mapping[str, Counts]) -> None:
    only = {"train": counts["train"]}
    root = ElementTree.fromstring(figure(only))
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "train"][1:]
    widths = sorted(float(bar.attrib["width"]) for bar in bars)
    fields = [counts["train"].labels[f"{table}.{name}"] for table, name in FIELDS]
    shares = sorted(n / field.total() for field in fields for n in field.values() if n)
    assert [width / 228 for width in widths] == pytest.approx(shares, abs=0.001)


def test_each_split_has_a_colour_on_light_and_on_dark(counts: Mapping[str, Counts]) -> None:
    svg = figure(counts)
    for split in counts:
        light = set(re.findall(rf'class="{split}" fill="(#\w+)"', svg))
        dark = set(re.findall(rf"\.{split} {{ fill: (#\w+) }}", svg))
        assert len(light) == len(dark) == 1
        assert light != dark


def test_every_phenomenon_of_a_record_stands_there_with_its_number(
    counts: Mapping[str, Counts],
) -> None:
    pairs = Counter(pairwise(texts(phenomena_figure(counts))))
    for phenomenon in PHENOMENA:
        number = sum(c.phenomena[phenomenon.key] for c in counts.values())
        drawn = phenomenon.layer != "document" and number > 0
        assert (pairs[phenomenon.name, f"{number:,}"] >= 1) == drawn


def test_bars_of_phenomena_are_shares_of_their_layer(counts: Mapping[str, Counts]) -> None:
    train = counts["train"]
    root = ElementTree.fromstring(phenomena_figure({"train": train}))
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "train"][1:]
    widths = sorted(float(bar.attrib["width"]) for bar in bars)
    sizes = train.sizes()
    shares = [n / sizes[f"{key.split(':')[0]}s"] for key, n in train.phenomena.items()]
    layers = [key.split(":")[0] for key in train.phenomena]
    kept = sorted(share for share, layer in zip(shares, layers, strict=True) if layer != "document")
    assert [width / 188 for width in widths] == pytest.approx(kept, abs=0.001)


@pytest.mark.parametrize("draw", [figure, phenomena_figure])
def test_nothing_is_fetched_from_elsewhere(
    counts: Mapping[str, Counts], draw: Callable[[Mapping[str, Counts]], str]
) -> None:
    assert re.findall(r"https?://[^\"]+", draw(counts)) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("draw", [figure, phenomena_figure])
def test_nothing_lies_outside(
    counts: Mapping[str, Counts], draw: Callable[[Mapping[str, Counts]], str]
) -> None:
    for shown in (counts, {"test": counts["test"]}):
        root = ElementTree.fromstring(draw(shown))
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for node in root.iter():
            assert 0 <= float(node.get("x", 0)) <= width
            assert 0 <= float(node.get("y", 0)) <= height


def test_a_field_without_records_has_no_panel() -> None:
    counts = Counts(documents=1, labels={f"{t}.{n}": Counter() for t, n in LABELS})
    counts.labels["documents.origin"]["published"] = 1
    written = texts(figure({"train": counts}))
    assert "documents  origin" in written
    assert not any(text.startswith(("quotes", "claims")) for text in written)


def test_the_same_counts_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from pathlib import Path; from onrecord.figure import figure\n"
        "from onrecord.paths import Corpus; from onrecord.stats import count\n"
        "sys.stdout.write(figure(count(Corpus(Path('corpus').resolve()).places())))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "scripts")},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop()
