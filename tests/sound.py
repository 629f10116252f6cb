"""A sound source of each format that can come in: its files by name, the one to break first."""

import json
from pathlib import Path
from typing import Any

from onrecord import exporters
from onrecord.losses import Losses

from . import nasty

TEXT = "Ann Hale said “We won”. Tom Reed laughed."
_TSV = """#FORMAT=WebAnno TSV 3.2
#T_SP=webanno.custom.Referent|entity|infstat|identity
#T_RL=webanno.custom.Coref|type|BT_webanno.custom.Referent


#Text=Ann Hale laughed
1-1\t0-3\tAnn\tperson[1]\tnew[1]\t_\tana\t1-3[2_1]\t
1-2\t4-8\tHale\tperson[1]\tnew[1]\t_\t_\t_\t
1-3\t9-16\tlaughed\tperson[2]\tnew[2]\t_\t_\t_\t
"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry</title></head><body><article>
<h1>Ferry and market resume</h1>
<p>Ferries sailed again on Tuesday after three weeks without any link to the mainland, the operator
said, and the traders of the island were glad that the ship had come back to the harbour.</p>
<p>“We are glad that it goes on,” said Captain Rhea Sandoway. The repair had taken longer than it
was planned because parts were missing, and nobody had known where they could be found in time.</p>
</article></body></html>
"""
_NINJS = {
    "uri": "https://wire.example/items/ferry-7/",
    "type": "text",
    "language": "en",
    "versioncreated": "2031-03-05T08:00:00Z",
    "headline": "Ferry resumes",
    "body_text": "It sails.\n\nGood.",
}
_LITBANK = "Ann Hale shut the door .\n“ Come in , Tom . ” she said .\n"


def source(name: str) -> dict[str, bytes]:
    """The files of a source."""
    if name in exporters.NAMES:
        return _exported(name)
    return {file: data.encode() for file, data in _OTHERS[name].items()}


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Put files into a folder that need not be there; the first of them."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / next(iter(files))


def _exported(name: str) -> dict[str, bytes]:
    article = nasty.overlaps()
    made = dict(exporters.exporter(name).write([article], Losses()))
    first = sorted(made, key=lambda file: not file.endswith(_FIRST.get(name, "")))
    beside = {f"{article.document.id}.txt": article.document.text.encode()}
    return {file: made[file] for file in first} | (beside if name == "interlinear" else {})


def _place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _role(*found: str) -> dict[str, Any]:
    spans = [dict(zip(("charBegin", "charEnd"), _place(words), strict=True)) for words in found]
    return {"spans": spans, "text": " ".join(found), "tokenIds": []}


def _wikinews() -> str:
    roles = {"quote": _role("“We won”"), "cue": _role("said"), "speaker": _role("Ann Hale")}
    roles |= dict.fromkeys(("frame", "addressee"), _role())
    flags = {"isNested": False, "hasNested": False}
    marked = {"id": 0, "type": "Direct", "medium": "Speech", **roles, **flags}
    told = {"documentName": "12 - Wahl (2006-05-01)", "originalText": TEXT, "annotations": [marked]}
    return json.dumps({**told, "sentences": [], "tokens": []}, indent=1)


def _claimpt() -> str:
    def words(exact: str) -> dict[str, Any]:
        start, end = _place(exact)
        return {"text": exact, "begin": start, "end": end}

    start, end = _place("We won")
    item = {"claim": True, "id": "news_1_c1", "begin_character": start, "end_character": end}
    item |= {"text_segment": "We won", "claim_span": [words("We won")]}
    item |= {"claimer": [words("Ann Hale")], "stance": "Refute"}
    told = {"document": "news_1.txt", "publication_time": "04 dez 2023", "items": [item]}
    return json.dumps(told, ensure_ascii=False) + "\n"


def _litbank() -> str:
    marked = [
        ("PROP_PER", "Ann Hale"),
        ("Ann-0", "Ann Hale"),
        ("PROP_PER", "Tom"),
        ("Tom-1", "Tom"),
    ]
    lines = []
    for number, (label, words) in enumerate(marked):
        start, end = _place(words, _LITBANK)
        lines.append(f"T{number}\t{label} {start} {end}\t{words}\n")
    return "".join(lines)


_FIRST = {"brat": ".ann", "label-studio": ".json", "cas-xmi": ".xmi", "web-annotation": ".jsonld"}
_OTHERS = {
    "text": {"a.txt": TEXT},
    "html": {"a.html": _PAGE},
    "ninjs": {"a.json": json.dumps(_NINJS)},
    "webanno-tsv": {"a.tsv": _TSV},
    "gum": {"a.tsv": _TSV},
    "german-wikinews": {"a.json": _wikinews()},
    "litbank": {
        "coref/brat/7_a_brat.ann": _litbank(),
        "coref/brat/7_a_brat.txt": _LITBANK,
        "quotations/tsv/7_a_brat.ann": (
            "QUOTE\tQ1\t1\t0\t1\t6\t“ Come in , Tom . ”\nATTRIB\tQ1\tAnn-0\n"
        ),
    },
    "claimpt": {"a.jsonl": _claimpt(), "news_articles/news_1.txt": TEXT},
}
