MATCH (assessment:Assessment)-[:HAS_OBJECTIVE]->(objective:ControlObjective)
RETURN assessment.id AS assessment, count(objective) AS objectives
ORDER BY assessment
