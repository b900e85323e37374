MATCH (framework:Framework)-[:BASED_ON]->(basis:Framework)
RETURN framework.name AS framework, basis.name AS basis
ORDER BY framework, basis
