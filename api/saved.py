"""Saved questions: documents that are asked by name, with values for their variables as plain text or as JSON."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    print_ast,
    type_from_ast,
)

from api.costs import operation_of
from api.documents import Documents
from api.errors import BadArgument
from graph.errors import InputRefused

AS_JSON = "variables"
"""The parameter that holds the values of several variables as one JSON object."""

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_BOOLEANS = {"true": True, "false": False}


class BrokenQuestion(InputRefused):
    """A file that is no saved question; the server does not start with it."""

    def __init__(self, path: Path, why: str) -> None:
        valid = "a saved question is NAME.graphql or NAME/question.graphql, one valid query with a name like nodes-of-x"
        super().__init__(f"{path}: {why}; {valid}")


@dataclass(frozen=True, slots=True)
class SavedText:
    """A saved question as its file has it; `answer` is its answer in words where its folder tells it."""

    name: str
    title: str
    text: str
    path: Path
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a saved question: its type, as GraphQL writes both, and its default where it has one."""

    type: Any
    written: str
    default: str | None
    required: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question that has been checked against the schema."""

    source: SavedText
    variables: Mapping[str, Variable]

    def values(self, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """The values of the variables by the parameters of an address; raises `BadArgument` for one that is wrong.

        A parameter has the name of a variable; where its type is a list it can stand there several times. Numbers,
        booleans and input objects are read by the declared type (as JSON), all else is text. `variables` is a JSON
        object with values of any variables.
        """
        found, plain = dict[str, Any](), dict[str, list[str]]()
        for name, text in given:
            if name == AS_JSON:
                found |= _object(text, AS_JSON)
            else:
                plain.setdefault(name, []).append(text)
        twice = sorted(found.keys() & plain.keys())
        if twice:
            raise BadArgument(f"{twice[0]} is given as a parameter and in `{AS_JSON}`; give it once")
        for name in (*found, *plain):
            self._variable(name)
        return {**found, **{name: _coerced(name, self.variables[name].type, texts) for name, texts in plain.items()}}

    def _variable(self, name: str) -> None:
        if name not in self.variables:
            known = ", ".join(self.variables) or "none"
            raise BadArgument(f"{name} is no variable of {self.source.name}; its variables: {known}")

    def as_json(self) -> dict[str, Any]:
        """The question as the list of all saved questions shows it."""
        source = self.source
        return {
            "name": source.name,
            "title": source.title,
            "address": f"/saved/{source.name}",
            "variables": [
                {"name": name, "type": v.written, "default": v.default, "required": v.required}
                for name, v in self.variables.items()
            ],
            "document": source.text,
        }


def read_saved(folder: Path) -> tuple[SavedText, ...]:
    """The saved questions of a folder by name; raises `BrokenQuestion` for a file that is none, or no folder."""
    if not folder.is_dir():
        raise BrokenQuestion(folder, "there is no such folder")
    paths = [*folder.glob("*.graphql"), *folder.glob("*/question.graphql")]
    return tuple(sorted((_read(path) for path in paths), key=lambda one: one.name))


def _read(path: Path) -> SavedText:
    name = path.parent.name if path.name == "question.graphql" else path.stem
    if not _NAME.fullmatch(name):
        raise BrokenQuestion(path, f"{name!r} is no name for an address")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenQuestion(path, str(error)) from error
    told = path.with_name("question.toml")
    described = tomllib.loads(told.read_text("utf-8")) if told.is_file() else {}
    remark = re.match(r"\s*#\s*(.+)", text)
    title = described.get("title") or (remark[1].strip() if remark else name)
    return SavedText(name, title, text, path, described.get("answer"))


def checked(texts: Iterable[SavedText], schema: GraphQLSchema, documents: Documents) -> dict[str, Saved]:
    """The questions by name; raises `BrokenQuestion` for one that is no valid query, or whose name another has."""
    found = dict[str, Saved]()
    for source in texts:
        if source.name in found:
            raise BrokenQuestion(source.path, f"{found[source.name].source.path} has the same name")
        found[source.name] = Saved(source, _variables(schema, _operation(source, documents)))
    return found


def _operation(source: SavedText, documents: Documents) -> OperationDefinitionNode:
    prepared = documents.prepare(source.text)
    errors = prepared.refused(None)
    if errors or prepared.document is None:
        raise BrokenQuestion(source.path, "; ".join(error.message for error in errors))
    operation = operation_of(prepared.document, None)
    if operation is None or operation.operation is not OperationType.QUERY:
        raise BrokenQuestion(source.path, "its operation is no query")
    return operation


def _variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, Variable]:
    return {
        node.variable.name.value: Variable(
            type_from_ast(schema, node.type),
            print_ast(node.type),
            print_ast(node.default_value) if node.default_value else None,
            isinstance(type_from_ast(schema, node.type), GraphQLNonNull) and node.default_value is None,
        )
        for node in operation.variable_definitions or ()
    }


def _coerced(name: str, type_: Any, texts: list[str]) -> Any:
    kind = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(kind, GraphQLList):
        return [_one(name, kind.of_type, text) for text in texts]
    if len(texts) > 1:
        raise BadArgument(f"{name} is given {len(texts)} times; it is one {kind}")
    return _one(name, kind, texts[0])


def _one(name: str, type_: Any, text: str) -> Any:
    kind = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(kind, GraphQLList | GraphQLInputObjectType):
        return _json(text, name)
    if kind is GraphQLBoolean and text in _BOOLEANS:
        return _BOOLEANS[text]
    if kind is GraphQLInt and _INTEGER.fullmatch(text):
        return int(text)
    if kind is GraphQLFloat and (number := _float(text)) is not None:
        return number
    if kind in (GraphQLBoolean, GraphQLInt, GraphQLFloat):
        raise BadArgument(f"{name}: {text[:40]!r} is no {kind}")
    return text


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _object(text: str, name: str) -> dict[str, Any]:
    found = _json(text, name)
    if not isinstance(found, dict):
        raise BadArgument(f"{name} is not a JSON object")
    return found


def _json(text: str, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadArgument(f"{name} is not JSON: {error}") from error
