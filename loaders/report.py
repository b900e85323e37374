"""What loading did, document by document, as people and programs read it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from loaders.facts import Remark


class Status(Enum):
    """What became of a document; `DUPLICATE` means that the same document was given before in the same call."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document, with the number of nodes and relationships that it states."""

    path: str
    status: Status
    kind: str | None = None
    sha256: str | None = None
    nodes: int = 0
    relationships: int = 0
    warnings: tuple[Remark, ...] = ()
    notice: str | None = None
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, in the order of the fields."""
        return {**asdict(self), "status": self.status.value, "warnings": [asdict(remark) for remark in self.warnings]}


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of every document, in the order of loading; with `dry` nothing was written."""

    documents: tuple[DocumentReport, ...]
    dry: bool = False

    @property
    def ok(self) -> bool:
        """Whether no document was refused."""
        return not any(document.status is Status.REFUSED for document in self.documents)

    @property
    def loaded(self) -> tuple[str, ...]:
        """The hashes of the documents that changed the store, in the order of loading."""
        changed = (d.sha256 for d in self.documents if d.status is Status.LOADED)
        return tuple(sha for sha in changed if sha)

    def as_json(self) -> dict[str, Any]:
        """The whole report as plain values."""
        return {"ok": self.ok, "dry_run": self.dry, "documents": [document.as_json() for document in self.documents]}
