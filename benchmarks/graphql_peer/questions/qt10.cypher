MATCH (s:Service) WHERE s.name CONTAINS $word WITH s ORDER BY s.name, s.id LIMIT 25
RETURN collect({id: s.id, name: s.name, namespaces: s.namespaces})
