MATCH (:Framework {name: 'SOC 1'})<-[:AGAINST]-(assessment:Assessment)-[:PERFORMED_UNDER]->(standard:Framework)
RETURN assessment.id AS assessment, standard.name AS standard
ORDER BY assessment, standard
