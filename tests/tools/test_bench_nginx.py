"""docs/nginx.conf does what docs/operations.md says: nginx runs it here, beside the embedded front."""

import gzip
import http.client
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shonglap.base.pictures import LARGEST_FILE
from shonglap.config.front import Front
from shonglap.config.front_files import Folder, keep_public, keep_static
from shonglap.feed.viewers import Viewers
from tests.config.asking import Answer, ask
from tests.config.contents import Django
from tools.bench.loading import nginx
from tools.bench.loading.servers import free_port

SITE, LIVEKIT = "shonglap.example.gov.bd", "livekit.example.gov.bd"
FILES = {
    "public/roads/feed/5.json": b'{"version":1}',
    "public/roads/feed/state-1.json": b"{}",
    "public/roads/feed/head.json": b'{"tick":5}',
    "public/roads/hls/720p/7.ts": bytes(range(100)),
    "public/roads/hls/master.m3u8": b"#EXTM3U\n" * 100,
    "public/roads/hls/720p/index.m3u8": b"#EXTM3U\n",
    "public/roads/chapters/chapters.bn.vtt": "WEBVTT সংলাপ".encode() * 50,
    "public/roads/chapters/chapters.json": b"{}",
    "public/roads/recording.mp4": bytes(5000),
    "public/roads/pictures/vj4f766ubukz.jpg": b"a picture",
    "public/roads/poster.jpg": b"a picture",
    "static/assets/watch-BYmUZi8j.js": b"let a = 1;" * 100,
    "static/assets/main-vF_GJBw_.css": b"a {}",
    "static/account/js/account.js": b"1",
}
PRIVATE = {
    "public/roads/feed/5.json.gz",
    "public/roads/feed/.6.json.ab12cd.new",
    "public/roads/.git/config.json",
    "public/roads/hls/segments.jsonl",
    "public/roads/index.html",
    "private/pictures/vj4f766ubukz.jpg",
    "static/.setup",
    "env",
    "secret.json",
    "shonglap.sqlite3",
}
LINKS = {"public/roads/feed/link.json", "public/roads/other/secret.json"}
SAID = ("content-type", "cache-control", "x-content-type-options", "vary", "content-encoding")


@dataclass
class Web:
    """Stands where the web process stands, and remembers what came to it."""

    port: int
    heads: list[dict[str, str]] = field(default_factory=list)
    paths: Counter[str] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)


@pytest.fixture
def web() -> Iterator[Web]:
    told = Web(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.heads.append({name.lower(): value for name, value in self.headers.items()})
            told.paths[self.path] += 1
            told.sizes.append(len(self.rfile.read(int(self.headers.get("Content-Length", 0)))))
            body = b"<p>a page</p>" * 100
            self.send_response(404 if self.path == "/en/nothing/" else 200)
            kept = "public, max-age=60" if "everybody" in self.path else "private, no-store"
            for name, value in {"Content-Type": "text/html; charset=utf-8", "Cache-Control": kept}.items():
                self.send_header(name, value)
            if "cookie" in self.path:
                self.send_header("Set-Cookie", "sessionid=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - its name in the library

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    tmp_path.chmod(0o755)
    data = tmp_path / "data"
    packed = {"public/roads/feed/5.json.gz": gzip.compress(FILES["public/roads/feed/5.json"])}
    for name, content in {**dict.fromkeys(PRIVATE, b"secret"), **FILES, **packed}.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(content)
    (data / "public/roads/feed/link.json").symlink_to(data / "secret.json")
    (data / "public/roads/other").symlink_to(data)
    return data


@dataclass(frozen=True)
class Served:
    port: int
    folder: Path

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> "Told":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {"Host": SITE} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        told = Told(answer.status, found, answer.read())
        connection.close()
        return told


@dataclass(frozen=True)
class Told:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def served(data: Path, web: Web, tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx.serving(folder, data, web.port) as (port, _process):
        yield Served(port, folder)


@pytest.fixture
def front(data: Path) -> Front:
    public = Folder("/public/", [data / "public"], keep_public)
    static = Folder("/static/", [data / "static"], keep_static)
    return Front(Django(), [public, static], Viewers(data / "run", "1"))


def said(answer: Answer | Told) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name in SAID}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_each_file_is_told_as_the_embedded_front_tells_it(
    served: Served, front: Front, name: str, accepted: str
) -> None:
    by_nginx = served.ask(f"/{name}", accept_encoding=accepted)
    by_front = ask(front, f"/{name}", accept_encoding=accepted)
    assert by_nginx.status == by_front.status == 200
    told, expected = said(by_nginx), said(by_front)
    if len(FILES[name]) < 500 and "feed/5" not in name:  # nginx does not pack what is nearly empty
        for words in (told, expected):
            words.pop("content-encoding", None)
            words.pop("vary", None)
    assert told == expected
    packed = by_nginx.headers.get("content-encoding") == "gzip"
    assert (gzip.decompress(by_nginx.body) if packed else by_nginx.body) == FILES[name]


@pytest.mark.parametrize("name", sorted(PRIVATE | LINKS))
def test_nothing_else_is_given_away(served: Served, web: Web, name: str) -> None:
    answer = served.ask(f"/{name}")
    if name.startswith(("public/", "static/")):
        assert answer.status == 404
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not web.paths
    else:
        assert web.paths == {f"/{name}": 1}  # the application's to refuse
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/public/", "/public/roads/feed/", "/static/", "/static/assets/", "/public/roads/feed/6.json",
        "/public/../env", "/public/%2e%2e/env", "/public/..%2fenv", "/static../env", "/public//../env",
        "/public/roads/feed/%2e6.json.ab12cd.new",
    ],
)  # fmt: skip
def test_no_folder_is_listed_and_none_is_left(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert b"secret" not in answer.body
    assert b"5.json" not in answer.body
    if path.startswith(("/public/roads", "/static/")) or path in ("/public/", "/public/roads/feed/"):
        assert answer.status == 404


def test_a_file_is_read_only_and_in_ranges(served: Served) -> None:
    assert served.ask("/public/roads/feed/5.json", "POST", b"x").status == 405
    part = served.ask("/public/roads/recording.mp4", range="bytes=10-19")
    assert (part.status, part.headers["content-range"]) == (206, "bytes 10-19/5000")
    known = served.ask("/public/roads/feed/head.json").headers["etag"]
    assert served.ask("/public/roads/feed/head.json", if_none_match=known).status == 304


def test_a_tick_is_there_the_moment_it_is_written(served: Served, data: Path) -> None:
    assert served.ask("/public/roads/feed/6.json").status == 404
    (data / "public/roads/feed/6.json").write_bytes(b"{}")
    assert served.ask("/public/roads/feed/6.json").status == 200
    head = data / "public/roads/feed/head.json"
    for number in (6, 7):
        (data / "new").write_bytes(b'{"tick":%d}' % number)
        (data / "new").replace(head)
        assert served.ask("/public/roads/feed/head.json").body == b'{"tick":%d}' % number


def test_the_application_hears_who_asked(served: Served, web: Web) -> None:
    answer = served.ask("/en/", x_forwarded_for="192.0.2.66", x_forwarded_proto="https")
    assert answer.status == 200
    head = web.heads[0]
    assert (head["x-forwarded-for"], head["host"], head["x-forwarded-proto"]) == ("127.0.0.1", SITE, "http")
    served.ask("/en/similar.json?text=my+own+words")
    served.ask("/en/last/")
    log = written(served.folder / "shonglap.log", "/en/last/")
    assert "GET /en/similar.json" in log
    assert "own" not in log
    assert "127.0.0.1" not in log


def written(log: Path, awaited: str) -> str:
    """nginx writes a line when the answer is on its way already."""
    until = time.monotonic() + 5
    while awaited not in (text := log.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    return text


def test_two_large_pictures_pass_and_no_more(served: Served, web: Web) -> None:
    assert served.ask("/en/ask/", "POST", bytes(2 * LARGEST_FILE + 100_000)).status == 200
    assert web.sizes == [2 * LARGEST_FILE + 100_000]
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.putrequest("POST", "/en/ask/", skip_host=True)
    connection.putheader("Host", SITE)
    connection.putheader("Content-Length", "21000000")
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_a_crowd_that_opens_one_page_asks_the_application_once(served: Served, web: Web) -> None:
    for _ in range(5):
        page = served.ask("/en/everybody/", accept_encoding="gzip")
    assert (page.status, page.headers.get("content-encoding")) == (
        200,
        None,
    )  # packing it is for web to decide
    for path in ("/en/mine/", "/en/everybody/cookie/", "/en/everybody/?page=2", "/en/everybody/?page=3"):
        for _ in range(2):
            served.ask(path, cookie="sessionid=2")
    assert web.paths["/en/everybody/"] == 1
    assert web.paths["/en/mine/"] == web.paths["/en/everybody/cookie/"] == 2
    assert web.paths["/en/everybody/?page=2"] == web.paths["/en/everybody/?page=3"] == 1


def test_a_refusal_of_the_application_is_its_own(served: Served) -> None:
    answer = served.ask("/en/nothing/")
    assert (answer.status, answer.body[:8]) == (404, b"<p>a pag")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_only_signalling_reaches_the_conference_server(served: Served) -> None:
    assert served.ask("/twirp/livekit.RoomService/ListRooms", "POST", b"{}", Host=LIVEKIT).status == 404
    assert served.ask("/", Host=LIVEKIT).status == 404
    assert served.ask("/rtc/v1/validate", Host=LIVEKIT).status == 502  # passed on; nobody is there


def test_the_file_as_it_stands_is_well_with_certificates(tmp_path: Path, data: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    site = nginx.placed(nginx.TEMPLATE.read_text(), tmp_path, data, 9)
    site = nginx.replaced(site, r"/etc/ssl/\w+\.pem", str(certificate))
    site = nginx.replaced(site, r"/etc/ssl/\w+\.key", str(key))
    site = nginx.replaced(site, r"listen \[::\]:.*", "")
    site = nginx.replaced(site, r"listen 443", f"listen 127.0.0.1:{free_port()}")
    site = nginx.replaced(site, r"listen 80;", f"listen 127.0.0.1:{free_port()};")
    assert nginx.judged(nginx.written(tmp_path, site)) == ""


def test_what_is_replaced_must_be_there() -> None:
    with pytest.raises(ValueError, match="no listen 8080"):
        nginx.replaced(nginx.TEMPLATE.read_text(), "listen 8080", "")
