MATCH (t:ControlTest) WHERE t.name IS NOT NULL WITH t ORDER BY t.name, t.id DESC LIMIT 50
RETURN collect({id: t.id, name: t.name, ordinal: t.ordinal})
