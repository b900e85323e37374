MATCH (region:Region)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})
WHERE NOT EXISTS { (region)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-3/2017-09-30'}) }
RETURN region.code AS code
ORDER BY code
