MATCH (s:Service {id: $service})
RETURN COLLECT {
  MATCH (s)-[:IN_SCOPE_OF]->(a) WITH a ORDER BY a.name, a.id LIMIT 10
  RETURN COLLECT {
    MATCH (a)-[:HAS_CONTROL]->(c) WITH c ORDER BY c.number_order, c.id LIMIT 100 RETURN {id: c.id, name: c.name}
  }
}
