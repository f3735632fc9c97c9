"""Each page twice: as HTML for people and as JSON for programs, from one page object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for

Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class View:
    """Hold what makes a page, and the query parameters it reads, as OpenAPI describes them."""

    function: Callable[..., Any]
    query: tuple[dict[str, Any], ...]


VIEWS: dict[str, View] = {}
"""Every JSON twin by its endpoint, for the description of the API."""


def twin(
    blueprint: Blueprint, rule: str, template: str, query: Sequence[dict[str, Any]] = ()
) -> Callable[[Callable[..., Page]], Callable[..., Page]]:
    """Serve the page object that a view returns at ``rule`` and, as JSON, at ``rule.json``.

    The template sees the object as ``page``, and the twin's address as ``json_url``.
    """

    def decorate(view: Callable[..., Page]) -> Callable[..., Page]:
        endpoint = view.__name__

        def as_html(**values: Any) -> Response:
            page = view(**values)
            json_url = url_for(f"{blueprint.name}.{endpoint}_json", **values)
            if request.query_string:
                json_url += "?" + urlencode(list(request.args.items(multi=True)))
            return make_response(render_template(template, page=page, json_url=json_url))

        def as_json(**values: Any) -> Response:
            return jsonify(plain(view(**values)))

        json_rule = "/index.json" if rule == "/" else f"{rule}.json"
        blueprint.add_url_rule(rule, endpoint, as_html)
        blueprint.add_url_rule(json_rule, f"{endpoint}_json", as_json)
        VIEWS[f"{blueprint.name}.{endpoint}_json"] = View(view, tuple(query))
        return view

    return decorate


def plain(value: Any) -> Any:
    """Return ``value`` made of dicts, lists and scalars only."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
