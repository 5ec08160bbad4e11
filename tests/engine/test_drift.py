from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tosguard.engine.drift import FOUND, GONE, UNREAD, file_name, look_up, normal, text_of_html, urls_of
from tosguard.engine.fetching import MAX_BYTES, fetch
from tosguard.policy.judgement import Clause
from tosguard.policy.model import Pack, PackClause

PAGE = """<html><head><title>t</title><script>develop competing models</script></head>
<body><h1>Terms</h1><p>You may not use Output to <b>develop</b>
&ldquo;competing&rdquo;&nbsp;models.</p></body></html>"""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages = {
            "/terms": (200, "text/html; charset=utf-8", PAGE.encode()),
            "/plain": (200, "text/plain", b"Scraping is not allowed."),
            "/pdf": (200, "application/pdf", b"%PDF"),
            "/huge": (200, "text/plain", b"x" * (MAX_BYTES + 1)),
        }
        status, kind, body = pages.get(self.path, (404, "text/html", b""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def pack(**anchors: tuple[str, str]) -> Pack:
    clauses = {
        f"p.{name}": PackClause(
            Clause(f"p.{name}", "terms", "2025-01-01", "1", url, "in our words", anchor=anchor), "forbids", ()
        )
        for name, (url, anchor) in anchors.items()
    }
    return Pack("p", "P", "api", "2025-01-01", "", (), clauses, ())


def test_documents_are_fetched_as_text_and_compared(server: str, tmp_path: Path) -> None:
    known = pack(
        a=(f"{server}/terms", "develop 'competing' models"),
        b=(f"{server}/terms", "resell the service"),
        c=(f"{server}/plain", "Scraping is not allowed"),
        d=(f"{server}/missing", "whatever stood there"),
        e=("", "no document"),
    )
    results = list(fetch(urls_of([known]), tmp_path, lambda path, text: path.write_text(text) and None))
    assert {result.url.rpartition("/")[2]: result.reason for result in results} == {
        "terms": "",
        "plain": "",
        "missing": "status 404",
    }
    states = {anchor.clause: anchor.state for anchor in look_up([known], tmp_path)}
    assert states == {"p.a": FOUND, "p.b": GONE, "p.c": FOUND, "p.d": UNREAD}


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("/pdf", "application/pdf is no text"),
        ("/huge", "longer than 8 MiB"),
        ("file:///etc/hostname", "not a web address"),
        ("http://127.0.0.1:1/", "Connection refused"),
    ],
)
def test_what_cannot_be_had_is_said(server: str, tmp_path: Path, page: str, reason: str) -> None:
    url = page if "://" in page or page.startswith("file:") else server + page
    (result,) = fetch([("p", url)], tmp_path, lambda *_: None)
    assert result.path is None
    assert reason in result.reason


def test_layout_quotes_and_dashes_do_not_count() -> None:
    assert normal("“No\u00a0re\u2010sale”\n  at — all") == "no re sale at all"


def test_scripts_and_heads_are_not_text() -> None:
    assert text_of_html(PAGE).splitlines()[0] == "Terms"
    assert "script" not in text_of_html(PAGE)


def test_file_names_are_readable_and_apart() -> None:
    one, other = file_name("https://x.example/a?b=1"), file_name("https://x.example/a?b=2")
    assert one.startswith("x-example-a-b-1-")
    assert one != other
