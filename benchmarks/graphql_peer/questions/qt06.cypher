MATCH (a:Assessment {id: $report})
RETURN COLLECT {
  MATCH (a)-[:HAS_CONTROL]->(c) WITH c ORDER BY c.number_order, c.id LIMIT 100
  RETURN COLLECT {
    MATCH (c)-[:ACHIEVES]->(o) WITH o ORDER BY o.number_order, o.id LIMIT 25
    RETURN COLLECT { MATCH (o)<-[:HAS_OBJECTIVE]-(b) RETURN b.id }[0]
  }
}
