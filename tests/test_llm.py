"""Language models behind a server: what they are asked, and what becomes of what they say."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from openai import OpenAI

from onrecord.answer import answer, asked_text, encoded, instruction
from onrecord.model import Article
from onrecord.predictors.llm import LanguageModel, open_llm
from onrecord.predictors.predictor import Predictor
from onrecord.problem import NotFoundError, ServerError
from onrecord.reply import read, strict_schema
from onrecord.schema import answer_schema

from .articles import LAYERS, article, corpus, seed
from .server import completion, refusal, serving

GOLD = {made.document.text: encoded(answer(made)) for made in corpus()}


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., LanguageModel]]:
    """Open a model; its connections are closed at the end, and it waits for nothing."""
    clients: list[OpenAI] = []
    start = OpenAI.__init__

    def remembered(self: OpenAI, **arguments: Any) -> None:
        start(self, **arguments)
        clients.append(self)

    monkeypatch.setattr(OpenAI, "__init__", remembered)
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.01)
    yield open_llm
    for client in clients:
        client.close()


def asked(request: dict[str, Any]) -> str:
    """The text of the article that a request is about."""
    return asked_text(request["messages"][1]["content"])


def gold(request: dict[str, Any]) -> str:
    return GOLD[asked(request)]


def annotated(model: Predictor, *made: Article) -> list[Article]:
    return list(model.predict(each.document for each in made))


def test_gold_answers_give_the_gold_spans(opened: Callable[..., LanguageModel]) -> None:
    with serving(gold) as stub:
        model = opened(stub.url, None)
        found = annotated(model, *corpus())
    assert [len(made.quotes) for made in found] == [len(made.quotes) for made in corpus()]
    pairs = [
        ({(m.start, m.end) for m in made.mentions}, {(m.start, m.end) for m in true.mentions})
        for made, true in zip(found, corpus(), strict=True)
    ]
    assert sum(len(a & b) for a, b in pairs) >= 0.999 * sum(len(b) for _, b in pairs)
    assert model.layers == LAYERS
    assert model.remarks() == []


def test_the_request_is_the_conversation_of_the_dataset(
    opened: Callable[..., LanguageModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with serving(gold) as stub:
        annotated(opened(stub.url, "large"), seed())
    (request,) = stub.requests
    system, user = request["messages"]
    assert [system["role"], user["role"]] == ["system", "user"]
    assert user["content"].startswith(instruction(LAYERS))
    assert user["content"].endswith(seed().document.text)
    assert (request["model"], request["temperature"]) == ("large", 0)
    assert request["response_format"]["json_schema"]["schema"] == strict_schema()
    assert stub.keys == ["Bearer secret"]


def test_without_a_name_the_only_model_is_asked(opened: Callable[..., LanguageModel]) -> None:
    with serving(gold) as stub:
        annotated(opened(stub.url, None), seed())
    assert stub.requests[0]["model"] == "small"
    with serving(gold, models=("a", "b")) as stub, pytest.raises(NotFoundError, match="a, b"):
        opened(stub.url, None)
    with serving(gold, models=()) as stub, pytest.raises(NotFoundError, match="0 models"):
        opened(stub.url, None)


@pytest.mark.parametrize("understood", ["json_object", None])
def test_a_server_is_held_to_what_it_can(
    understood: str | None, opened: Callable[..., LanguageModel]
) -> None:
    def say(request: dict[str, Any]) -> str | tuple[int, str]:
        form = request.get("response_format", {}).get("type")
        if form != understood:
            return refusal("response_format is not supported")
        return f"Here it is:\n```json\n{gold(request)}\n```" if form is None else gold(request)

    with serving(say) as stub:
        model = opened(stub.url, None)
        found = annotated(model, *corpus()[:3])
    assert all(made.mentions for made in found)
    assert model.remarks() == []
    tried = [request.get("response_format", {}).get("type") for request in stub.requests]
    assert tried[-3:] == [understood] * 3
    assert len(tried) == (4 if understood else 5)


def test_a_server_may_set_the_temperature_itself(opened: Callable[..., LanguageModel]) -> None:
    def say(request: dict[str, Any]) -> str | tuple[int, str]:
        wrong = "temperature" in request
        return refusal("Unsupported value: 'temperature'") if wrong else gold(request)

    with serving(say) as stub:
        found = annotated(opened(stub.url, None), *corpus()[:2])
    assert all(made.mentions for made in found)
    assert [len(stub.requests), "response_format" in stub.requests[-1]] == [3, True]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("I cannot do that.", "no answer in JSON"),
        ("", "no answer in JSON"),
        ('{"actors": 3}', "no answer in JSON"),
        ('{"quotes": []}', "no answer in JSON"),
        ('{"actors":[{"id":"a","name":"\\ud800","kind":"person"}]}', "no answer in JSON"),
        ("[" * 100_000 + '{"a":' * 100_000, "no answer in JSON"),
        ((200, completion('{"actors":[', finish="length")), "cut off"),
        ((200, completion(None, finish="content_filter")), "refused"),
        (refusal("this text is too long"), "this text is too long"),
    ],
)
def test_a_useless_reply_costs_one_document(
    said: str | tuple[int, str], reason: str, opened: Callable[..., LanguageModel]
) -> None:
    first, second = corpus()[:2]

    def say(request: dict[str, Any]) -> str | tuple[int, str]:
        return said if asked(request) == first.document.text else gold(request)

    with serving(say) as stub:
        model = opened(stub.url, None)
        empty, full = annotated(model, first, second)
    assert empty == Article(first.document)
    assert len(full.mentions) == len(second.mentions)
    (remark,) = model.remarks()
    assert remark.startswith("1 of 2 documents")
    assert reason in remark
    assert stub.requests[-1]["response_format"]["type"] == "json_schema"


def test_strings_that_are_not_in_the_text_are_remarked_on(
    opened: Callable[..., LanguageModel],
) -> None:
    made = article("Bo said it rains.")
    said = {
        "actors": [{"id": "bo", "name": "Bo", "kind": "person", "sure": True}],
        "mentions": [
            {"exact": exact, "actor": "bo", "form": "name"} for exact in ("Bo", "Bo", "Beau")
        ],
        "quotes": [
            {"id": "q1", "content": ["it rains"], "cue": ["said"], "speakers": ["bo"],
             "addressees": [], "form": "indirect", "within": None}
        ],
        "claims": [],
    }  # fmt: skip
    with serving(lambda _: json.dumps(said)) as stub:
        model = opened(stub.url, None)
        (found,) = annotated(model, made)
    assert [mention.exact for mention in found.mentions] == ["Bo"]
    assert found.quotes[0].speakers == (found.mentions[0].id,)
    assert model.remarks() == ["not in the text, or unknown: mention 2 of 3 (66.7%)"]


def test_a_fault_that_passes_is_waited_out(opened: Callable[..., LanguageModel]) -> None:
    faults = [(500, "{}"), (429, "{}")]

    def say(request: dict[str, Any]) -> str | tuple[int, str]:
        return faults.pop() if faults else gold(request)

    with serving(say) as stub:
        (found,) = annotated(opened(stub.url, None), seed())
    assert found.mentions
    assert len(stub.requests) == 3


@pytest.mark.parametrize(
    "said",
    [(500, "{}"), (401, '{"error":{"message":"no\\nkey"}}'), (404, ""), (200, "{}"), (200, "<p>")],
)
def test_a_server_at_fault_is_told_in_one_line(
    said: tuple[int, str], opened: Callable[..., LanguageModel]
) -> None:
    with serving(lambda _: said) as stub:
        model = opened(stub.url, None)
        with pytest.raises(ServerError) as caught:
            annotated(model, seed())
    assert stub.url in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_no_server_is_told_in_one_line(scheme: str, opened: Callable[..., LanguageModel]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ServerError, match="cannot reach"):
        opened(f"{scheme}://127.0.0.1:{port}/v1", None)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        '<think>{{"actors": []}} or {{"actors": 1}}?</think>Done: {} {{not JSON}}',
        '{{"note": 1}} {}',
    ],
)
def test_an_answer_is_read_whatever_stands_around_it(around: str) -> None:
    for said in GOLD.values():
        found = read(around.format(said))
        assert found is not None
        assert encoded(found) == said


def strict(made: Any, schema: Any) -> Any:
    """A value as a server in strict mode gives it: nothing left out."""
    if isinstance(made, list):
        return [strict(item, schema["items"]) for item in made]
    if isinstance(made, dict):
        return {
            name: strict(made[name], field) if name in made
            else [] if field["type"] == "array" else None
            for name, field in schema["properties"].items()
        }  # fmt: skip
    return made


def test_the_strict_schema_takes_the_same_answers() -> None:
    valid = jsonschema.Draft202012Validator(strict_schema())
    for said in GOLD.values():
        full = strict(json.loads(said), strict_schema())
        valid.validate(full)
        jsonschema.Draft202012Validator(answer_schema()).validate(json.loads(said))
        found = read(json.dumps(full))
        assert found is not None
        assert encoded(found) == said
    assert not valid.is_valid({"actors": []})


def test_every_object_of_the_strict_schema_is_closed() -> None:
    def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "properties" in schema:
            yield schema
        inner = schema.get("properties", {}).values()
        for field in (*inner, *([schema["items"]] if "items" in schema else [])):
            yield from objects(field)

    found = list(objects(strict_schema()))
    assert len(found) == 5
    for schema in found:
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])
