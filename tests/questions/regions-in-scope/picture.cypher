MATCH path = (:Country)<-[:LOCATED_IN]-(:Region)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})
RETURN path
