MATCH (region:Region)-[:IN_SCOPE_OF]->(assessment:Assessment)
RETURN assessment.id AS assessment, count(region) AS regions
ORDER BY assessment
