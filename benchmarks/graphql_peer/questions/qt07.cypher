MATCH (a:Assessment {id: $report})
RETURN COLLECT {
  MATCH (a)-[:HAS_CONTROL]->(c) WITH c ORDER BY c.number_order, c.id SKIP 20 LIMIT 10
  RETURN COLLECT { MATCH (c)-[:ACHIEVES]->(o) WITH o ORDER BY o.number_order, o.id LIMIT 25 RETURN {id: o.id} }
}
