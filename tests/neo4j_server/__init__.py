"""The laws of the Neo4j server's life, on real servers."""
