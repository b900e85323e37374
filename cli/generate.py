"""`cg generate`: writes every file that is made from the model, or says which of them are stale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from api.settings import ROOT
from cli.console import complain, say


def generate_command(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file is stale.")] = False,
) -> None:
    """Write the schema, the ontology and the data dictionary from the model."""
    stale = [path for path, content in generated().items() if not _holds(ROOT / path, content)]
    if check:
        for path in stale:
            complain(f"{path} is stale; `cg generate` writes it")
        raise typer.Exit(1 if stale else 0)
    for path in stale:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(generated()[path])
        say(f"wrote {path}")


def generated() -> Mapping[str, bytes]:
    """The content of every generated file by its path in the checkout."""
    from api.schema import schema_text
    from graph.dictionary import dictionary
    from ontology.alignments import generated as alignments
    from ontology.context import generated as context
    from ontology.shacl import generated as shapes
    from ontology.vocabulary import generated as vocabulary

    return {
        "schema.graphql": schema_text().encode(),
        "docs/model.md": dictionary().encode(),
        **vocabulary(),
        **shapes(),
        **alignments(),
        **context(),
    }


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
