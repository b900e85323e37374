MATCH (service:Service)-[:IN_SCOPE_OF]->(assessment:Assessment)
RETURN assessment.id AS assessment, count(service) AS services
ORDER BY assessment
