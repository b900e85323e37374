MATCH (:Assessment {id: $report})<-[:IN_SCOPE_OF]-(s:Service)
WHERE EXISTS { MATCH (s)-[:IN_CATEGORY]->(g) WHERE g.id = $category }
WITH s ORDER BY s.name, s.id LIMIT 25
RETURN collect({id: s.id, name: s.name, controls: COLLECT {
  MATCH (s)<-[:SPECIFIC_TO]-(c:Control) WITH c ORDER BY c.number_order, c.id LIMIT 25 RETURN {id: c.id}
}})
