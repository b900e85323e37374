MATCH (service:Service)-[:HAS_NAME]->(:Name {folded: 'efs'})
MATCH path = (service)-[:IN_CATEGORY]->(:ServiceCategory)-[:OF_PROVIDER]->(:Organization)
RETURN path
