RETURN [COUNT { MATCH (:Service) }, COLLECT {
  MATCH (s:Service) WHERE s.name IS NOT NULL WITH s ORDER BY s.name LIMIT 21 RETURN {id: s.id, name: s.name}
}]
