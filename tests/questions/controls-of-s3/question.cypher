MATCH (service:Service)-[:HAS_NAME]->(:Name {folded: 's3'})
MATCH (service)<-[:SPECIFIC_TO]-(control:Control)<-[:HAS_CONTROL]-(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})
WITH DISTINCT control ORDER BY control.number_order
RETURN control.number AS number
