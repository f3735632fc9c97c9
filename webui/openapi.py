"""The description of all JSON addresses, made from the routes and the page objects themselves."""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from flask import Flask

from webui.errors import ErrorPage
from webui.release import release
from webui.twins import VIEWS, View

Schema = dict[str, Any]

_SCALARS: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def document(app: Flask) -> Schema:
    """Return the OpenAPI 3.1 document of the application's JSON twins."""
    components: dict[str, Schema] = {}
    error = {"type": "object", "properties": {"error": _schema(ErrorPage, components)}}
    paths = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if view := VIEWS.get(rule.endpoint):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            paths[path] = {"get": _operation(rule.endpoint, view, components)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": app.config["TITLE"],
            "version": release(),
            "description": "Each page of the archive as JSON: the page's address and .json.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {"Error": _answer("What went wrong, with the remedy", error)},
        },
    }


def _operation(endpoint: str, view: View, components: dict[str, Schema]) -> Schema:
    page = get_type_hints(view.function)["return"]
    variables = [
        {"name": name, "in": "path", "required": True, "schema": _schema(kind, components)}
        for name, kind in get_type_hints(view.function).items()
        if name != "return"
    ]
    error = {"$ref": "#/components/responses/Error"}
    return {
        "operationId": endpoint.replace(".", "_").removesuffix("_json"),
        "summary": (page.__doc__ or "").strip().splitlines()[0],
        "parameters": variables + [{"in": "query", **query} for query in view.query],
        "responses": {
            "200": _answer("The page", _schema(page, components)),
            "304": {"description": "The page has not changed since the ETag in If-None-Match"},
            "400": error,
            "404": error,
            "503": error,
        },
    }


def _answer(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _schema(kind: Any, components: dict[str, Schema]) -> Schema:
    """Return the schema of a type annotation; dataclasses are added to ``components``."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one, components) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inner[1], components)}
    if origin is tuple and inner[-1] is not Ellipsis:
        items = [_schema(one, components) for one in inner]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "items": False}
    if origin in (list, tuple):
        return {"type": "array", "items": _schema(inner[0], components)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if is_dataclass(kind):
        return _component(kind, components)
    raise TypeError(f"{kind} has no JSON schema.")


def _component(kind: Any, components: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in components:
        components[name] = {}
        hints = get_type_hints(kind)
        properties = {field.name: _schema(hints[field.name], components) for field in fields(kind)}
        components[name] = {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{name}"}
