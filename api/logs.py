"""The log: one line an event on standard error, for people on a terminal, else JSON; the request's id in each.

What we log ourselves is written at once; what libraries log through `logging` is rendered alike.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import orjson
import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

from api.request_ids import current_id


def start_log(level: str, stream: TextIO = sys.stderr) -> None:
    """Sends what this process logs, libraries included, from that level on to the stream."""
    lowest = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        _identified,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, *_rendering(stream)],
        logger_factory=structlog.WriteLoggerFactory(stream),
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    foreign: list[Processor] = [*shared, structlog.stdlib.add_logger_name]
    rendering: list[Processor] = [ProcessorFormatter.remove_processors_meta, *_rendering(stream)]
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=foreign, processors=rendering))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(lowest)
    for noisy in ("neo4j", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _identified(_: object, __: str, event: EventDict) -> EventDict:
    """The event with the id of the request that is being answered, if there is one."""
    if id_ := current_id():
        event["request_id"] = id_
    return event


def _rendering(stream: TextIO) -> list[Processor]:
    if stream.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_json)]


def _json(event: Any, **options: Any) -> str:
    return orjson.dumps(event, default=options["default"]).decode()
