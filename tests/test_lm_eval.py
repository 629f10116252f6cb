"""The task for lm-evaluation-harness: its scores, and that it names what there is."""

import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from onrecord import load
from onrecord.answer import answer, encoded, task
from onrecord.build import build
from onrecord.paths import Corpus

from .articles import LAYERS, add_actor, add_claim, add_quote, article, corpus
from .conftest import ROOT
from .server import Said, serving

TASK = ROOT / "scripts" / "lm-eval" / "onrecord"


def module(path: Path) -> ModuleType:
    """A module as the harness loads it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


metrics = module(TASK / "metrics.py")


def row(layers: tuple[str, ...] = LAYERS) -> dict[str, Any]:
    made = article("Bo said it rains. Al left.", layers=layers)
    add_actor(made, "bo", "Bo")
    add_actor(made, "al", "Al")
    carrier = add_quote(made, "it rains", cue=("said",), speakers=("m-0000",))
    add_claim(made, "it rains", quote=carrier)
    add_claim(made, "Al left")
    contents = ("", task(made.document, layers), encoded(answer(made)))
    return {"doc": "a", "messages": [{"content": content} for content in contents]}


def score(*scored: dict[str, Any]) -> dict[str, float]:
    names = ("mention_f1", "quote_f1", "speaker_f1", "claim_f1")
    return {name: metrics.f1([each[name] for each in scored]) for name in names}


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_the_gold_answers_are_all_right(split: str) -> None:
    rows = load("chat", split)
    scored = [metrics.process_results(r, [r["messages"][2]["content"]]) for r in rows]
    assert set(score(*scored).values()) == {1.0}
    assert {each["unusable"] for each in scored} == {0.0}


def test_a_reply_by_hand() -> None:
    said = json.loads(row()["messages"][2]["content"])
    del said["mentions"][0]
    said["quotes"][0]["content"] = ["rains"]
    said["claims"].append({**said["claims"][1], "content": ["left"]})
    scored = metrics.process_results(row(), [f"Here: {json.dumps(said)}"])
    assert scored["mention_f1"] == (1, 1, 1, 2)
    assert scored["quote_f1"] == (0, 1, 0, 1)
    assert scored["claim_f1"] == (2, 3, 2, 2)


def test_documents_are_summed_and_not_averaged() -> None:
    right = metrics.process_results(row(), [row()["messages"][2]["content"]])
    useless = metrics.process_results(row(), ["Sorry."])
    assert (right["unusable"], useless["unusable"]) == (0.0, 1.0)
    assert score(right, useless)["mention_f1"] == pytest.approx(2 * 2 / (2 + 4))
    assert metrics.f1([[2.0, 2.0, 2.0, 2.0], [0.0, 0.0, 0.0, 2.0]]) == pytest.approx(2 / 3)


def test_a_layer_that_is_not_asked_for_counts_nothing() -> None:
    asked = row(("quotes",))
    scored = metrics.process_results(asked, [row()["messages"][2]["content"]])
    found = score(scored)
    assert found["quote_f1"] == 1.0
    assert math.isnan(found["mention_f1"])
    assert math.isnan(found["claim_f1"])


def test_the_task_names_functions_and_columns_that_exist() -> None:
    class Loader(yaml.SafeLoader):
        """YAML as the harness reads it."""

    Loader.add_constructor("!function", lambda _, node: node.value)
    made = yaml.load((TASK / "onrecord.yaml").read_text(), Loader)
    scored = metrics.process_results(row(), [""])
    assert {metric["metric"] for metric in made["metric_list"]} == set(scored)
    named = [made["process_results"], *(m["aggregation"] for m in made["metric_list"][:4])]
    assert all(hasattr(metrics, name.removeprefix("metrics.")) for name in named)
    assert made["doc_to_text"] == "{{ messages[1]['content'] }}"
    folders = {Path(pattern).parent for pattern in made["dataset_kwargs"]["data_files"].values()}
    assert folders == {Path("dataset/data/chat")}


@pytest.mark.extras
def test_the_harness_runs_it(checkout: Path) -> None:
    """The model answers the first article as gold does, the others with an apology."""
    build(Corpus(checkout / "corpus"), checkout / "dataset")
    shutil.copytree(TASK.parent, checkout / "scripts" / "lm-eval")
    golds = {r["messages"][1]["content"]: r["messages"][2]["content"] for r in load("chat", "test")}
    first = min(golds)

    def say(request: dict[str, Any]) -> Said:
        asked = request["messages"][-1]["content"]
        return golds[asked] if asked == first else "I am sorry."

    with serving(say) as stub:
        command = [
            str(Path(sys.executable).with_name("lm_eval")), "run",
            "--model", "local-chat-completions",
            "--model_args", f"model=small,base_url={stub.url}/chat/completions",
            "--tasks", "onrecord", "--include_path", "scripts/lm-eval", "--apply_chat_template",
            "--output_path", "out",
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=checkout, capture_output=True, text=True, check=False,
            env={**os.environ, "OPENAI_API_KEY": "none"},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (written,) = (checkout / "out").rglob("results_*.json")
    found = json.loads(written.read_text())["results"]["onrecord"]
    asked = [a for a in corpus() if any(a.document.text in text for text in golds)]
    mentions = sum(len(article.mentions) for article in asked)
    right = len(json.loads(golds[first])["mentions"])
    assert found["mention_f1,none"] == pytest.approx(2 * right / (right + mentions))
    assert found["unusable,none"] == pytest.approx(1 - 1 / len(golds))
