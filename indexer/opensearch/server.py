"""The cluster: its address, one client for each in a process, and its refusals in our words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

from opensearchpy import OpenSearch, exceptions

from indexer.errors import ArchiveError, ServerAway
from indexer.index import NeedsRebuild
from indexer.opensearch.schema import Json

TIMEOUT_S = 60
OLDEST = {"opensearch": (1, 0), "elasticsearch": (7, 10)}
"""The oldest versions whose interface has all that is asked of it, by distribution."""


class ServerRefused(ArchiveError):
    """Say that the search server answered, but not what was asked."""


@dataclass(frozen=True, slots=True)
class Address:
    """Name a cluster and an archive's place in it, as ``http://user:password@host:9200/news``.

    ``place`` is what is said of it to people, without the password.
    """

    host: str
    index: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read an address; without a path the index is ``archive``. Raises ServerRefused."""
        with contextlib.suppress(ValueError):
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or {"https": 443}.get(parts.scheme, 9200)
            index = parts.path.strip("/") or "archive"
            if parts.scheme in ("http", "https") and host and _is_name(index):
                name = f"[{host}]" if ":" in host else host
                user, password = unquote(parts.username or ""), unquote(parts.password or "")
                return cls(f"{parts.scheme}://{name}:{port}", index, user, password)
        raise ServerRefused(
            "The address of the search server is not understood: write it as "
            "http://host:9200/index, the index in small letters, digits, - and _."
        )

    @property
    def place(self) -> str:
        return f"{self.host}/{self.index}"


def _is_name(index: str) -> bool:
    plain = index.replace("-", "").replace("_", "")
    return plain.isascii() and plain.isalnum() and index == index.lower() and index[0] not in "-_"


@cache
def client(address: Address) -> OpenSearch:
    """Return the client of a cluster; all threads share it."""
    login = (address.user, address.password) if address.user else None
    return OpenSearch(hosts=[address.host], http_auth=login, timeout=TIMEOUT_S, max_retries=1)


@contextlib.contextmanager
def asked(address: Address) -> Iterator[None]:
    """Turn what can go wrong while a cluster is asked into one sentence with the remedy."""
    try:
        yield
    except exceptions.ConnectionError as error:
        raise ServerAway(
            f"The search server at {address.host} does not answer ({type(error).__name__}): "
            "start it, or search without it by --engine built-in."
        ) from error
    except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
        raise ServerRefused(
            f"The search server at {address.host} does not let this user in: give the name and "
            "the password in its address, http://name:password@host:9200."
        ) from error
    except exceptions.NotFoundError as error:
        raise NeedsRebuild(
            f"The search server has no index of this version at {address.place}: run archive index."
        ) from error
    except exceptions.TransportError as error:
        raise ServerRefused(
            f"The search server at {address.host} answered {str(error)[:300]}: see its log, or run "
            "archive index --rebuild."
        ) from error
    except exceptions.OpenSearchException as error:
        raise ServerRefused(
            f"The search server at {address.host} did not answer as it should "
            f"({type(error).__name__}): see that the address is that of a search server."
        ) from error


def check_version(address: Address, info: Json) -> None:
    """Refuse a server that is too old; ``info`` is what it says of itself."""
    version = info.get("version", {})
    name = version.get("distribution", "elasticsearch")
    number = str(version.get("number", ""))
    parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
    if parts < OLDEST.get(name, (0, 0)):
        oldest = ".".join(map(str, OLDEST[name]))
        raise ServerRefused(
            f"The search server at {address.host} is {name} {number}: update it to {oldest} or "
            "later."
        )
