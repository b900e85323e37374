MATCH (location:EdgeLocation)
WHERE EXISTS { (location)-[:IN_SCOPE_OF]->(:Assessment) }
RETURN count(location) AS locations
