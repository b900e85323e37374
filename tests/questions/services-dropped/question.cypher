MATCH (service:Service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-3/2017-09-30'})
WHERE NOT EXISTS { (service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'}) }
  AND NOT EXISTS { (service)-[:PART_OF]->(:Service)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'}) }
RETURN service.name AS service
ORDER BY service
