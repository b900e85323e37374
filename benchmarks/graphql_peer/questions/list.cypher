MATCH (s:Service) WHERE s.name IS NOT NULL WITH s ORDER BY s.name LIMIT 100 RETURN collect({id: s.id, name: s.name})
