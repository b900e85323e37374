"""Saved questions over HTTP: the list of them, and each by its name with values for its variables."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.errors import BAD_INPUT, BadArgument
from api.fields import listed
from api.graphql_http import JSON, BadRequest, Operation, negotiated, parameters
from api.revalidation import etag, matches
from api.saved import Saved
from api.serving import Serving


class SavedQuestions:
    """The routes `/saved` and `/saved/{name}`."""

    def __init__(self, serving: Serving, questions: Mapping[str, Saved]) -> None:
        self._serving = serving
        self._questions = questions
        self._list = orjson.dumps({"questions": [one.as_json() for one in questions.values()]})

    async def all(self, request: Request) -> Response:
        """All saved questions: names, titles, addresses, variables, documents."""
        return fixed(request, self._list, JSON, self._serving.keeping.header())

    async def one(self, request: Request) -> Response:
        """The answer of a saved question."""
        media = negotiated(listed(request, "accept"))
        try:
            operation = self._operation(request)
        except BadRequest as error:
            return self._serving.refused(error, media)
        return await self._serving.answer(request, operation, media)

    def _operation(self, request: Request) -> Operation:
        name = request.path_params["name"]
        if name not in self._questions:
            raise BadRequest(f"there is no saved question {name}; GET /saved lists them", 404, "NOT_FOUND")
        saved = self._questions[name]
        try:
            return Operation(saved.source.text, saved.values(parameters(request).multi_items()))
        except BadArgument as error:
            raise BadRequest(str(error), 400, BAD_INPUT) from error


def fixed(request: Request, content: bytes, media: str, keeping: str) -> Response:
    """Content that is the same until the server starts again, or 304 where the client has it."""
    tag = etag(content)
    headers = {"ETag": tag, "Cache-Control": keeping}
    if matches(listed(request, "if-none-match"), tag):
        return Response(None, 304, headers)
    return Response(content, headers=headers, media_type=media)
