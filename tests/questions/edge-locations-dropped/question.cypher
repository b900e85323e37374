MATCH (location:EdgeLocation)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-3/2017-09-30'})
WHERE NOT EXISTS { (location)-[:IN_SCOPE_OF]->(:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'}) }
RETURN location.name AS name, location.subdivision AS subdivision
ORDER BY name
