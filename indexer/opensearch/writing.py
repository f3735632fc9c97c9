"""Fill an index of the cluster, and put a new one in the place of the old at one stroke.

The alias ``NAME-vVERSION`` leads to the index in use, ``NAME-vVERSION-xxxxxxxx``. A program of
another version has another alias, so it never reads what it does not understand.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator

from opensearchpy import OpenSearch, exceptions, helpers

from indexer.opensearch.schema import MAPPINGS, SETTINGS, VERSION, Json
from indexer.opensearch.server import Address, ServerRefused

_BATCH = 500
_BATCH_BYTES = 10 << 20


def alias(address: Address) -> str:
    """Return the name under which the index in use is found."""
    return f"{address.index}-v{VERSION}"


def exists(client: OpenSearch, address: Address) -> bool:
    """Tell whether there is an index of this version."""
    return bool(client.indices.exists_alias(name=alias(address)))


def write(client: OpenSearch, index: str, documents: Iterable[tuple[int, Json]]) -> int:
    """Add or replace documents by id; return how many."""
    actions = ({"_index": index, "_id": str(id), "_source": body} for id, body in documents)
    return _sent(client, actions)


def remove(client: OpenSearch, index: str, ids: Iterable[int]) -> None:
    """Take out documents by id; those that are not there are no matter."""
    _sent(client, ({"_op_type": "delete", "_index": index, "_id": str(id)} for id in ids))


def publish(client: OpenSearch, index: str) -> None:
    """Let searches see what was written, all of it at once."""
    client.indices.refresh(index=index)


def replace(client: OpenSearch, address: Address, documents: Iterable[tuple[int, Json]]) -> int:
    """Make a new index of all documents, put it in the old one's place; return how many."""
    name = f"{alias(address)}-{secrets.token_hex(4)}"
    client.indices.create(index=name, body={"settings": SETTINGS, "mappings": MAPPINGS})
    try:
        count = write(client, name, documents)
        publish(client, name)
        client.indices.update_aliases(body={"actions": _switch(client, address, name)})
    except BaseException:
        client.indices.delete(index=name, ignore_unavailable=True)
        raise
    for old in set(_made_here(client, address)) - {name}:
        client.indices.delete(index=old, ignore_unavailable=True)
    return count


def _switch(client: OpenSearch, address: Address, name: str) -> list[Json]:
    """Return the actions that take the alias from all other indexes and give it to one."""
    taken = [
        {"remove": {"index": index, "alias": alias(address)}}
        for index, aliases in _made_here(client, address).items()
        if alias(address) in aliases
    ]
    return [*taken, {"add": {"index": name, "alias": alias(address)}}]


def _made_here(client: OpenSearch, address: Address) -> dict[str, list[str]]:
    """Return the archive's indexes of all versions, those of broken runs too, and their aliases."""
    try:
        found = client.indices.get_alias(index=f"{address.index}-v*")
    except exceptions.NotFoundError:
        return {}
    ours = re.compile(rf"{re.escape(address.index)}-v(\d+)-[0-9a-f]{{8}}")
    return {
        index: list(about["aliases"])
        for index, about in found.items()
        if (match := ours.fullmatch(index)) and int(match[1]) <= VERSION
    }


def _sent(client: OpenSearch, actions: Iterator[Json]) -> int:
    """Send actions in batches, again where the cluster has too much to do; return how many."""
    count = 0
    for done, result in helpers.streaming_bulk(
        client,
        actions,
        chunk_size=_BATCH,
        max_chunk_bytes=_BATCH_BYTES,
        max_retries=5,
        raise_on_error=False,
    ):
        ((kind, answer),) = result.items()
        if not done and (kind, answer["status"]) != ("delete", 404):
            raise ServerRefused(
                f"The search server refused paragraph {answer['_id']} ({answer['status']}, "
                f"{answer.get('error')}): run archive index --rebuild."
            )
        count += 1
    return count
