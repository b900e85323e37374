"""How a question is answered over HTTP: the status, the media type, and what may be kept by whom for how long."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.fields import listed
from api.graphql_http import JSON, BadRequest, Operation, negotiated, operation_in, reads
from api.metrics import Metrics
from api.revalidation import Revalidation, matches
from api.schema import Answer, Api
from api.threads import Threads

NOT_KEPT = "no-store"
ONLY_SAVED = "only saved questions are answered here; GET /saved lists them, GET /saved/NAME answers one"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who may keep answers: `seconds` is how long without asking again; `private` lets no shared cache keep them."""

    seconds: int = 0
    private: bool = False

    def header(self) -> str:
        """The value of Cache-Control."""
        who = "private" if self.private else "public"
        return f"{who}, max-age={self.seconds}" if self.seconds else f"{who}, no-cache"


class Serving:
    """Answers questions of one API over HTTP; with `only_saved` no others than saved ones."""

    def __init__(
        self, api: Api, keeping: Keeping, metrics: Metrics, *, only_saved: bool = False, release: str = ""
    ) -> None:
        self.api = api
        self._metrics = metrics
        self.revalidation = Revalidation(api, release)
        self.keeping = keeping
        self.only_saved = only_saved
        self._threads = Threads(api.limits.together)

    def close(self) -> None:
        """Answers no more questions."""
        self._threads.close()

    async def graphql(self, request: Request) -> Response:
        """Answers a GraphQL request over GET or POST."""
        media = negotiated(listed(request, "accept"))
        try:
            if self.only_saved:
                raise BadRequest(ONLY_SAVED, 403, "ONLY_SAVED")
            operation = await operation_in(request, self.api.limits, self.api.documents)
        except BadRequest as error:
            return self.refused(error, media)
        return await self.answer(request, operation, media)

    def refused(self, error: BadRequest, media: str) -> Response:
        """The answer to what is no request."""
        self._metrics.refused(error.code)
        return Response(error.json(), error.status, {"Cache-Control": NOT_KEPT, **error.headers}, media)

    async def answer(self, request: Request, operation: Operation, media: str) -> Response:
        """Answers an operation; a GET whose answer the client has is not executed."""
        if not reads(request):
            return await self._threads.run(self._asked, operation, media)
        return await self._threads.run(self._kept, request, operation, media)

    def _asked(self, operation: Operation, media: str) -> Response:
        found = self.api.run(operation.query, operation.variables, operation.name)
        return self._response(found, media, {"Vary": "Accept"})

    def _kept(self, request: Request, operation: Operation, media: str) -> Response:
        tag = self.revalidation.question(operation.query, operation.variables, operation.name, media)
        headers = {"Vary": "Accept", "Cache-Control": self.keeping.header(), **({"ETag": tag} if tag else {})}
        if tag and matches(listed(request, "if-none-match"), tag):
            return Response(None, 304, headers)
        return self._response(self.api.run(operation.query, operation.variables, operation.name), media, headers)

    def _response(self, found: Answer, media: str, headers: dict[str, str]) -> Response:
        """An answer with errors has no ETag and is not kept: the same question may be answered the next time."""
        content, codes = found.written()
        self._metrics.answered(found.body["extensions"]["cost"], codes)
        if codes:
            headers = {"Vary": "Accept", "Cache-Control": NOT_KEPT}
        return Response(content, _status(found, media), headers, media)


def _status(found: Answer, media: str) -> int:
    """What was executed is 200; what was refused before is 400, which plain JSON cannot tell from a proxy's error."""
    return 200 if found.executed or media == JSON else 400
