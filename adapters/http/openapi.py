"""The OpenAPI document, as data. A test holds every route against it."""

from typing import Any

_AFTER = {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "from the page before"}
_LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_BEARER: list[dict[str, list[str]]] = [{"token": []}]
_TEXT_OR_NULL = {"type": ["string", "null"]}
_MOODS = ["waiting", "cooling", "ready", "settled", "storm"]
_DISPOSITIONS = [
    "answered", "acknowledged", "thanked", "offline", "withdrawn", "hidden", "reported", "silence", "not_for_us",
    "published", None,
]  # fmt: skip


def _json(schema: dict[str, Any], says: str = "Here it is.") -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _problem(says: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {"application/problem+json": {"schema": schema}}}


def _paged(name: str, item: dict[str, Any]) -> dict[str, Any]:
    properties = {name: {"type": "array", "items": item}, "after": _TEXT_OR_NULL}
    return {"type": "object", "properties": properties, "required": [name, "after"]}


def _read(says: str, schema: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    answers = {"200": _json(schema), "400": _problem("Wrong query."), "401": _problem("No token of ours.")}
    answers["503"] = _problem("The store is away; try again.")
    if _ID in parameters:
        answers["404"] = _problem("No such incident.")
    return {"get": {"summary": says, "security": _BEARER, "parameters": list(parameters), "responses": answers}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


_SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
        "required": ["title", "status", "detail"],
    },
    "Mention": {
        "type": "object",
        "properties": {
            "platform": {"type": "string"},
            "id": {"type": "string"},
            "text": _TEXT_OR_NULL,
            "url": _TEXT_OR_NULL,
            "author": {"type": "object"},
            "owner": _TEXT_OR_NULL,
            "disposition": {"enum": _DISPOSITIONS},
        },
    },
    "Incident": {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "headline": {"type": "string"},
            "mood": {"enum": _MOODS},
            "severity": {"enum": ["low", "medium", "high", "critical"]},
            "opened": {"type": "string", "format": "date-time"},
            "mentions": {
                "type": "object",
                "properties": {"count": {"type": "integer"}, "first": {"type": "array", "items": _ref("Mention")}},
            },
        },
    },
    "Said": {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string"},
            "text": {"type": "string"},
            "url": {"type": "string"},
            "platform": {"type": "string"},
            "author": {"type": "object"},
            "lang": {"type": "string"},
            "at": {"type": "string", "format": "date-time"},
            "in_reply_to": {"type": "string"},
            "rating": {"type": "integer", "minimum": 1, "maximum": 5},
            "media": {"type": "integer"},
            "kind": {"enum": ["post", "chat", "review", "article"]},
            "direct": {"type": "boolean"},
            "event": {"enum": ["created", "edited", "deleted"]},
        },
    },
}

_TAKEN = {
    "type": "object",
    "properties": {
        "accepted": {"type": "integer"},
        "duplicates": {"type": "integer"},
        "rejected": {"type": "array", "items": {"type": "object"}},
    },
}

_INBOX = {
    "post": {
        "summary": "Send mentions",
        "security": _BEARER,
        "parameters": [{"name": "source", "in": "path", "required": True, "schema": {"type": "string"}}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "oneOf": [
                            _ref("Said"),
                            {"type": "array", "items": _ref("Said"), "minItems": 1, "maxItems": 500},
                        ]
                    }
                }
            },
        },
        "responses": {
            "200": _json(_TAKEN, "All accepted ones are on disk."),
            **{
                code: _problem("Nothing was stored.")
                for code in ("400", "401", "404", "413", "415", "422", "429", "503")
            },
        },
    }
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Coolhead", "version": "1"},
    "components": {"schemas": _SCHEMAS, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "paths": {
        "/healthz": {"get": {"summary": "Is the process alive", "responses": {"200": _json({"type": "object"})}}},
        "/readyz": {
            "get": {
                "summary": "Can mentions be taken and kept; with a token also what is wrong with each part that does not work",
                "security": [{}, {"token": []}],
                "responses": {"200": _json({"type": "object"}), "503": _json({"type": "object"}, "Not now.")},
            }
        },
        "/metrics": {"get": {"summary": "For Prometheus", "responses": {"200": {"description": "Text."}}}},
        "/api/v1/openapi.json": {"get": {"summary": "This document", "responses": {"200": _json({"type": "object"})}}},
        "/hooks/inbox/{source}": _INBOX,
        "/api/v1/incidents": _read(
            "Incidents, newest first",
            _paged("incidents", _ref("Incident")),
            {"name": "state", "in": "query", "schema": {"enum": _MOODS}},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
            {"name": "since", "in": "query", "schema": {"type": "string", "format": "date-time"}},
            _LIMIT,
            _AFTER,
        ),
        "/api/v1/incidents/{id}": _read("One incident", _ref("Incident"), _ID),
        "/api/v1/incidents/{id}/mentions": _read(
            "Its mentions, the most urgent first", _paged("mentions", _ref("Mention")), _ID, _LIMIT, _AFTER
        ),
        "/api/v1/incidents/{id}/timeline": _read(
            "Its record, oldest first", _paged("timeline", {"type": "object"}), _ID, _AFTER
        ),
        "/api/v1/unforwarded": _read(
            "What was not forwarded, newest first", _paged("unforwarded", {"type": "object"}), _LIMIT, _AFTER
        ),
    },
}
