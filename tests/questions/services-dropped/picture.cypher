MATCH path = (service:Service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-3/2017-09-30'})
WHERE NOT EXISTS { (service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'}) }
OPTIONAL MATCH part = (service)-[:PART_OF]->(:Service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})
RETURN path, part
