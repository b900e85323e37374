MATCH (service:Service)-[:HAS_NAME]->(:Name {folded: 'kms'})
MATCH path = (service)<-[:SPECIFIC_TO]-(control:Control)-[:ACHIEVES]->(:ControlObjective)<-[:HAS_OBJECTIVE]-(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})
RETURN path
