MATCH (a:Assessment {id: $report})
RETURN COLLECT {
  MATCH (a)-[:HAS_CONTROL]->(c) WITH c ORDER BY c.number_order, c.id LIMIT 100
  RETURN COLLECT { MATCH (c)-[:HAS_TEST]->(t) WITH t ORDER BY t.ordinal, t.id LIMIT 25 RETURN {name: t.name} }
}
