"""Read XML that may be hostile: without entities, without anything fetched."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from indexer.readers.base import Source

_MOST_DEPTH = 500  # a tree much deeper bursts the stack when it is let go


class _Refused(Exception):
    """Say what the XML holds that is not taken."""


def parse(source: Source, data: bytes) -> Element:
    """Return the root of the XML in ``data``, names as ``{namespace}name``; or refuse it."""
    builder, depth = TreeBuilder(), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise _Refused("elements nested too deep")
        builder.start(_tag(name), {_tag(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_tag(name))

    def entity(*_: object) -> None:
        raise _Refused("entities of its own, which could expand without end")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
        return builder.close()
    except _Refused as reason:
        raise source.refuse(f"has XML with {reason}", "save it anew, as plain text") from None
    except (expat.ExpatError, AssertionError, ValueError, LookupError):
        raise source.refuse("has XML that is broken", "save it anew, or as plain text") from None


def _tag(name: str) -> str:
    return "{" + name if "}" in name else name
