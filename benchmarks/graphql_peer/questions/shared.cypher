MATCH (s:Service) WHERE s.name IS NOT NULL WITH s ORDER BY s.name LIMIT 100
WITH collect({id: s.id, name: s.name, assessments: COLLECT {
  MATCH (s)-[:IN_SCOPE_OF]->(a) WITH a ORDER BY a.name LIMIT 3 RETURN a.id
}}) AS services
WITH services, COLLECT { UNWIND services AS s UNWIND s.assessments AS id RETURN DISTINCT id } AS ids
RETURN [services, COLLECT { UNWIND ids AS id MATCH (a:Assessment {id: id}) RETURN {id: a.id, name: a.name, objectives: COLLECT {
  MATCH (a)-[:HAS_OBJECTIVE]->(o) WITH o ORDER BY o.number_order LIMIT 17
  RETURN {number: o.number, name: o.name, controls: COLLECT {
    MATCH (o)<-[:ACHIEVES]-(c) WITH c ORDER BY c.number_order LIMIT 10
    RETURN {number: c.number, name: c.name, tests: COLLECT {
      MATCH (c)-[:HAS_TEST]->(t) WITH t ORDER BY t.ordinal LIMIT 8 RETURN {ordinal: t.ordinal, name: t.name}
    }}
  }}
}} }]
