MATCH (a:Assessment) WHERE a.name IS NOT NULL AND a.report_type = 'type_2' WITH a ORDER BY a.name LIMIT 20
RETURN collect({id: a.id, name: a.name, objectives: COLLECT {
  MATCH (a)-[:HAS_OBJECTIVE]->(o) WITH o ORDER BY o.number_order LIMIT 20
  RETURN {number: o.number, name: o.name, controls: COLLECT {
    MATCH (o)<-[:ACHIEVES]-(c) WITH c ORDER BY c.number_order LIMIT 20
    RETURN {number: c.number, name: c.name, tests: COLLECT {
      MATCH (c)-[:HAS_TEST]->(t) WITH t ORDER BY t.ordinal LIMIT 20 RETURN {ordinal: t.ordinal, name: t.name}
    }}
  }}
}})
