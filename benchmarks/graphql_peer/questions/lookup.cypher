MATCH (s:Service {id: $service})
RETURN {id: s.id, name: s.name, assessments: COLLECT {
  MATCH (s)-[:IN_SCOPE_OF]->(a) WITH a ORDER BY a.name LIMIT 25 RETURN {id: a.id, name: a.name}
}}
