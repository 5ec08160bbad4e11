"""Fetching the providers' documents: the one place that opens a network connection, and only when asked by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.engine.drift import file_name, text_of_html
from tosguard.errors import UsageError

if TYPE_CHECKING:
    import httpx

#: Terms are text; what is larger is something else.
MAX_BYTES = 8 * 1024 * 1024
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one document: the file it was written to, or why it was not."""

    provider: str
    url: str
    path: Path | None
    reason: str = ""


def fetch(
    documents: Iterable[tuple[str, str]], directory: Path, write: Callable[[Path, str], None]
) -> Iterator[Fetched]:
    """Download documents one after the other, as text.

    Args:
        documents: (provider, URL) pairs.
        directory: where they go, a folder a provider.
        write: writes a file whole or not at all.

    Yields:
        What became of each, in order; one that cannot be had does not end the run.

    Raises:
        UsageError: httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise UsageError(
            "documents cannot be fetched", why="httpx is not installed", next_step="install tosguard[policy]"
        ) from None
    with httpx.Client(follow_redirects=True, timeout=_TIMEOUT, headers={"User-Agent": "tosguard"}) as client:
        for provider, url in documents:
            text, reason = _text(client, url)
            if text is None:
                yield Fetched(provider, url, None, reason)
                continue
            path = directory / provider / file_name(url)
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, text)
            yield Fetched(provider, url, path)


def _text(client: httpx.Client, url: str) -> tuple[str | None, str]:
    """The text of a document, or None and why not."""
    import httpx

    if not url.startswith(("https://", "http://")):
        return None, "not a web address"
    try:
        with client.stream("GET", url) as response:
            if response.status_code != 200:
                return None, f"status {response.status_code}"
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind and not (kind.startswith("text/") or kind == "application/xhtml+xml"):
                return None, f"{kind} is no text"
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    return None, f"longer than {MAX_BYTES // 1024 // 1024} MiB"
            encoding = response.charset_encoding or "utf-8"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return None, str(error) or type(error).__name__
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return (text if kind in ("text/plain", "text/markdown") else text_of_html(text)), ""
