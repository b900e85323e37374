MATCH (service:Service)-[:HAS_NAME]->(:Name {folded: 'efs'})
MATCH (service)-[:IN_CATEGORY]->(category:ServiceCategory)
RETURN category.name AS category
ORDER BY category
