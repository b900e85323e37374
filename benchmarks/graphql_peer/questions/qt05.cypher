MATCH (g:ServiceCategory {id: $category})-[:OF_PROVIDER]->(p)
WITH g, p, COLLECT {
  MATCH (p)<-[:OF_PROVIDER]-(s:Service) WITH s ORDER BY s.name, s.id LIMIT 20
  RETURN {id: s.id, name: s.name, categories: COLLECT {
    MATCH (s)-[:IN_CATEGORY]->(c) WITH c ORDER BY c.name, c.id LIMIT 2 RETURN c.id
  }}
} AS services
WITH g, p, services, COLLECT { UNWIND services AS s UNWIND s.categories AS id RETURN DISTINCT id } AS ids
WITH g, p, services, COLLECT {
  UNWIND ids AS id MATCH (:ServiceCategory {id: id})-[:OF_PROVIDER]->(q) RETURN [id, q.id]
} AS owners
RETURN [g.id, p.id, services, owners, COLLECT {
  UNWIND COLLECT { UNWIND owners AS owner RETURN DISTINCT owner[1] } AS id
  MATCH (q:Organization {id: id})
  RETURN {id: q.id, services: COLLECT {
    MATCH (q)<-[:OF_PROVIDER]-(s:Service) WITH s ORDER BY s.name, s.id LIMIT 20
    RETURN {id: s.id, name: s.name, categories: COLLECT {
      MATCH (s)-[:IN_CATEGORY]->(c) WITH c ORDER BY c.name, c.id LIMIT 2 RETURN {id: c.id}
    }}
  }}
}]
