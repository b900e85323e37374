MATCH (:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})-[:HAS_OBJECTIVE]->(objective:ControlObjective)
RETURN objective.number AS number, objective.name AS objective, COUNT { (objective)<-[:ACHIEVES]-(:Control) } AS controls
ORDER BY number
