"""What the narrative of a report states beside its scope and its controls, one family of facts after the other."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.layout.layout import Kind
from loaders.soc.narrative.adjustments import read_adjustments
from loaders.soc.narrative.auditor_names import read_auditor_names
from loaders.soc.narrative.citations import read_citations
from loaders.soc.narrative.descriptions import read_service_texts
from loaders.soc.narrative.glossary import read_glossary
from loaders.soc.narrative.integrations import read_integrations
from loaders.soc.narrative.issuers import read_issuers
from loaders.soc.narrative.named_things import mentions_of, read_user_control_mentions
from loaders.soc.narrative.names_in_text import read_names_in_text
from loaders.soc.narrative.passages import running_texts
from loaders.soc.narrative.policies import read_policies
from loaders.soc.narrative.responsibilities import read_responsibilities
from loaders.soc.narrative.storage import read_storage
from loaders.soc.narrative.unknown_names import warn_of_unknown_names
from loaders.soc.reading import Reading
from loaders.soc.services import Description

_RUNNING = (Kind.PARAGRAPH, Kind.ITEM, Kind.LINE)


def read_narrative(reading: Reading, described: Sequence[Description]) -> None:
    """States what sections III, V and the appendix say beside scope, controls and opinion, which were read before."""
    names = reading.service_names()
    mentions = mentions_of(reading, names)
    read_service_texts(reading, mentions, described)
    read_user_control_mentions(reading, mentions)
    texts = tuple(running_texts(reading.document, reading.layout.pieces))
    running = tuple(text for text in texts if text.kind in _RUNNING)
    read_responsibilities(reading, names, running)
    read_storage(reading, names, running)
    read_integrations(reading, names, running)
    read_names_in_text(reading, names, described, running)
    warn_of_unknown_names(reading, names, described)
    read_auditor_names(reading)
    read_issuers(reading, running)
    read_policies(reading, running)
    read_citations(reading, texts)
    read_adjustments(reading)
    read_glossary(reading)
