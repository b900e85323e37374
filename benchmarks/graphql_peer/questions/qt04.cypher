MATCH (:Service {id: $service})-[:OF_PROVIDER]->(p)
RETURN {id: p.id, services: COLLECT {
  MATCH (p)<-[:OF_PROVIDER]-(s:Service) WITH s ORDER BY s.name, s.id LIMIT 200
  RETURN {id: s.id, name: s.name, categories: COLLECT {
    MATCH (s)-[:IN_CATEGORY]->(g) WITH g ORDER BY g.name, g.id LIMIT 25
    RETURN {id: g.id, name: g.name, provider: COLLECT { MATCH (g)-[:OF_PROVIDER]->(q) RETURN q.id }}
  }}
}}
