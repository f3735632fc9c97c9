"""Translate through a LibreTranslate server, of one's own or elsewhere."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException

from indexer.errors import ArchiveError
from translations.engines import Draft

_AT_ONCE = 2_000  # characters to a request: servers limit them, and answer small ones soon
_TIMEOUT = 120
_MOST_BYTES = 10 << 20  # of one answer


class ServerProblem(ArchiveError):
    """Say that a translation server did not answer as it should."""


class LibreTranslate:
    """Translate with the server at an http or https URL; ``key`` where the server asks for one."""

    def __init__(self, url: str, key: str | None = None) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ServerProblem(f"{url!r} is no address of a server; write http://HOST:PORT.")
        self._url = url.rstrip("/")
        self._host = parts.netloc.rpartition("@")[2]
        self._key = key

    @property
    def name(self) -> str:
        """Return the identity, as ``libretranslate localhost:5000``."""
        return f"libretranslate {self._host}"

    @property
    def label(self) -> str:
        """Return what a reader is told."""
        return f"LibreTranslate at {self._host}"

    def careful(self) -> None:
        """Return None: the server has one way."""

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        """Translate sentences, several to a request. Raises ServerProblem."""
        return [Draft(text) for batch in _batches(sentences) for text in self._ask(batch)]

    def _ask(self, sentences: list[str]) -> list[str]:
        question = {"q": sentences, "source": "zh", "target": "en", "format": "text"}
        if self._key:
            question["api_key"] = self._key
        answer = self._post(json.dumps(question).encode())
        texts = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise ServerProblem(f"The server {self._host} answered something else than a list.")
        if len(texts) != len(sentences):
            raise ServerProblem(
                f"The server {self._host} answered {len(texts)} of {len(sentences)} sentences."
            )
        return texts

    def _post(self, body: bytes) -> object:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}/translate", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                answer: object = json.loads(response.read(_MOST_BYTES))
                return answer
        except urllib.error.HTTPError as error:
            raise ServerProblem(f"The server {self._host} refused: {_reason(error)}.") from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise ServerProblem(
                f"The server {self._host} cannot be reached ({reason}); is it running there?"
            ) from error
        except ValueError as error:
            raise ServerProblem(f"The server {self._host} did not answer in JSON.") from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        said = json.loads(error.read(_MOST_BYTES))["error"]
    except (ValueError, KeyError, TypeError):
        said = error.reason
    return f"{error.code} {said}"


def _batches(sentences: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    length = 0
    for sentence in sentences:
        if batch and length + len(sentence) > _AT_ONCE:
            yield batch
            batch, length = [], 0
        batch.append(sentence)
        length += len(sentence)
    if batch:
        yield batch
