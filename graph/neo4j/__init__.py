"""The store on Neo4j: Cypher, its server, its driver; no other room knows them."""
