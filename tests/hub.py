"""A stand-in for the Hugging Face Hub on this machine, which keeps datasets by commit in memory.

It speaks as much of the Hub's API as `huggingface_hub` needs to publish a dataset over plain HTTP
(LFS, not Xet), and `datasets` to load it. What it does not know it notes in `unknown`: also the
requests for other hosts, when it is set as the proxy.
"""

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_stand_in"
NAME = r"(?P<name>[^/]+/[^/]+)"

Files = dict[str, bytes]


class RefusalError(Exception):
    """An answer that is an error; `code` is what the Hub calls it."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class BrokenError(Exception):
    """The connection is to end without an answer."""


@dataclass
class Commit:
    """One commit: its message, and all files of its tree."""

    oid: str
    message: str
    files: Files


@dataclass
class Repository:
    """A dataset; the last commit is the head of `main`."""

    name: str
    private: bool
    commits: list[Commit] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> Commit:
        return self.commits[-1]

    def add(self, message: str, files: Files) -> Commit:
        seed = f"{self.name} {len(self.commits)} {message}".encode()
        commit = Commit(hashlib.sha1(seed).hexdigest(), message, files)
        self.commits.append(commit)
        return commit

    def at(self, revision: str) -> Commit:
        oid = self.tags.get(revision, revision)
        if revision == "main":
            return self.head
        for commit in self.commits:
            if commit.oid == oid:
                return commit
        raise RefusalError(404, f"Invalid rev id: {revision}", "RevisionNotFound")


@dataclass
class Asked:
    """One request; `parts` are the named groups of its route, unquoted."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Any
    body: bytes
    parts: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What is sent back."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = tuple[str, re.Pattern[str], "Callable[[Hub, Asked], Answer]"]
ROUTES: list[Route] = []


def route(method: str, path: str) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        ROUTES.append((method, re.compile(path), function))
        return function

    return add


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})


def is_large(path: str) -> bool:
    """What `.gitattributes` of a new dataset gives to LFS."""
    return path.endswith(".parquet")


def entry(path: str, data: bytes) -> dict[str, Any]:
    """A file, as a listing shows it."""
    sha256 = hashlib.sha256(data).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {len(data)}\n"
    blob = pointer.encode() if is_large(path) else data
    oid = hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()
    shown = {"type": "file", "path": path, "size": len(data), "oid": oid}
    if is_large(path):
        shown["lfs"] = {"oid": sha256, "size": len(data), "pointerSize": len(blob)}
    return shown


def folder(path: str) -> dict[str, Any]:
    """A folder, as a listing shows it."""
    return {"type": "directory", "path": path, "size": 0, "oid": "0" * 40}


def is_folder(path: str, commit: Commit) -> bool:
    return any(name.startswith(f"{path}/") for name in commit.files)


class Hub:
    """The stand-in and all it holds; `upset` maps the name of a route's function to what it does.

    An upset route answers with that status, hangs (`stall`), or breaks the connection before
    (`break`; `hiccup`: once) or after (`lose`) it has done its work.
    """

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.objects: dict[str, bytes] = {}
        self.upset: dict[str, int | str] = {}
        self.asked: list[str] = []
        self.unknown: list[str] = []
        self.stalled = threading.Event()
        self.over = threading.Event()
        self.server = Server(("127.0.0.1", 0), handler(self))
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def reset(self) -> None:
        """Forget everything, as if new."""
        for kept in (self.repositories, self.objects, self.upset, self.asked, self.unknown):
            kept.clear()
        self.stalled.clear()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def repository(self, name: str) -> Repository:
        if name not in self.repositories:
            raise RefusalError(404, "Repository not found", "RepoNotFound")
        return self.repositories[name]

    def called(self, name: str) -> int:
        """How often the route with this function was asked."""
        return self.asked.count(name)

    def answer(self, asked: Asked) -> Answer:
        for method, pattern, function in ROUTES:
            if method == asked.method and (found := pattern.fullmatch(asked.path)):
                parts = found.groupdict().items()
                asked.parts = {key: unquote(value) for key, value in parts if value is not None}
                return self._routed(function, asked)
        self.unknown.append(f"{asked.method} {asked.path}")
        raise RefusalError(404, "unknown path")

    def _routed(self, function: Any, asked: Asked) -> Answer:
        self.asked.append(function.__name__)
        token = asked.headers.get("Authorization")
        if token not in (None, f"Bearer {TOKEN}"):
            raise RefusalError(401, "Invalid username or password.")
        match self.upset.get(function.__name__):
            case int(status):
                raise RefusalError(status, "zu viel Ärger\nim Hafen")
            case "stall":
                self.stalled.set()
                self.over.wait(30)
                raise BrokenError
            case "break":
                raise BrokenError
            case "hiccup":
                del self.upset[function.__name__]
                raise BrokenError
            case "lose":
                function(self, asked)
                raise BrokenError
        answer: Answer = function(self, asked)
        return answer


def writing(asked: Asked) -> None:
    if asked.headers.get("Authorization") is None:
        raise RefusalError(401, "Invalid username or password.")


@route("POST", "/api/repos/create")
def create(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    name = f"{asked.json['organization']}/{asked.json['name']}"
    url = {"url": f"{hub.address}/datasets/{name}"}
    if name in hub.repositories:
        return as_json({"error": "You already created this dataset repo", **url}, 409)
    private = asked.json.get("visibility") == "private" or asked.json.get("private") is True
    repository = hub.repositories[name] = Repository(name, private)
    repository.add("initial commit", {".gitattributes": b"*.parquet filter=lfs\n"})
    return as_json(url)


@route("POST", "/api/validate-yaml")
def validate(hub: Hub, asked: Asked) -> Answer:
    return as_json({"errors": [], "warnings": []})


@route("GET", f"/api/datasets/{NAME}(/revision/(?P<revision>.+))?")
def info(hub: Hub, asked: Asked) -> Answer:
    repository = hub.repository(asked.parts["name"])
    commit = repository.at(asked.parts.get("revision", "main"))
    siblings = [{"rfilename": path} for path in commit.files]
    shown = {"id": repository.name, "sha": commit.oid, "private": repository.private}
    return as_json({**shown, "tags": [], "gated": False, "siblings": siblings})


@route("GET", f"/api/datasets/{NAME}/tree/(?P<revision>[^/]+)(/(?P<folder>.+))?")
def tree(hub: Hub, asked: Asked) -> Answer:
    commit = hub.repository(asked.parts["name"]).at(asked.parts["revision"])
    start = f"{asked.parts['folder']}/" if "folder" in asked.parts else ""
    shown = {}
    for path, data in commit.files.items():
        if path.startswith(start):
            shown[path] = entry(path, data)
            parents = [str(parent) for parent in PurePosixPath(path).parents]
            shown |= {name: folder(name) for name in parents if len(name) > len(start)}
    if not shown:
        raise RefusalError(404, "no such folder", "EntryNotFound")
    if asked.query.get("recursive", ["false"])[0].lower() != "true":
        shown = {path: found for path, found in shown.items() if "/" not in path[len(start) :]}
    return as_json([shown[path] for path in sorted(shown) if path != "."])


@route("POST", f"/api/datasets/{NAME}/paths-info/(?P<revision>[^/]+)")
def paths_info(hub: Hub, asked: Asked) -> Answer:
    commit = hub.repository(asked.parts["name"]).at(asked.parts["revision"])
    form = asked.headers.get("Content-Type", "")
    wanted = asked.json["paths"] if "json" in form else parse_qs(asked.body.decode())["paths"]
    found = [entry(path, commit.files[path]) for path in wanted if path in commit.files]
    found += [folder(path) for path in wanted if is_folder(path, commit)]
    return as_json(found)


@route("POST", f"/api/datasets/{NAME}/preupload/(?P<revision>[^/]+)")
def preupload(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    commit = hub.repository(asked.parts["name"]).at(asked.parts["revision"])
    files = []
    for file in asked.json["files"]:
        mode = "lfs" if is_large(file["path"]) else "regular"
        shown = {"path": file["path"], "uploadMode": mode, "shouldIgnore": False}
        if file["path"] in commit.files:
            found = entry(file["path"], commit.files[file["path"]])
            shown["oid"] = found["lfs"]["oid"] if "lfs" in found else found["oid"]
        files.append(shown)
    return as_json({"files": files})


@route("POST", rf"/datasets/{NAME}\.git/info/lfs/objects/batch")
def batch(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    objects = []
    for wanted in asked.json["objects"]:
        actions = {
            "upload": {"href": f"{hub.address}/objects/{wanted['oid']}"},
            "verify": {"href": f"{hub.address}/objects/{wanted['oid']}/verify"},
        }
        known = wanted["oid"] in hub.objects
        objects.append({**wanted, **({} if known else {"actions": actions})})
    return as_json({"transfer": "basic", "objects": objects})


@route("PUT", "/objects/(?P<oid>[0-9a-f]{64})")
def upload(hub: Hub, asked: Asked) -> Answer:
    if hashlib.sha256(asked.body).hexdigest() != asked.parts["oid"]:
        raise RefusalError(400, "these are other bytes")
    hub.objects[asked.parts["oid"]] = asked.body
    return Answer()


@route("POST", "/objects/(?P<oid>[0-9a-f]{64})/verify")
def verify(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    if len(hub.objects[asked.parts["oid"]]) != asked.json["size"]:
        raise RefusalError(422, "another size")
    return as_json({})


@route("POST", f"/api/datasets/{NAME}/commit/(?P<revision>[^/]+)")
def commit(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    repository = hub.repository(asked.parts["name"])
    lines = [json.loads(line) for line in asked.body.splitlines()]
    header = next(line["value"] for line in lines if line["key"] == "header")
    if header.get("parentCommit", repository.head.oid) != repository.head.oid:
        raise RefusalError(412, "A commit has happened since. Please refresh and try again.")
    files = dict(repository.head.files)
    for line in lines:
        match line:
            case {"key": "file", "value": {"path": path, "content": content}}:
                files[path] = base64.b64decode(content)
            case {"key": "lfsFile", "value": {"path": path, "oid": oid}}:
                files[path] = hub.objects[oid]
            case {"key": "deletedFile", "value": {"path": path}}:
                del files[path]
    made = repository.add(header["summary"], files)
    url = f"{hub.address}/datasets/{repository.name}/commit/{made.oid}"
    return as_json({"success": True, "commitOid": made.oid, "commitUrl": url})


@route("POST", f"/api/datasets/{NAME}/tag/(?P<revision>[^/]+)")
def tag(hub: Hub, asked: Asked) -> Answer:
    writing(asked)
    repository = hub.repository(asked.parts["name"])
    if asked.json["tag"] in repository.tags:
        raise RefusalError(409, "Tag reference exists already")
    repository.tags[asked.json["tag"]] = repository.at(asked.parts["revision"]).oid
    return Answer()


def resolved(hub: Hub, asked: Asked) -> Answer:
    commit = hub.repository(asked.parts["name"]).at(asked.parts["revision"])
    headers = {"X-Repo-Commit": commit.oid}
    data = commit.files.get(asked.parts["file"])
    if data is None:
        raise RefusalError(404, "Entry not found", "EntryNotFound")
    found = entry(asked.parts["file"], data)
    if "lfs" not in found:
        return Answer(data, 200, {**headers, "ETag": f'"{found["oid"]}"'})
    sha256 = found["lfs"]["oid"]
    headers |= {"X-Linked-Etag": f'"{sha256}"', "X-Linked-Size": str(len(data))}
    # Large files lie on another host, where the token must not go.
    other = hub.address.replace("127.0.0.1", "localhost")
    return Answer(b"", 302, {**headers, "Location": f"{other}/objects/{sha256}"})


@route("HEAD", f"/datasets/{NAME}/resolve/(?P<revision>[^/]+)/(?P<file>.+)")
def head(hub: Hub, asked: Asked) -> Answer:
    return resolved(hub, asked)


@route("GET", f"/datasets/{NAME}/resolve/(?P<revision>[^/]+)/(?P<file>.+)")
def get(hub: Hub, asked: Asked) -> Answer:
    return resolved(hub, asked)


@route("GET", "/objects/(?P<oid>[0-9a-f]{64})")
def download(hub: Hub, asked: Asked) -> Answer:
    if asked.headers.get("Authorization"):
        raise RefusalError(400, "the token is told to another host")
    data = hub.objects[asked.parts["oid"]]
    etag = {"ETag": f'"{asked.parts["oid"]}"'}
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", asked.headers.get("Range", ""))
    if not wanted:
        return Answer(data, 200, etag)
    start, end = int(wanted[1]), min(int(wanted[2] or len(data) - 1), len(data) - 1)
    return Answer(
        data[start : end + 1],
        206,
        {**etag, "Content-Range": f"bytes {start}-{end}/{len(data)}"},
    )


@route("GET", r"http://datasets-server\.127\.0\.0\.1:\d+/info\?.*")
def viewer(hub: Hub, asked: Asked) -> Answer:
    """The dataset viewer, asked through the proxy; it has not looked at anything yet."""
    raise RefusalError(404, "not ready")


@route("GET", "/api/agent-harnesses")
def harnesses(hub: Hub, asked: Asked) -> Answer:
    return as_json({"standardEnvVars": [], "harnesses": {}})


class Server(ThreadingHTTPServer):
    """Quiet about connections that break, and waiting for none at its end."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = b"".join(self._body())
            url = urlsplit(self.path)
            # To a proxy the whole address is given, or a host to connect to.
            path = url.path if self.path.startswith("/") else self.path
            asked = Asked(self.command, path, parse_qs(url.query), self.headers, body, {})
            try:
                answer = hub.answer(asked)
            except BrokenError:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            except RefusalError as refusal:
                answer = as_json({"error": str(refusal)}, refusal.status)
                if refusal.code:
                    answer.headers["X-Error-Code"] = refusal.code
            self._send(answer)

        def _body(self) -> Iterator[bytes]:
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                yield self.rfile.read(int(self.headers.get("Content-Length") or 0))
                return
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT"):
        setattr(Handler, f"do_{method}", Handler._handle)
    return Handler
