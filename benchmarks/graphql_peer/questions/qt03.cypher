MATCH (t:ControlTest {id: $test})<-[:HAS_TEST]-()<-[:HAS_CONTROL]-(a)
RETURN {id: a.id, name: a.name, provider: COLLECT { MATCH (a)-[:OF_PROVIDER]->(p) RETURN p.id }}
