"""The benchmark of the GraphQL API beside the same questions in `@neo4j/graphql`, in hand-written Cypher, in SQLite."""
