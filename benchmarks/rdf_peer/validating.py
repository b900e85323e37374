"""Data held to the shapes: by our SPARQL on pyoxigraph, and by pySHACL on rdflib, with the same shapes."""

from __future__ import annotations

import io
import time
from contextlib import closing
from dataclasses import dataclass

from pyshacl import validate
from rdflib import Graph

from benchmarks.graphql_peer.servers import CHECKOUT
from graph.addresses import parse_address
from graph.opening import Credentials, open_store
from ontology.checking import breaches
from ontology.data import Data
from ontology.export import export
from ontology.shacl import PATH as SHAPES


@dataclass(frozen=True, slots=True)
class Validated:
    """Seconds of computing of both, reading of the data aside, for so many triples."""

    triples: int
    ours: float
    theirs: float


def measured(store: str) -> Validated:
    """What both take for the export of a store, which keeps to the shapes."""
    with closing(open_store(parse_address(store), Credentials())) as opened:
        data, content = Data.of_reader(opened), io.BytesIO()
        export(opened, "ntriples", content)
    began = time.process_time()
    assert breaches(data) == ()
    ours = time.process_time() - began
    graph, shapes = Graph().parse(data=content.getvalue(), format="nt"), Graph().parse(CHECKOUT / SHAPES)
    began = time.process_time()
    conforms, _, text = validate(graph, shacl_graph=shapes)
    assert conforms, text
    return Validated(len(data.store), ours, time.process_time() - began)
