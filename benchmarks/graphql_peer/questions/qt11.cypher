MATCH (a:Assessment {id: $report})-[:HAS_CONTROL]->(c) WITH c ORDER BY c.number_order, c.id LIMIT 100
RETURN collect({id: c.id, objectives: COLLECT {
  MATCH (c)-[:ACHIEVES]->(o) WITH o ORDER BY o.number_order, o.id LIMIT 25 RETURN {id: o.id}
}})
