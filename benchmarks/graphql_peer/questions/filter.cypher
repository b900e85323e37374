MATCH (s:Service) WHERE s.name IS NOT NULL AND EXISTS {
  MATCH (s)-[:IN_SCOPE_OF]->()-[:HAS_OBJECTIVE]->()<-[:ACHIEVES]-()-[:HAS_TEST]->(t) WHERE t.result = 'not_tested'
}
WITH s ORDER BY s.name LIMIT 50 RETURN collect({id: s.id, name: s.name})
