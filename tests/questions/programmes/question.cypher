MATCH (assessment:Assessment)-[:EVIDENCED_BY]->(:Citation)-[:FROM_DOCUMENT]->(document:Document)
WHERE document.kind = 'compliance_quick_reference'
RETURN count(DISTINCT assessment) AS programmes
