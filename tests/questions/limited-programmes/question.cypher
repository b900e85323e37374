MATCH (assessment:Assessment)-[:LIMITED_TO]->(region:Region)
WHERE EXISTS {
  (assessment)-[:EVIDENCED_BY]->(:Citation)-[:FROM_DOCUMENT]->(:Document {kind: 'compliance_quick_reference'})
}
RETURN assessment.name AS programme, region.code AS code
ORDER BY programme, code
