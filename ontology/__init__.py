"""The graph as linked data: its terms, its vocabulary in OWL, its export as RDF."""
