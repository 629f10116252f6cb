"""A server that speaks as far as needed as OpenAI's does, on a free port of this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Said = str | tuple[int, str]
"""What the model says, or a status and the bytes of the response as they are."""


class Stub:
    """Where the server is, and what it was asked."""

    def __init__(self, say: Callable[[dict[str, Any]], Said], models: tuple[str, ...]) -> None:
        self.url = ""
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self._say = say
        self._models = models

    def models(self) -> str:
        return json.dumps({"object": "list", "data": [{"id": name} for name in self._models]})

    def completion(self, request: dict[str, Any]) -> tuple[int, str]:
        self.requests.append(request)
        said = self._say(request)
        return said if isinstance(said, tuple) else (200, completion(said))


def completion(content: str | None, *, finish: str = "stop") -> str:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": finish, "message": message}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]})


def refusal(message: str) -> tuple[int, str]:
    return 400, json.dumps({"error": {"message": message, "type": "invalid_request_error"}})


@contextmanager
def serving(
    say: Callable[[dict[str, Any]], Said], *, models: tuple[str, ...] = ("small",)
) -> Iterator[Stub]:
    """A server whose model says what `say` makes of each request."""
    stub = Stub(say, models)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond(200, stub.models())

        def do_POST(self) -> None:
            stub.keys.append(self.headers["Authorization"])
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._respond(*stub.completion(json.loads(body)))

        def _respond(self, status: int, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
