MATCH (location:EdgeLocation)-[:IN_SCOPE_OF]->(assessment:Assessment)
RETURN assessment.id AS assessment, count(location) AS locations
ORDER BY assessment
