MATCH (:Assessment {id: $report})-[:HAS_CONTROL]->(c)
WHERE EXISTS { MATCH (c)-[:ACHIEVES]->(o) WHERE o.name CONTAINS $objectiveWord }
WITH c ORDER BY c.number_order, c.id LIMIT 25
RETURN collect({id: c.id, number: c.number, services: COLLECT {
  MATCH (c)-[:SPECIFIC_TO]->(s) WITH s ORDER BY s.name, s.id LIMIT 25 RETURN {id: s.id}
}})
